using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Situations;

/// <summary>Drives with lights and siren between one place and many, all in one search of the roads.</summary>
internal static class RoadReckoning
{
    /// <summary>How many roads near a place are tried when the nearest one is a pocket without a way in or out.</summary>
    private const int OtherRoads = 8;

    /// <summary>
    /// How much farther than the nearest road another one may lie to be the one that was meant, in metres. Own working value: a
    /// large road with its lanes on both sides; less than the width of a river.
    /// </summary>
    private const double OtherRoadWithinMeters = 80;

    /// <summary>
    /// Brings places to the main body of the roads in place of the pockets they were brought to. Only asked for when a drive was
    /// not possible, because the nearest road is otherwise the honest one.
    /// </summary>
    public static RoadPosition? OnMainRoads(RoadMap roads, GeoPoint place)
    {
        IReadOnlyList<RoadPosition> near = roads.Snapper.ListCandidates(place, OtherRoads);
        foreach (RoadPosition other in near)
        {
            if (IsOnMainRoads(roads.Graph, other))
            {
                return other.SnapMeters <= near.Min(p => p.SnapMeters) + OtherRoadWithinMeters
                    ? other
                    : null;
            }
        }

        return null;
    }

    private static bool IsOnMainRoads(RoadGraph graph, RoadPosition position) =>
        position.IsNode
            ? graph.Components.IsInLargest(position.Node)
            : graph.Components.IsInLargest(graph.Tail[position.Edge])
                && graph.Components.IsInLargest(graph.Head[position.Edge]);

    /// <summary>
    /// The same roads with every street open, for what lies inside a closure; null where nothing is restricted, and they would
    /// lead nowhere else.
    /// </summary>
    public static RoadMap? ThroughClosures(RoadMap roads) =>
        roads.Conditions.IsClear ? null : roads.Under(RoadConditions.Clear);

    /// <summary>
    /// Whether the street of the place may be driven in neither direction, so that a crew walks from its end. A junction belongs
    /// to every street that meets there and is driven to.
    /// </summary>
    public static bool EndsOnFoot(RoadMap roads, RoadPosition target)
    {
        if (target.IsNode)
        {
            return false;
        }

        EdgeWeights weights = roads.Weights(DrivingProfile.Emergency);
        int back = roads.Graph.Twin(target.Edge);
        return weights.IsOnFoot(target.Edge) && (back < 0 || weights.IsOnFoot(back));
    }

    public static int StraightLineMilliseconds(GeoPoint from, GeoPoint to) =>
        StraightLine.Milliseconds(from, to, DrivingProfile.Emergency);

    /// <summary>The drive across the metres by which a place is unsure.</summary>
    public static TimeSpan DoubtOf(Place place)
    {
        double meters = UncertaintyMetersOf(place);
        double seconds = meters * StraightLine.DetourFactor * 3.6 / StraightLine.EmergencyKmh;
        return TimeSpan.FromMilliseconds((long)Math.Round(seconds * 1_000));
    }

    /// <summary>Metres, sane whatever a telephone reported: not below 0 and not beyond half the earth.</summary>
    public static double UncertaintyMetersOf(Place place)
    {
        const double WhenNonsense = 1_000;
        const double HalfTheEarth = 20_037_508;
        double meters = place.UncertaintyMeters;
        return double.IsNaN(meters) || meters < 0 ? WhenNonsense : Math.Min(meters, HalfTheEarth);
    }
}
