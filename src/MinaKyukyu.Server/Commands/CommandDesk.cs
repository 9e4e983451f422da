using System.Diagnostics;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Commands;

/// <summary>A request that wants an effect.</summary>
/// <param name="BodyHash">SHA-256 of the method and the request as it came.</param>
internal sealed record Command(Caller By, RequestId Id, ReadOnlyMemory<byte> BodyHash)
{
    /// <summary>A call for help is taken however wrong the clock is that minted its id.</summary>
    public bool IsCallForHelp { get; init; }

    public CommandKey Key => new(By.Device.Value, Id);
}

/// <summary>What a sender gets: the bytes of the answer, or why not.</summary>
internal abstract record CommandAnswer<T>
{
    private CommandAnswer() { }

    /// <param name="Fresh">What was decided now; null when the command had its effect before and these are its first bytes.</param>
    public sealed record Answered(ReadOnlyMemory<byte> Bytes, Effect? Fresh) : CommandAnswer<T>;

    public sealed record Refused(Refusal Why) : CommandAnswer<T>;

    public sealed record Effect(T Value, CommitReceipt Receipt);
}

/// <summary>The way of every command: was it answered before; decide; commit once; answer.</summary>
internal sealed class CommandDesk(
    IJournal journal,
    Ownership ownership,
    Turnstile turnstile,
    JournalOptions retention,
    TimeProvider time
)
{
    public const string RequestIdReused = "REQUEST_ID_REUSED";
    public const string OutcomeUnknown = "OUTCOME_UNKNOWN";
    public const string JournalFull = "JOURNAL_FULL";
    public const string NotOwner = "NOT_OWNER";

    /// <summary>Its answer may have been forgotten, so that executing it could do it twice.</summary>
    public const string RequestTooOld = "REQUEST_TOO_OLD";

    /// <param name="turns">What the decision reads and must not change under it, such as the incident.</param>
    /// <param name="decide">Pure; called once, with the present moment.</param>
    /// <param name="encode">The answer; it may hold only what was decided, so that a repeat can have the same bytes.</param>
    public async Task<CommandAnswer<T>> RunAsync<T>(
        Command command,
        IReadOnlyCollection<string> turns,
        Func<DateTimeOffset, Decided<T>> decide,
        Func<T, byte[]> encode,
        CancellationToken stop
    )
    {
        using IDisposable passage = await turnstile.EnterAsync(turns, stop);
        EarlierAnswer earlier = await journal.FindAnswerAsync(
            command.By.Department,
            command.Key,
            command.BodyHash,
            stop
        );
        switch (earlier)
        {
            case EarlierAnswer.Same(var answer):
                return new CommandAnswer<T>.Answered(answer, null);
            case EarlierAnswer.OtherBody:
                return new CommandAnswer<T>.Refused(new Refusal(RequestIdReused, "request_id"));
        }

        if (
            !command.IsCallForHelp
            && RequestWindow.IsPast(command.Id, time.GetUtcNow(), retention.RequestRetention)
        )
        {
            return new CommandAnswer<T>.Refused(new Refusal(RequestTooOld, "request_id"));
        }

        return decide(time.GetUtcNow()) switch
        {
            Decided<T>.Accepted(var value, var part) => await CommitAsync(
                command,
                value,
                part,
                encode(value)
            ),
            Decided<T>.Refused(var why) => new CommandAnswer<T>.Refused(why),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<CommandAnswer<T>> CommitAsync<T>(
        Command command,
        T value,
        CommitPart part,
        byte[] answer
    )
    {
        var commit = new Commit(
            command.By.Department,
            ownership.Epoch,
            new AnsweredCommand(command.Key, command.BodyHash, answer),
            part
        );
        // Whoever hangs up ends no commit, and what follows from it, such as an opened record, follows all the same. The journal
        // itself waits no longer than its limit.
        return await journal.CommitAsync(commit, CancellationToken.None) switch
        {
            CommitOutcome.Committed(var receipt) => new CommandAnswer<T>.Answered(
                answer,
                new CommandAnswer<T>.Effect(value, receipt)
            ),
            CommitOutcome.AlreadyAnswered(var first) => new CommandAnswer<T>.Answered(first, null),
            CommitOutcome.RequestIdReused => Refused<T>(RequestIdReused),
            CommitOutcome.ClaimTaken(var claim) => Refused<T>(ReasonOf(claim)),
            CommitOutcome.StaleEpoch => Refused<T>(NotOwner),
            CommitOutcome.Full => Refused<T>(JournalFull),
            CommitOutcome.Unknown => Refused<T>(OutcomeUnknown),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Notes something on the house's own account; nobody waits for more than its being kept.</summary>
    public async Task<bool> NoteAsync(
        DepartmentId department,
        CommitPart part,
        CancellationToken stop
    ) =>
        await journal.CommitAsync(new Commit(department, ownership.Epoch, null, part), stop)
        is CommitOutcome.Committed;

    /// <summary>Notes something with the next batch, without waiting, such as advice.</summary>
    public void Post(DepartmentId department, CommitPart part) =>
        journal.Post(new Commit(department, ownership.Epoch, null, part));

    private static CommandAnswer<T> Refused<T>(string reason) =>
        new CommandAnswer<T>.Refused(new Refusal(reason));

    /// <summary>Two commands wanted the same thing at the same time, and the journal let one of them.</summary>
    private static string ReasonOf(Claim claim) =>
        claim.Kind switch
        {
            Incidents.Decisions.Ordering.UnitClaim => Refusal
                .Of(Incidents.Decisions.IncidentRefusal.UnitNotAvailable)
                .Reason,
            _ => Refusal.CodeOf(claim.Kind.Replace('-', '_')) + "_TAKEN",
        };
}

/// <summary>Under which epoch this node owns its department; set once, when it takes ownership at start.</summary>
internal sealed class Ownership
{
    private long _epoch;

    public long Epoch => Volatile.Read(ref _epoch);

    public void Take(long epoch) => Volatile.Write(ref _epoch, epoch);
}
