using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Authorization.Tests;

/// <summary>Cards and authorities that many tests share, because making an RSA key takes a tenth of a second.</summary>
internal static class TestCards
{
    private static long lastSerial = 1_000;

    /// <summary>The moment at which every world starts: 2026-04-01T00:00Z, 09:00 in Japan.</summary>
    public static DateTimeOffset Start { get; } = new ManualTime().GetUtcNow();

    /// <summary>The national side of all tests, with seed 1.</summary>
    public static IssuedCards National { get; } = new(new ManualTime(), seed: 1, patients: 40);

    public static TestCardAuthority Authority => National.Authority;

    /// <summary>Another authority with the very same name.</summary>
    public static TestCardAuthority Namesake { get; } = TestCardAuthority.Create(Start, NextSerial);

    public static TrustAnchors Anchors { get; } = AnchorsOf(Authority);

    /// <summary>The everyday card: valid, registered.</summary>
    public static SoftwareCard Everyday { get; } = Find(1, CardKind.Valid).Card;

    /// <summary>A second person's card.</summary>
    public static SoftwareCard SecondPerson { get; } = Find(2, CardKind.Valid).Card;

    /// <summary>The usual profile, valid from a year before the start to four years after it.</summary>
    public static CardSpec Usual { get; } = new(Start.AddYears(-1), Start.AddYears(4));

    public static IssuedCard Find(int patient, CardKind kind) =>
        National.Find(patient, kind) ?? throw new InvalidOperationException("No such patient.");

    public static SoftwareCard Make(CardSpec spec) => Authority.Issue(spec, "1234");

    public static TrustAnchors AnchorsOf(params TestCardAuthority[] authorities) =>
        TrustAnchors.Load(authorities.Select(a => a.Certificate.ExportCertificatePem()), []);

    /// <summary>A server that was told of no responder and no list.</summary>
    public static CardStatuses NobodyToAsk(TrustAnchors anchors)
    {
        RevocationOptions options = new();
        ManualTime time = new();
        return new CardStatuses(
            responder: null,
            new CrlBook([], anchors, options, time, NullLogger<CrlBook>.Instance),
            options,
            new SystemNonceSource(),
            time,
            NullLogger<CardStatuses>.Instance
        );
    }

    /// <summary>As a normal read, on what is at hand about revocation.</summary>
    public static CardVerdict Verify(
        this CardVerifier verifier,
        CardEvidence evidence,
        CardChallenge challenge,
        DateTimeOffset now
    ) => verifier.Verify(evidence, challenge, ReadKind.Normal, status: null, now);

    /// <summary>Reads the evidence and verifies it in one step.</summary>
    public static CardVerdict Verify(
        this CardVerifier verifier,
        CardEvidence evidence,
        CardChallenge challenge,
        ReadKind kind,
        StatusEvidence? status,
        DateTimeOffset now
    )
    {
        using ExaminedCard card = verifier.Examine(evidence);
        return verifier.Verify(card, challenge, kind, status, now);
    }

    public static StatusQuestion? FindQuestion(
        this CardVerifier verifier,
        CardEvidence evidence,
        DateTimeOffset now
    )
    {
        using ExaminedCard card = verifier.Examine(evidence);
        return verifier.FindQuestion(card, now);
    }

    public static long NextSerial() => Interlocked.Increment(ref lastSerial);
}
