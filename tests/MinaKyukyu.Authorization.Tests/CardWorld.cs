using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Verifier;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Tests;

/// <summary>One node with a real journal over a store in memory, one crew at one patient, and the national side beside it.</summary>
internal sealed class CardWorld : IAsyncDisposable
{
    private static readonly byte[] Key = SHA256.HashData("test key of a test department"u8);

    private readonly SequentialIds _requests = new("r-");
    private readonly long _epoch;
    private readonly InMemoryJournalStore _store;

    private CardWorld(JournalWriter journal, long epoch, Setting setting)
    {
        Journal = journal;
        _epoch = epoch;
        _store = setting.Store;
        Time = setting.Time;
        Options = setting.Options;
        Verifier = new ApprovedVerifier(TestCards.National, Time);
        Challenges = new ChallengeBook(
            new SystemNonceSource(),
            new SequentialIds(setting.Node),
            Time,
            Options
        );
        Grants = new GrantBook(Time, Options);
        Lists = new CrlBook(
            setting.Lists,
            setting.Anchors,
            Options.Revocation,
            Time,
            NullLogger<CrlBook>.Instance
        );
        Statuses = new CardStatuses(
            setting.Responder,
            Lists,
            Options.Revocation,
            new SystemNonceSource(),
            Time,
            NullLogger<CardStatuses>.Instance
        );
        Cards = new CardVerifier(
            setting.Anchors,
            setting.Trusted(Verifier),
            new LevelGates(setting.Anchors.Kind, Options.LevelB, Options.LevelA),
            Statuses,
            Options
        );
        Rechecks = new StatusRechecks(
            Statuses,
            Grants,
            Options,
            Time,
            NullLogger<StatusRechecks>.Instance
        );
        Checks = new CardCheckDecisions(Challenges);
        Access = new AccessDecisions(
            Challenges,
            Cards,
            Grants,
            new SequentialIds(setting.Node + "g-"),
            new PatientRefKey(Key),
            Options,
            Time
        );
        Withdrawals = new ConsentWithdrawals(Grants, Challenges, Time);
    }

    public static DepartmentId Department { get; } = new("midori-tama");

    /// <summary>The crew that everything is right for.</summary>
    public static AttendingCrew Crew { get; } =
        new(
            Department,
            new IncidentId("i-1"),
            PatientSlot.First,
            new UnitId("kita-2"),
            new CrewId("c-1"),
            new DeviceId("d-1"),
            KeyOf("d-1"),
            IsAssignedAndActive: true,
            IsIncidentOpen: true,
            HandoverAt: null
        );

