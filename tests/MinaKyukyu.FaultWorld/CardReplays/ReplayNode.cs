using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Authorization;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.FaultWorld.CardReplays;

/// <summary>One start of a node: its own book of challenges over a journal that outlives it.</summary>
internal sealed class ReplayNode : IAsyncDisposable
{
    public static readonly DepartmentId Department = new("midori-tama");

    private readonly JournalWriter _journal;
    private readonly long _epoch;
    private readonly AccessDecisions _access;
    private readonly CardCheckDecisions _checks;

    private ReplayNode(JournalWriter journal, long epoch, Start start)
    {
        _journal = journal;
        _epoch = epoch;
        AuthorizationOptions options = new();
        Challenges = new ChallengeBook(
            start.Nonces,
            new SequentialIds(start.Ids),
            start.Time,
            options
        );
        _checks = new CardCheckDecisions(Challenges);
        _access = new AccessDecisions(
            Challenges,
            new CardVerifier(
                start.Anchors,
                null,
                new LevelGates(start.Anchors.Kind, null, null),
                NobodyAsked(start, options),
                options
            ),
            new GrantBook(start.Time, options),
            new SequentialIds(start.Ids + "grant-"),
            new PatientRefKey(SHA256.HashData("key of a proof"u8)),
            options,
            start.Time
        );
    }

    public ChallengeBook Challenges { get; }

    /// <summary>Nobody can be asked about revocation; test anchors may stand so, and a note says it.</summary>
    private static CardStatuses NobodyAsked(Start start, AuthorizationOptions options) =>
        new(
            null,
            new CrlBook(
                [],
                start.Anchors,
                options.Revocation,
                start.Time,
                NullLogger<CrlBook>.Instance
            ),
            options.Revocation,
            new SystemNonceSource(),
            start.Time,
            NullLogger<CardStatuses>.Instance
        );

    public static async Task<ReplayNode> OpenAsync(Start start, CancellationToken stop)
    {
        JournalWriter journal = await JournalWriter.OpenAsync(
            new JournalParts
            {
                Store = start.Store,
                Time = start.Time,
                Logger = NullLogger<JournalWriter>.Instance,
            },
            stop
        );
        long epoch = await journal.TakeOwnershipAsync(Department, start.Ids, stop);
        return new ReplayNode(journal, epoch, start);
    }

    public CardCheck Begin(AttendingCrew crew) =>
        _checks.Begin(crew, IdentityCheck.PhotoMatchedByCrew, new ConsentBasis.Spoken())
            is CardCheckDecision.Begun begun
            ? begun.Check
            : throw new InvalidOperationException("A crew to whom everything fits begins.");

    /// <summary>Decides and commits, as the server does; true only when a grant came of it now.</summary>
    public async Task<bool> IsAcceptedAsync(
        AttendingCrew crew,
        ChallengeId challenge,
        CardEvidence evidence,
        string request,
        CancellationToken stop
    )
    {
        RequestId id = new(request);
        using ExaminedCard card = _access.Examine(evidence);
        AccessDecision decision = _access.Decide(
            new AccessRequest(id, challenge, card, CardLevel.CertificateRead),
            crew
        );
        if (decision is not AccessDecision.Granted granted)
        {
            return false;
        }

        CommitOutcome outcome = await _journal.CommitAsync(
            new Commit(
                Department,
                _epoch,
                new AnsweredCommand(
                    new CommandKey(crew.DeviceId.Value, id),
                    SHA256.HashData("body"u8),
                    "answer"u8.ToArray()
                ),
                granted.Part
            ),
            stop
        );
        return outcome is CommitOutcome.Committed;
    }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    /// <summary>What a start is made from.</summary>
    internal sealed record Start(
        IJournalStore Store,
        TrustAnchors Anchors,
        ManualTime Time,
        INonceSource Nonces,
        string Ids
    );
}
