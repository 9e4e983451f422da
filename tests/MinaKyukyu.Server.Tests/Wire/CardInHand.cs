using Google.Protobuf;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>A card check begun over the wire by the crew of a run, and the evidence that a card gives for it.</summary>
internal sealed class CardInHand
{
    private readonly ServedHouse _house;
    private readonly BeginCardCheckResponse _begun;

    private CardInHand(ServedHouse house, Run run, BeginCardCheckResponse begun)
    {
        _house = house;
        Run = run;
        _begun = begun;
    }

    public Run Run { get; }

    public static BeginCardCheckRequest Begin(
        ServedHouse house,
        Run run,
        IdentityCheck identity = IdentityCheck.PhotoMatchedByCrew,
        ConsentBasis consent = ConsentBasis.Spoken
    ) =>
        new()
        {
            RequestId = house.Next(),
            IncidentId = run.Incident,
            PatientNumber = 1,
            IdentityCheck = identity,
            ConsentBasis = consent,
        };

    public static async Task<CardInHand> BeginAsync(
        ServedHouse house,
        Run run,
        IdentityCheck identity = IdentityCheck.PhotoMatchedByCrew,
        ConsentBasis consent = ConsentBasis.Spoken
    )
    {
        BeginCardCheckRequest begin = Begin(house, run, identity, consent);
        if (consent == ConsentBasis.NotObtainable)
        {
            begin.ConsentJudgement = new ConsentJudgement
            {
                Jcs = "200",
                ReasonCode = "unconscious",
                JudgedBy = "leader",
                ConfirmedBy = "member-2",
            };
        }

        return new CardInHand(house, run, await run.Crew.Authorization.BeginCardCheckAsync(begin));
    }

    public static async Task<CardInHand> BeginAsync(
        ServedHouse house,
        Run run,
        BeginCardCheckRequest request
    ) => new(house, run, await run.Crew.Authorization.BeginCardCheckAsync(request));

    /// <summary>Begun by another crew at the same patient.</summary>
    public static async Task<CardInHand> BeginAsync(ServedHouse house, Run run, Caller by) =>
        new(house, run, await by.Authorization.BeginCardCheckAsync(Begin(house, run)));

    public IssuedCard Card(CardKind kind, int patient = 1) => _house.Cards.Find(patient, kind)!;

    /// <summary>Level C: certificate and the card's signature after its PIN.</summary>
    public RequestAccessRequest Pin(IssuedCard card)
    {
        RequestAccessRequest request = Request();
        request.PinChallenge = new PinChallengeEvidence
        {
            Certificate = ByteString.CopyFrom(card.Card.Certificate),
            Signature = ByteString.CopyFrom(
                card.Card.SignWithPin(card.Card.Pin, _begun.Challenge.Span)!
            ),
        };
        return request;
    }

    /// <summary>Level B: certificate and what the special verifier says of it; nothing of it where it refuses.</summary>
    public RequestAccessRequest Asserted(IssuedCard card)
    {
        byte[]? assertion = _house
            .Verifier.Answer(
                _begun.Challenge.Span,
                card.Card.Certificate,
                card.Card.ProvePresence(_begun.Challenge.Span),
                "reader-1"
            )
            .Assertion;
        RequestAccessRequest request = Request();
        request.SpecialVerifier = new SpecialVerifierEvidence
        {
            Certificate = ByteString.CopyFrom(card.Card.Certificate),
            Assertion = ByteString.CopyFrom(assertion ?? "refused"u8.ToArray()),
        };
        return request;
    }

    /// <summary>Level A: a certificate merely read.</summary>
    public RequestAccessRequest Read(IssuedCard card)
    {
        RequestAccessRequest request = Request();
        request.CertificateRead = new CertificateReadEvidence
        {
            Certificate = ByteString.CopyFrom(card.Card.Certificate),
        };
        return request;
    }

    private RequestAccessRequest Request() =>
        new()
        {
            RequestId = _house.Next(),
            IncidentId = Run.Incident,
            PatientNumber = 1,
            ChallengeId = _begun.ChallengeId,
        };
}