    /// <summary>The key of an invented device.</summary>
    public static DeviceKey KeyOf(string device) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(device))));

    public static ConsentBasis Spoken { get; } = new ConsentBasis.Spoken();

    public static ConsentBasis NotObtainable { get; } =
        new ConsentBasis.NotObtainable("leader", "200", "unconscious", "member-2");

    public ManualTime Time { get; }

    public AuthorizationOptions Options { get; }

    public JournalWriter Journal { get; }

    public ApprovedVerifier Verifier { get; }

    public ChallengeBook Challenges { get; }

    public GrantBook Grants { get; }

    public CardVerifier Cards { get; }

    public CrlBook Lists { get; }

    public CardStatuses Statuses { get; }

    public StatusRechecks Rechecks { get; }

    public CardCheckDecisions Checks { get; }

    public AccessDecisions Access { get; }

    public ConsentWithdrawals Withdrawals { get; }

    public static async Task<CardWorld> OpenAsync(Func<Setting, Setting>? change = null)
    {
        Setting setting = (change ?? (s => s))(new Setting());
        JournalWriter journal = await JournalWriter.OpenAsync(
            new JournalParts
            {
                Store = setting.Store,
                Time = setting.Time,
                Logger = NullLogger<JournalWriter>.Instance,
            },
            CancellationToken.None
        );
        long epoch = await journal.TakeOwnershipAsync(Department, "node-1", CancellationToken.None);
        return new CardWorld(journal, epoch, setting);
    }

    public RequestId NextRequest() => new(_requests.Next());

    /// <summary>Begins a check and commits it, as a crew does.</summary>
    public async Task<CardCheck> BeginAsync(
        AttendingCrew? crew = null,
        IdentityCheck identity = IdentityCheck.PhotoMatchedByCrew,
        ConsentBasis? consent = null
    )
    {
        CardCheckDecision decision = Checks.Begin(crew ?? Crew, identity, consent ?? Spoken);
        var begun = Assert.IsType<CardCheckDecision.Begun>(decision);
        await CommitAsync(begun.Part);
        return begun.Check;
    }

    public async Task<CommitReceipt> CommitAsync(CommitPart part) =>
        Assert.IsType<CommitOutcome.Committed>(await TryCommitAsync(part, NextRequest())).Receipt;

    public async Task<CommitOutcome> TryCommitAsync(CommitPart part, RequestId request) =>
        await Journal.CommitAsync(
            new Commit(
                Department,
                _epoch,
                new AnsweredCommand(
                    new CommandKey("d-1", request),
                    SHA256.HashData("body"u8),
                    "answer"u8.ToArray()
                ),
                part
            ),
            CancellationToken.None
        );

    /// <summary>Level C: the card signs with the right PIN.</summary>
    public static CardEvidence Pin(CardCheck check, SoftwareCard? card = null)
    {
        SoftwareCard used = card ?? TestCards.Everyday;
        byte[] signature = used.SignWithPin(used.Pin, check.Challenge.SignedOctets.Span)!;
        return new CardEvidence.PinChallenge(used.Certificate, signature);
    }

    /// <summary>Level B: the special verifier asserts.</summary>
    public CardEvidence Asserted(CardCheck check, SoftwareCard? card = null)
    {
        SoftwareCard used = card ?? TestCards.Everyday;
        return new CardEvidence.SpecialVerifier(
            used.Certificate,
            AnswerFor(check, used).Assertion ?? []
        );
    }

    public VerifierAnswer AnswerFor(CardCheck check, SoftwareCard card)
    {
        ReadOnlySpan<byte> challenge = check.Challenge.SignedOctets.Span;
        return Verifier.Answer(
            challenge,
            card.Certificate,
            card.ProvePresence(challenge),
            "reader-1"
        );
    }

    public AccessDecision Decide(
        CardCheck check,
        CardEvidence evidence,
        AttendingCrew? crew = null,
        RequestId? request = null,
        CardLevel least = CardLevel.CertificateRead
    )
    {
        using ExaminedCard card = Access.Examine(evidence);
        return Access.Decide(
            new AccessRequest(request ?? NextRequest(), check.Challenge.Id, card, least),
            crew ?? Crew
        );
    }

    /// <summary>Asks about the card beforehand, as the flow does, and decides.</summary>
    public async Task<AccessDecision> AskAndDecideAsync(CardCheck check, CardEvidence evidence)
    {
        using ExaminedCard card = Access.Examine(evidence);
        AccessRequest request = new(
            NextRequest(),
            check.Challenge.Id,
            card,
            CardLevel.CertificateRead
        );
        if (Access.FindQuestion(request, Crew) is { } question)
        {
            request = request with
            {
                Status = await Statuses.LookUpAsync(question, CancellationToken.None),
            };
        }

        return Access.Decide(request, Crew);
    }

    /// <summary>Decides, commits, confirms and keeps: what a flow does with a yes.</summary>
    public async Task<AccessGrant> GrantAsync(CardCheck check, CardEvidence evidence)
    {
        var granted = Assert.IsType<AccessDecision.Granted>(Decide(check, evidence));
        AccessGrant grant = granted.Grant.Confirm(await CommitAsync(granted.Part));
        Assert.True(Grants.Keep(grant));
        return grant;
    }

    /// <summary>Asserts a refusal with this reason that left the journal, its claims, its audit chain and every book as they were.</summary>
    public async Task RefusesAsync(RefusalReason reason, Func<AccessDecision> decide)
    {
        CardWorldState before = await StateAsync();
        var refused = Assert.IsType<AccessDecision.Refused>(decide());
        Assert.Equal(reason, refused.Reason);
        Assert.Equal(before, await StateAsync());
    }

    /// <summary>The same with the question asked beforehand; what is known about cards stays as it was too.</summary>
    public async Task RefusesAsync(
        RefusalReason reason,
        Func<Task<AccessDecision>> decide,
        int answersKept
    )
    {
        CardWorldState before = await StateAsync();
        var refused = Assert.IsType<AccessDecision.Refused>(await decide());
        Assert.Equal(reason, refused.Reason);
        Assert.Equal(before, await StateAsync());
        Assert.Equal(answersKept, Statuses.Count);
    }

    /// <summary>The same for the beginning of a check.</summary>
    public async Task RefusesAsync(RefusalReason reason, Func<CardCheckDecision> begin)
    {
        CardWorldState before = await StateAsync();
        var refused = Assert.IsType<CardCheckDecision.Refused>(begin());
        Assert.Equal(reason, refused.Reason);
        Assert.Equal(before, await StateAsync());
    }

    public async Task<CardWorldState> StateAsync() =>
        new(
            Journal.Position,
            _store.Transactions,
            string.Join(' ', _store.HeldClaims),
            (await AuditAsync()).Count,
            _store.KeptValues,
            Challenges.Count,
            Grants.Count
        );

    public async Task<List<AuditRow>> AuditAsync()
    {
        List<AuditRow> rows = [];
        await foreach (
            AuditRow row in Journal.ReadAuditAsync(Department, 0, CancellationToken.None)
        )
        {
            rows.Add(row);
        }

        return rows;
    }

    public async Task<List<JournaledFact>> FactsAsync()
    {
        List<JournaledFact> facts = [];
        await foreach (JournaledFact fact in Journal.ReadFactsAsync(0, CancellationToken.None))
        {
            facts.Add(fact);
        }

        return facts;
    }

    public async ValueTask DisposeAsync()
    {
        Verifier.Dispose();
        await Journal.DisposeAsync();
    }

    /// <summary>What a world is made from; a test changes what it is about.</summary>
    internal sealed record Setting
    {
        public ManualTime Time { get; init; } = new();

        /// <summary>Prefix of the ids that this node mints, its boot id among them.</summary>
        public string Node { get; init; } = "n1-";

        public TrustAnchors Anchors { get; init; } = TestCards.Anchors;

        /// <summary>Null: nobody can be asked about revocation.</summary>
        public IOcspResponder? Responder { get; init; }

        public IReadOnlyList<ICrlSource> Lists { get; init; } = [];

        /// <summary>Shared by two worlds, it is one department's data before and after a restart.</summary>
        public InMemoryJournalStore Store { get; init; } = new();

        /// <summary>Whose assertions are believed, from the verifier beside this world; null: nobody's.</summary>
        public Func<ApprovedVerifier, TrustedVerifier?> Trusted { get; init; } =
            verifier => TrustedVerifier.FromPem(verifier.PublicKeyPem, ApprovedVerifier.ApprovalId);

        public AuthorizationOptions Options { get; init; } =
            new()
            {
                LevelB = new LevelApproval(
                    ApprovedVerifier.ApprovalId,
                    new DateOnly(2026, 4, 1),
                    "fire-chief"
                ),
            };
    }
}

/// <summary>Everything that a refusal must leave as it was.</summary>
/// <param name="Position">Of the journal.</param>
/// <param name="Transactions">That reached the store, empty ones too.</param>
/// <param name="Claims">That are held now, with their holders.</param>
/// <param name="Audit">Rows of the chain.</param>
/// <param name="Kept">Sealed values in the store.</param>
/// <param name="Challenges">Held in the book.</param>
/// <param name="Grants">Open on this node.</param>
internal sealed record CardWorldState(
    long Position,
    long Transactions,
    string Claims,
    int Audit,
    int Kept,
    int Challenges,
    int Grants
);
