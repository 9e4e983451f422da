using MinaKyukyu.FaultWorld.Serving;

namespace MinaKyukyu.FaultWorld.Proofs;

/// <summary>One kill.</summary>
/// <param name="Fault">Null: from outside, at a moment drawn by chance.</param>
/// <param name="IsAtStart">Whether that moment is counted from the start of the process or from its first command.</param>
internal sealed record PlannedKill(Fault? Fault, bool IsAtStart, TimeSpan After)
{
    public const string Random = "random-moment";
    public const string RandomAtStart = "random-moment-at-start";

    /// <summary>The places of which each must be reached, or the proof has proved nothing of it.</summary>
    public static IReadOnlyList<string> Places { get; } =
        [.. Enum.GetValues<FaultPoint>().Select(Fault.NameOf), Random, RandomAtStart];

    public string Place => Fault?.Name ?? (IsAtStart ? RandomAtStart : Random);
}

/// <summary>Which kills a series is made of, drawn from its seed.</summary>
internal static class KillPlan
{
    /// <summary>Of ten kills three fall on either side of the commit, two in the replay, two on any moment.</summary>
    private static readonly string[] Mix =
    [
        "before", "after", "replay", "random", "before", "after", "start", "random", "replay", "after", "before",
    ];

    public static IReadOnlyList<PlannedKill> Draw(Random chance, int kills) =>
        // The first two make the journal that a later kill interrupts the replay of.
        [.. Enumerable.Range(0, kills).Select(i => Draw(chance, Mix[i % Mix.Length], i))];

    /// <summary>Any moment in which commands are under way, for a series that looks for a planted bug.</summary>
    public static IReadOnlyList<PlannedKill> DrawRandom(Random chance, int kills) =>
        [.. Enumerable.Range(0, kills).Select(i => Draw(chance, "random", i))];

    private static PlannedKill Draw(Random chance, string place, int number) =>
        place switch
        {
            "before" => Named(FaultPoint.BeforeCommit, chance.Next(1, 12)),
            "after" => Named(FaultPoint.BetweenCommitAndAnswer, chance.Next(1, 12)),
            // Pages hold eight facts; the first page is there after the first runs.
            "replay" => Named(FaultPoint.InReplay, number < 6 ? 1 : chance.Next(1, 4)),
            "random" => new PlannedKill(null, false, TimeSpan.FromMilliseconds(chance.Next(60, 400))),
            _ => new PlannedKill(null, true, TimeSpan.FromMilliseconds(chance.Next(50, 900))),
        };

    private static PlannedKill Named(FaultPoint point, int visit) =>
        new(new Fault(point, visit), false, TimeSpan.Zero);
}
