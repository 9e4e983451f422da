namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>What is true of a town and stands in no road file.</summary>
/// <param name="Slowness">Logarithm of the factor on the time of every drive there.</param>
/// <param name="AccessSeconds">From the kerb of the nearest road to the door.</param>
/// <param name="Corridor">The part of the city whose nearest station is the same.</param>
/// <param name="Junctions">Where its calls come from.</param>
/// <param name="CallWeight">Share of the city's calls, in any unit: its junctions, more or less densely lived at.</param>
internal sealed record TrueTown(
    string Name,
    double Slowness,
    double AccessSeconds,
    int Corridor,
    int[] Junctions,
    double CallWeight
)
{
    // Own working values.
    private const double SlownessSpread = 0.05;
    private const double ShortestAccess = 10;
    private const double LongestAccess = 35;

    /// <summary>The towns that have junctions of the largest connected part of the roads.</summary>
    public static TrueTown[] ListOf(SimulatedCity city, CounterChance chance)
    {
        ILookup<int, int> junctions = Enumerable
            .Range(0, city.Roads.Graph.NodeCount)
            .Where(node =>
                city.Roads.Graph.JunctionOf(node) == node
                && city.Roads.Graph.Components.IsInLargest(node)
            )
            .ToLookup(node => Nearest(city.Towns, city.Roads.Graph.PlaceOf(node)));
        return
        [
            .. Enumerable
                .Range(0, city.Towns.Length)
                .Where(junctions.Contains)
                .Select(town => new TrueTown(
                    city.Towns[town].Name,
                    SlownessSpread * chance.Normal(ChancePurpose.TownSlowness, town),
                    ShortestAccess
                        + (
                            (LongestAccess - ShortestAccess)
                            * chance.Uniform(ChancePurpose.TownAccess, town)
                        ),
                    Nearest(city.Stations, city.Towns[town].Point),
                    [.. junctions[town]],
                    junctions[town].Count()
                        * (0.5 + (1.5 * chance.Uniform(ChancePurpose.TownWeight, town)))
                )),
        ];
    }

    private static int Nearest(
        IReadOnlyList<SimulatedPlace> places,
        Vocabulary.Places.GeoPoint point
    ) =>
        Enumerable
            .Range(0, places.Count)
            .MinBy(place => places[place].Point.DistanceMetersTo(point));
}
