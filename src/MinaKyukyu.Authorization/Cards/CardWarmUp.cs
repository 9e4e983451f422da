using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>
/// Takes the sample card through the whole way once, from certificate, answer and list to a decision, so that the first crew after
/// a start does not wait while the machine learns how: the first check of a process costs many times the second. Nothing of it
/// touches the books, the journal or the network of the server.
/// </summary>
public static class CardWarmUp
{
    /// <summary>When the sample's answer was given (samples/card/README.md).</summary>
    private static readonly DateTimeOffset SampleMoment = new(
        2026,
        11,
        22,
        2,
        32,
        0,
        TimeSpan.Zero
    );

    private static readonly byte[] SampleChallenge = Encoding.ASCII.GetBytes(
        "MINA-KYUKYU sample challenge"
    );

    /// <remarks>By the sample's own moment and not by today's: it verifies the same in ten years.</remarks>
    /// <exception cref="UnreachableException">The sample does not verify: then no card would.</exception>
    public static async Task RunAsync()
    {
        TrustAnchors anchors = TrustAnchors.Load([Encoding.ASCII.GetString(Read("ca.pem"))], []);
        CardReviewResult review = CardReview.Run(
            new CardReviewRequest(Read("card.pem"), anchors, SampleMoment)
            {
                Lists = [Read("list.crl")],
                Answer = Read("card.ocsp"),
                Challenge = SampleChallenge,
                Signature = Read("card.sig"),
            }
        );
        AccessDecision decision = await DecideAsync(anchors);
        if (
            review is not { Refusal: null, Revocation.Tier: RevocationTier.OcspFresh }
            || decision is not AccessDecision.Granted
        )
        {
            throw new UnreachableException("The sample card does not verify.");
        }
    }

    /// <summary>A decision about the sample, merely read, because only its own challenge bears its signature; with books of its own.</summary>
    private static async Task<AccessDecision> DecideAsync(TrustAnchors anchors)
    {
        StandingTime time = new(SampleMoment);
        AuthorizationOptions options = new()
        {
            LevelA = new LevelApproval(
                LevelApproval.SimulatedPrefix + "WARM-UP",
                new DateOnly(2026, 1, 1),
                "warm-up"
            ),
        };
        SystemNonceSource nonces = new();
        CardStatuses statuses = new(
            new SampleResponder(),
            new CrlBook([], anchors, options.Revocation, time, NullLogger<CrlBook>.Instance),
            options.Revocation,
            nonces,
            time,
            NullLogger<CardStatuses>.Instance
        );
        CountingIds ids = new();
        ChallengeBook challenges = new(nonces, ids, time, options);
        AccessDecisions access = new(
            challenges,
            new CardVerifier(
                anchors,
                verifier: null,
                new LevelGates(anchors.Kind, levelB: null, options.LevelA),
                statuses,
                options
            ),
            new GrantBook(time, options),
            ids,
            new PatientRefKey(new byte[PatientRefKey.LeastBytes]),
            options,
            time
        );
        AttendingCrew crew = new(
            new DepartmentId("warm-up"),
            new IncidentId("warm-up"),
            PatientSlot.First,
            new UnitId("warm-up"),
            new CrewId("warm-up"),
            new DeviceId("warm-up"),
            new DeviceKey(new string('0', 64)),
            IsAssignedAndActive: true,
            IsIncidentOpen: true,
            HandoverAt: null
        );
        var begun = (CardCheckDecision.Begun)
            new CardCheckDecisions(challenges).Begin(
                crew,
                IdentityCheck.PhotoMatchedByCrew,
                new ConsentBasis.Spoken()
            );
        using var certificate =
            System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(
                Encoding.ASCII.GetString(Read("card.pem"))
            );
        using ExaminedCard card = access.Examine(
            new CardEvidence.CertificateRead(certificate.RawData)
        );
        AccessRequest request = new(
            new RequestId("warm-up"),
            begun.Check.Challenge.Id,
            card,
            CardLevel.CertificateRead
        );
        StatusQuestion question =
            access.FindQuestion(request, crew)
            ?? throw new UnreachableException("The sample card is not worth a question.");
        StatusEvidence status = await statuses.LookUpAsync(question, CancellationToken.None);
        return access.Decide(request with { Status = status }, crew);
    }

    private static byte[] Read(string name)
    {
        using Stream stream =
            typeof(CardWarmUp).Assembly.GetManifestResourceStream(name)
            ?? throw new UnreachableException($"{name} is part of this assembly.");
        byte[] octets = new byte[stream.Length];
        stream.ReadExactly(octets);
        return octets;
    }

    private sealed class SampleResponder : IOcspResponder
    {
        public Task<OcspReply> AskAsync(ReadOnlyMemory<byte> request, CancellationToken stop) =>
            Task.FromResult<OcspReply>(new OcspReply.Answered(Read("card.ocsp")));
    }

    private sealed class CountingIds : IIdSource
    {
        private int _last;

        public string Next() => (++_last).ToString(CultureInfo.InvariantCulture);
    }
}
