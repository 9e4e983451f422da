namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>Everything that the table measures on one network.</summary>
internal static class AllTrials
{
    public const int Units = 300;
    public const int ManyUnits = 1_000;

    public static IReadOnlyList<Trial> Of(Situation situation, string file) =>
        [
            new StandingTrial(situation, Units, moving: 0),
            new StandingTrial(situation, ManyUnits, moving: 0),
            new StandingTrial(situation, Units, moving: Units / 10),
            ManyToOneTrial.Stateless(situation, Units),
            ManyToOneTrial.Dijkstra(situation, Units),
            PutTrial.NextStreet(situation, Units),
            PutTrial.Anywhere(situation, Units),
            new RouteTrial(situation),
            new OneToAllTrial(situation),
            new CustomizationTrial(situation),
            new ClosureTrial(situation, Units),
            new OtherMetricsTrial(situation),
            new OrderTrial(situation),
            new OpenTrial(situation, file, isAsked: false),
            new OpenTrial(situation, file, isAsked: true),
        ];
}
