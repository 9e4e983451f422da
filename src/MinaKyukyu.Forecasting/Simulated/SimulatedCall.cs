namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>A plea for help, before anybody was sent.</summary>
/// <param name="Id">Keys its chance; the same whoever goes.</param>
/// <param name="ReceivedMs">Milliseconds since the start of the simulation.</param>
/// <param name="DecisionMs">When somebody is ready to choose a unit.</param>
internal sealed record SimulatedCall(
    long Id,
    long ReceivedMs,
    long DecisionMs,
    TrueTown Town,
    int Junction,
    string Urgency,
    double? PlaceUncertaintyMeters
)
{
    /// <summary>More calls than that in an hour are cut off: at the most calls a day that are allowed, an hour expects 30.</summary>
    private const int MostInAnHour = 100;
    private const long HourMs = 3_600_000;

    // Own working values. Until somebody can choose a unit: where it is and what it is about.
    private static readonly LognormalLaw Triage = new(35, 0.35);

    // Own working values: share of the calls, and the rest of call processing.
    private static readonly (string Name, double Share, LognormalLaw Processing)[] Urgencies =
    [
        ("critical", 0.08, new(18, 0.4)),
        ("high", 0.27, new(24, 0.4)),
        ("medium", 0.40, new(32, 0.4)),
        ("low", 0.25, new(42, 0.4)),
    ];

    /// <summary>From the decision to the order.</summary>
    public LognormalLaw Processing => Urgencies.First(one => one.Name == Urgency).Processing;

    /// <summary>All calls of so many hours, in the order in which they come.</summary>
    public static IEnumerable<SimulatedCall> Draw(
        CounterChance chance,
        SimulatedRunsOptions options,
        TrueTown[] towns,
        int hours
    )
    {
        var weights = new RunningShares(towns.Select(town => town.CallWeight));
        var urgencies = new RunningShares(Urgencies.Select(one => one.Share));
        for (int hour = 0; hour < hours; hour++)
        {
            double expected =
                options.CallsPerDay * TrueHours.CallShare(options.Start.AddHours(hour));
            int count = Poisson(expected, chance.Uniform(ChancePurpose.ArrivalCount, hour));
            long first = (long)hour * MostInAnHour;
            foreach (
                SimulatedCall call in Enumerable
                    .Range(0, count)
                    .Select(i => One(first + i, hour))
                    .OrderBy(call => call.ReceivedMs)
                    .ThenBy(call => call.Id)
            )
            {
                yield return call;
            }
        }

        SimulatedCall One(long id, int hour)
        {
            long received =
                (hour * HourMs) + (long)(HourMs * chance.Uniform(ChancePurpose.ArrivalMoment, id));
            TrueTown town = towns[weights.Find(chance.Uniform(ChancePurpose.Town, id))];
            double junction = chance.Uniform(ChancePurpose.Junction, id) * town.Junctions.Length;
            long triage = (long)(1000 * Triage.Quantile(chance.Uniform(ChancePurpose.Triage, id)));
            return new SimulatedCall(
                id,
                received,
                received + triage,
                town,
                town.Junctions[(int)junction],
                Urgencies[urgencies.Find(chance.Uniform(ChancePurpose.Urgency, id))].Name,
                Uncertainty(chance.Uniform(ChancePurpose.PlaceUncertainty, id))
            );
        }
    }

    /// <summary>An address, a crossing somebody named, or nobody knows. Own working values.</summary>
    private static double? Uncertainty(double share) =>
        share switch
        {
            < 0.7 => 15,
            < 0.9 => 120,
            _ => null,
        };

    private static int Poisson(double expected, double share)
    {
        int count = 0;
        double probability = Math.Exp(-expected);
        double below = probability;
        while (below < share && count < MostInAnHour - 1)
        {
            count++;
            probability *= expected / count;
            below += probability;
        }

        return count;
    }
}
