using MinaKyukyu.FaultWorld.Serving;

namespace MinaKyukyu.FaultWorld.Proofs;

/// <summary>One kill.</summary>
/// <param name="Place">The name under which it is counted.</param>
/// <param name="Fault">Where the server kills itself; null: it is killed from outside.</param>
/// <param name="After">From outside: how long after the start of the process, or after the first command may be sent.</param>
/// <param name="Answers">From outside: in the moment in which so many answers have arrived, whatever the time.</param>
internal sealed record PlannedKill(string Place, Fault? Fault, TimeSpan After, int Answers)
{
    public const string Random = "random-moment";
    public const string RandomAtStart = "random-moment-at-start";

    /// <summary>The acknowledgement is in the ledger, and the server dies at once: who acknowledged too early is found out here.</summary>
    public const string RightAfterAnswer = "right-after-answer";

    /// <summary>The places of which each must be reached, or the proof has proved nothing of it.</summary>
    public static IReadOnlyList<string> Places { get; } =
    [.. Enum.GetValues<FaultPoint>().Select(Fault.NameOf), RightAfterAnswer, Random, RandomAtStart];
}

/// <summary>Which kills a series is made of, drawn from its seed.</summary>
internal static class KillPlan
{
    /// <summary>In turn; every place comes at least twice in twenty kills. The first two make a journal for the replay that the third interrupts.</summary>
    private static readonly string[] Turns =
    [
        Fault.NameOf(FaultPoint.BeforeCommit),
        Fault.NameOf(FaultPoint.BetweenCommitAndAnswer),
        Fault.NameOf(FaultPoint.InReplay),
        PlannedKill.RightAfterAnswer,
        PlannedKill.Random,
        Fault.NameOf(FaultPoint.BeforeCommit),
        Fault.NameOf(FaultPoint.BetweenCommitAndAnswer),
        PlannedKill.RandomAtStart,
        PlannedKill.Random,
    ];

    public static IReadOnlyList<PlannedKill> Draw(Random chance, int kills) =>
        [.. Enumerable.Range(0, kills).Select(i => Draw(chance, Turns[i % Turns.Length]))];

    /// <summary>The kills that a planted <c>acknowledge-before-commit</c> must not survive unseen.</summary>
    public static IReadOnlyList<PlannedKill> DrawRightAfterAnswers(Random chance, int kills) =>
        [.. Enumerable.Range(0, kills).Select(_ => Draw(chance, PlannedKill.RightAfterAnswer))];

    private static PlannedKill Draw(Random chance, string place) =>
        place switch
        {
            PlannedKill.RightAfterAnswer => new PlannedKill(
                place,
                null,
                TimeSpan.Zero,
                chance.Next(1, 30)
            ),
            PlannedKill.Random => new PlannedKill(
                place,
                null,
                TimeSpan.FromMilliseconds(chance.Next(20, 400)),
                0
            ),
            PlannedKill.RandomAtStart => new PlannedKill(
                place,
                null,
                TimeSpan.FromMilliseconds(chance.Next(50, 900)),
                0
            ),
            _ => new PlannedKill(place, Fault.Parse(place, chance.Next(1, 30)), TimeSpan.Zero, 0),
        };
}
