using Google.Protobuf;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.StandIn.Cards;
using SummaryOutcome = MinaKyukyu.Contracts.MedicalInfo.V1.SummaryOutcome;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>What a card and its check are refused for, with real certificates, signatures and assertions.</summary>
public sealed class CardRefusalTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    private const string PersonalNumber = "1234 5678-9012";

    private static readonly Dictionary<
        string,
        (string Reason, Func<CardInHand, RequestAccessRequest> Evidence)
    > Evidence = new(StringComparer.Ordinal)
    {
        ["a card of another authority, with PIN"] = (
            "CARD_UNTRUSTED",
            c => c.Pin(c.Card(CardKind.OtherAuthority))
        ),
        ["a card of another authority, merely asserted"] = (
            "CARD_UNTRUSTED",
            c => c.Asserted(c.Card(CardKind.OtherAuthority))
        ),
        ["an expired certificate"] = ("CARD_EXPIRED", c => c.Pin(c.Card(CardKind.Expired))),
        ["an expired certificate in its months of grace"] = (
            "CARD_EXPIRED_GRACE",
            c => c.Pin(c.Card(CardKind.ExpiredGrace))
        ),
        ["a certificate of the day after tomorrow"] = (
            "CARD_NOT_YET_VALID",
            c => c.Pin(c.Card(CardKind.NotYetValid))
        ),
        ["a certificate for another purpose"] = (
            "CARD_NOT_MY_NUMBER_CARD",
            c => c.Pin(c.Card(CardKind.OtherPolicy))
        ),
        ["bytes that are no certificate"] = (
            "CARD_UNREADABLE",
            c => Garbled(c.Pin(c.Card(CardKind.Valid)))
        ),
        ["another card's signature"] = ("CARD_SIGNATURE_INVALID", c => SignedByAnother(c)),
        ["an assertion with one bit turned"] = (
            "CARD_ASSERTION_INVALID",
            c => Turned(c.Asserted(c.Card(CardKind.Valid)))
        ),
        ["an assertion about another card"] = ("CARD_ASSERTION_INVALID", c => AboutAnother(c)),
        ["a card that is not registered"] = (
            "CARD_NOT_REGISTERED",
            c => c.Asserted(c.Card(CardKind.NotRegistered))
        ),
        ["a level that nobody approved"] = (
            "CARD_LEVEL_NOT_ALLOWED",
            c => c.Read(c.Card(CardKind.Valid))
        ),
        ["no evidence at all"] = (
            "REQUIRED_FIELD_EMPTY",
            c => Without(c.Pin(c.Card(CardKind.Valid)))
        ),
    };

    public static TheoryData<string> Rows => [.. Evidence.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Refuses_and_opens_nothing(string row)
    {
        await using Run run = await Run.StartAsync(house, 0);
        CardInHand card = await CardInHand.BeginAsync(house, run);
        RequestAccessRequest request = Evidence[row].Evidence(card);
        await Refuses.WithAsync(
            Evidence[row].Reason,
            house,
            async () => await run.Crew.Authorization.RequestAccessAsync(request)
        );
    }

    [Fact]
    public async Task Refuses_a_challenge_that_was_used()
    {
        await using Run run = await Run.StartAsync(house, 0);
        CardInHand card = await CardInHand.BeginAsync(house, run);
        RequestAccessRequest first = card.Pin(card.Card(CardKind.Valid));
        await run.Crew.Authorization.RequestAccessAsync(first);
        RequestAccessRequest again = card.Pin(card.Card(CardKind.Valid));
        await Refuses.WithAsync(
            "CARD_CHALLENGE_USED",
            house,
            async () => await run.Crew.Authorization.RequestAccessAsync(again)
        );
    }

    [Fact]
    public async Task A_repeat_is_answered_as_first_while_its_grant_is_open_and_begun_anew_afterwards()
    {
        await using Run run = await Run.StartAsync(house, 0);
        CardInHand card = await CardInHand.BeginAsync(house, run);
        RequestAccessRequest request = card.Pin(card.Card(CardKind.Valid));
        RequestAccessResponse first = await run.Crew.Authorization.RequestAccessAsync(request);
        Assert.Equal(first, await run.Crew.Authorization.RequestAccessAsync(request));
        await run.Crew.Authorization.WithdrawConsentAsync(
            new WithdrawConsentRequest
            {
                RequestId = house.Next(),
                IncidentId = run.Incident,
                PatientNumber = 1,
            }
        );
        // The id of a grant that is over would send the crew round in circles.
        await Refuses.WithAsync(
            "CARD_CHALLENGE_USED",
            house,
            async () => await run.Crew.Authorization.RequestAccessAsync(request)
        );
    }

    [Fact]
    public async Task Refuses_a_challenge_of_another_crew_and_does_not_spend_it()
    {
        await using Run theirs = await Run.StartAsync(house, 0);
        await using Run other = await Run.StartAsync(house, 1);
        CardInHand card = await CardInHand.BeginAsync(house, theirs);
        RequestAccessRequest stolen = card.Pin(card.Card(CardKind.Valid));
        stolen.IncidentId = other.Incident;
        await Refuses.WithAsync(
            "CARD_CHALLENGE_UNKNOWN",
            house,
            async () => await other.Crew.Authorization.RequestAccessAsync(stolen)
        );
        Assert.Equal(
            "C",
            (
                await theirs.Crew.Authorization.RequestAccessAsync(
                    card.Pin(card.Card(CardKind.Valid))
                )
            ).CardLevel
        );
    }

    [Fact]
    public async Task Refuses_a_crew_that_was_not_ordered_to_the_incident()
    {
        await using Run run = await Run.StartAsync(house, 0);
        Tests.Wire.Caller stranger = house.CrewOf(house.Unit(1));
        await Refuses.WithAsync(
            "INCIDENT_NOT_FOUND",
            house,
            async () =>
                await stranger.Authorization.BeginCardCheckAsync(CardInHand.Begin(house, run))
        );
        await Refuses.WithAsync(
            "INCIDENT_NOT_FOUND",
            house,
            async () =>
                await stranger.Authorization.WithdrawConsentAsync(
                    new WithdrawConsentRequest
                    {
                        RequestId = house.Next(),
                        IncidentId = run.Incident,
                        PatientNumber = 1,
                    }
                )
        );
    }

    [Fact]
    public async Task Refuses_a_face_that_does_not_match()
    {
        await using Run run = await Run.StartAsync(house, 0);
        await Refuses.WithAsync(
            "CARD_IDENTITY_NOT_MATCHED",
            house,
            async () =>
                await run.Crew.Authorization.BeginCardCheckAsync(
                    CardInHand.Begin(house, run, IdentityCheck.NotMatched)
                )
        );
    }

    [Fact]
    public async Task Refuses_an_assertion_where_a_PIN_was_promised()
    {
        await using Run run = await Run.StartAsync(house, 0);
        CardInHand card = await CardInHand.BeginAsync(house, run, IdentityCheck.PinEntered);
        RequestAccessRequest request = card.Asserted(card.Card(CardKind.Valid));
        await Refuses.WithAsync(
            "CARD_IDENTITY_CHECK_NOT_ENOUGH",
            house,
            async () => await run.Crew.Authorization.RequestAccessAsync(request)
        );
    }

    [Fact]
    public async Task Refuses_to_go_without_consent_until_the_judgement_is_whole()
    {
        await using Run run = await Run.StartAsync(house, 0);
        BeginCardCheckRequest request = CardInHand.Begin(
            house,
            run,
            consent: ConsentBasis.NotObtainable
        );
        request.ConsentJudgement = new ConsentJudgement { Jcs = "200", JudgedBy = "leader" };
        await Refuses.WithAsync(
            "CARD_CONSENT_JUDGEMENT_INCOMPLETE",
            house,
            async () => await run.Crew.Authorization.BeginCardCheckAsync(request)
        );
    }

    [Theory]
    [InlineData(ConsentBasis.NotObtainable)]
    [InlineData(ConsentBasis.Spoken)]
    [InlineData(ConsentBasis.Refused)]
    public async Task Refuses_a_personal_number_in_any_text_of_the_card_step(ConsentBasis consent)
    {
        await using Run run = await Run.StartAsync(house, 0);
        foreach (
            string number in new[] { PersonalNumber, "１２３４５６７８９０１２", "123456789012" }
        )
        {
            foreach (Action<ConsentJudgement> put in Texts(number))
            {
                BeginCardCheckRequest request = CardInHand.Begin(house, run, consent: consent);
                request.ConsentJudgement = new ConsentJudgement
                {
                    Jcs = "200",
                    JudgedBy = "leader",
                    ConfirmedBy = "member-2",
                    ReasonCode = "unconscious",
                };
                put(request.ConsentJudgement);
                await Refuses.WithAsync(
                    "PERSONAL_NUMBER_IN_TEXT",
                    house,
                    async () => await run.Crew.Authorization.BeginCardCheckAsync(request)
                );
            }
        }

        Assert.False(house.Truth.Holds("123456789012"));
    }

    [Fact]
    public async Task Opens_a_grant_to_nobody_but_its_own_crew_and_closes_it_at_handover()
    {
        await using Run run = await Run.StartAsync(house, 0);
        await using Run other = await Run.StartAsync(house, 1);
        CardInHand card = await CardInHand.BeginAsync(house, run);
        RequestAccessResponse grant = await run.Crew.Authorization.RequestAccessAsync(
            card.Asserted(card.Card(CardKind.Valid))
        );
        Assert.Equal("B", grant.CardLevel);
        Assert.Equal(
            SummaryOutcome.Complete,
            await ReadAsync(run.Crew, run.Incident, grant.GrantId)
        );
        await Refuses.WithAsync(
            "GRANT_NOT_FOUND",
            house,
            () => ReadAsync(other.Crew, run.Incident, grant.GrantId)
        );
        await run.Crew.Incidents.ReportMilestoneAsync(
            run.Tap(Contracts.Incident.V1.MilestoneKind.Handover)
        );
        await Refuses.WithAsync(
            "GRANT_NOT_FOUND",
            house,
            () => ReadAsync(run.Crew, run.Incident, grant.GrantId)
        );
    }

    private static async Task<SummaryOutcome> ReadAsync(
        Tests.Wire.Caller crew,
        string incident,
        string grant
    )
    {
        using var stream = crew.MedicalInfo.StreamSummary(
            new StreamSummaryRequest { IncidentId = incident, GrantId = grant }
        );
        var outcome = SummaryOutcome.Unspecified;
        while (await stream.ResponseStream.MoveNext(CancellationToken.None))
        {
            outcome = stream.ResponseStream.Current.End?.Outcome ?? outcome;
        }

        return outcome;
    }

    private static IEnumerable<Action<ConsentJudgement>> Texts(string number) =>
        [
            j => j.Jcs = number,
            j => j.JudgedBy = "crew " + number,
            j => j.ConfirmedBy = number + "?",
            j => j.ReasonCode = number,
        ];

    private static RequestAccessRequest Garbled(RequestAccessRequest request)
    {
        request.PinChallenge.Certificate = ByteString.CopyFromUtf8("not a certificate");
        return request;
    }

    private static RequestAccessRequest SignedByAnother(CardInHand card)
    {
        RequestAccessRequest request = card.Pin(card.Card(CardKind.Valid));
        request.PinChallenge.Signature = card.Pin(
            card.Card(CardKind.Valid, 2)
        ).PinChallenge.Signature;
        return request;
    }

    private static RequestAccessRequest Turned(RequestAccessRequest request)
    {
        byte[] bytes = request.SpecialVerifier.Assertion.ToByteArray();
        bytes[bytes.Length / 2] ^= 1;
        request.SpecialVerifier.Assertion = ByteString.CopyFrom(bytes);
        return request;
    }

    private static RequestAccessRequest AboutAnother(CardInHand card)
    {
        RequestAccessRequest request = card.Asserted(card.Card(CardKind.Valid));
        request.SpecialVerifier.Assertion = card.Asserted(
            card.Card(CardKind.Valid, 2)
        ).SpecialVerifier.Assertion;
        return request;
    }

    private static RequestAccessRequest Without(RequestAccessRequest request)
    {
        request.ClearEvidence();
        return request;
    }
}
