using MinaKyukyu.Authorization.Facts;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Authorization.EmergencyReads;

/// <summary>Why an emergency read is not closed, or its notice not printed: a closed set.</summary>
public enum EmergencyRefusal
{
    /// <summary>There is no such emergency read.</summary>
    NotFound = 1,

    /// <summary>It was closed before; its finding stands.</summary>
    AlreadyClosed = 2,

    /// <summary>Empty, longer than 500 letters, or with control characters.</summary>
    NoteMalformed = 3,

    /// <summary>The note holds a run of exactly twelve digits.</summary>
    PersonalNumber = 4,

    /// <summary>The patient agreed to this view: there is nothing to give notice of.</summary>
    NoticeNotDue = 5,
}

/// <summary>What becomes of an officer's wish: a closed set.</summary>
public abstract record EmergencyDecision
{
    private EmergencyDecision() { }

    /// <param name="Read">As it stands with the part committed.</param>
    public sealed record Closed(EmergencyRead Read, CommitPart Part) : EmergencyDecision;

    /// <param name="Number">The department's running number of printed notices.</param>
    /// <param name="Copy">How often this read's notice was printed, with this time.</param>
    public sealed record Printed(EmergencyRead Read, long Number, int Copy, CommitPart Part)
        : EmergencyDecision;

    public sealed record Refused(EmergencyRefusal Reason) : EmergencyDecision;
}

/// <summary>From alert to closing (緊急閲覧の確認), and the notice for the patient (閲覧通知書).</summary>
public static class EmergencyDecisions
{
    public const string ClosedEvent = "access.emergency-closed";

    public const string NoticeEvent = "notice.printed";

    /// <summary>The code table of what an officer may find.</summary>
    public const string FindingTable = "emergency-finding";

    /// <summary>Claim that lets an emergency read be closed once, whoever races; never given back.</summary>
    public const string ClosingClaim = "emergency-closing";

    /// <param name="finding">A code of <see cref="FindingTable"/>; whether the year's table has it was asked before.</param>
    public static EmergencyDecision Close(
        EmergencyReadsState state,
        GrantId id,
        Code finding,
        string note,
        OversightHand by,
        DateTimeOffset now
    )
    {
        if (state.Find(id) is not { } read)
        {
            return new EmergencyDecision.Refused(EmergencyRefusal.NotFound);
        }

        if (!read.IsOpen)
        {
            return new EmergencyDecision.Refused(EmergencyRefusal.AlreadyClosed);
        }

        (string kept, EmergencyRefusal? why) = ClosingNote.Read(note);
        if (why is { } reason)
        {
            return new EmergencyDecision.Refused(reason);
        }

        EmergencyRead closed = read with { Closing = new EmergencyClosing(finding, kept, by, now) };
        return new EmergencyDecision.Closed(closed, OversightFacts.PartOf(closed));
    }

    /// <summary>Numbers one more printing. The notice itself is worded elsewhere, from the read's own values.</summary>
    public static EmergencyDecision Print(
        EmergencyReadsState state,
        GrantId id,
        OversightHand by,
        DateTimeOffset now
    )
    {
        if (state.Find(id) is not { } read)
        {
            return new EmergencyDecision.Refused(EmergencyRefusal.NotFound);
        }

        if (!read.IsWithoutConsent)
        {
            return new EmergencyDecision.Refused(EmergencyRefusal.NoticeNotDue);
        }

        long number = state.LastNotice + 1;
        int copy = read.NoticesPrinted + 1;
        return new EmergencyDecision.Printed(
            read,
            number,
            copy,
            OversightFacts.PartOf(read, number, copy, by, now)
        );
    }
}
