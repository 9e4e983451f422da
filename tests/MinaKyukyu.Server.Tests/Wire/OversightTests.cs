using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.Tests.Refusals;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>An emergency read from its alert to its closing, and who saw what, over the wire.</summary>
public sealed class OversightTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    private const string Note = "救急隊長に確認。意識障害により同意取得困難であったもの。";

    private Caller Officer => house.CallerOf("desk-officer", "information-officer");

    [Fact]
    public async Task An_emergency_read_waits_for_the_officer_until_it_is_closed_with_a_finding()
    {
        await using Run run = await Run.StartAsync(house, 0);
        string grant = await ReadWithoutConsentAsync(run);

        EmergencyRead open = (await OpenAsync()).Single(r => r.EmergencyReadId == grant);
        Assert.True(open.WithoutConsent);
        Assert.Equal(
            (run.Incident, run.Unit.Id.Value, "C", ""),
            (open.IncidentId, open.UnitId, open.CardLevel, open.FindingCode)
        );

        CloseEmergencyReadRequest close = Closing(grant);
        EmergencyRead closed = (
            await Officer.Authorization.CloseEmergencyReadAsync(close)
        ).EmergencyRead;
        Assert.Equal(("justified", Note), (closed.FindingCode, closed.Note));
        Assert.DoesNotContain(await OpenAsync(), r => r.EmergencyReadId == grant);
        // A repeat is the same closing; another one is refused.
        Assert.Equal(
            closed,
            (await Officer.Authorization.CloseEmergencyReadAsync(close)).EmergencyRead
        );
        await Refuses.WithAsync(
            "EMERGENCY_READ_CLOSED",
            house,
            async () => await Officer.Authorization.CloseEmergencyReadAsync(Closing(grant))
        );
        Assert.Equal(
            1,
            house.Truth.Count("SELECT count(*) FROM audit WHERE event = 'access.emergency-closed'")
        );
        // The officer's words are a fact, and stand in no audit row.
        Assert.Equal(
            0,
            house.Truth.Count(
                "SELECT count(*) FROM audit WHERE CAST(detail AS TEXT) LIKE '%救急隊長%'"
            )
        );
    }

    [Theory]
    [InlineData("番号は1234 5678 9012", "PERSONAL_NUMBER_IN_TEXT")]
    [InlineData("１２３４５６７８９０１２", "PERSONAL_NUMBER_IN_TEXT")]
    [InlineData("   ", "FIELD_MALFORMED")]
    [InlineData("a\u0007b", "FIELD_MALFORMED")]
    public async Task A_note_with_a_personal_number_or_without_words_closes_nothing(
        string note,
        string reason
    )
    {
        await using Run run = await Run.StartAsync(house, 1);
        string grant = await ReadWithoutConsentAsync(run);
        CloseEmergencyReadRequest close = Closing(grant);
        close.Note = note;
        await Refuses.WithAsync(
            reason,
            house,
            async () => await Officer.Authorization.CloseEmergencyReadAsync(close)
        );
        Assert.Contains(await OpenAsync(), r => r.EmergencyReadId == grant);
        close.Note = new string('長', 501);
        await Refuses.WithAsync(
            "FIELD_MALFORMED",
            house,
            async () => await Officer.Authorization.CloseEmergencyReadAsync(close)
        );
        close.Note = Note;
        close.FindingCode = "invented";
        await Refuses.WithAsync(
            "UNKNOWN_CODE",
            house,
            async () => await Officer.Authorization.CloseEmergencyReadAsync(close)
        );
    }

    [Fact]
    public async Task A_view_with_consent_is_no_emergency_and_gets_no_notice()
    {
        await using Run run = await Run.StartAsync(house, 2);
        CardInHand card = await CardInHand.BeginAsync(house, run);
        string grant = (
            await run.Crew.Authorization.RequestAccessAsync(card.Pin(card.Card(CardKind.Valid)))
        ).GrantId;
        Assert.DoesNotContain(await OpenAsync(), r => r.EmergencyReadId == grant);
        await Refuses.WithAsync(
            "EMERGENCY_READ_NOT_FOUND",
            house,
            async () => await Officer.Authorization.PrintNoticeAsync(Notice(grant))
        );
    }

    [Fact]
    public async Task Each_printing_of_a_notice_is_numbered_and_stands_in_the_audit()
    {
        await using Run run = await Run.StartAsync(house, 3);
        string grant = await ReadWithoutConsentAsync(run);
        PrintNoticeRequest request = Notice(grant);
        PrintNoticeResponse first = await Officer.Authorization.PrintNoticeAsync(request);
        Assert.Equal(first, await Officer.Authorization.PrintNoticeAsync(request));
        PrintNoticeResponse second = await Officer.Authorization.PrintNoticeAsync(Notice(grant));
        Assert.Equal((first.NoticeNumber + 1, 2), (second.NoticeNumber, second.Copy));
        Assert.Equal(1, first.Copy);
        Assert.Equal(
            2,
            house.Truth.Count("SELECT count(*) FROM audit WHERE event = 'notice.printed'")
        );
        string paper = string.Join('\n', first.Paragraphs.Select(p => p.Ja));
        Assert.Contains(
            $"第{first.NoticeNumber.ToString(CultureInfo.InvariantCulture)}号",
            paper,
            StringComparison.Ordinal
        );
        Assert.Contains("薬剤", paper, StringComparison.Ordinal);
        Assert.Contains("情報管理責任者", paper, StringComparison.Ordinal);
        Assert.All(first.Paragraphs, p => Assert.NotEmpty(p.En));
    }

    [Fact]
    public async Task The_list_of_accesses_tells_who_saw_which_kinds_when_and_when_it_was_purged()
    {
        await using Run run = await Run.StartAsync(house, 4);
        string grant = await ReadWithoutConsentAsync(run);
        Access access = await FindAsync(grant);
        Assert.Equal(
            (run.Incident, run.Unit.Id.Value, run.Unit.Crew.Value, run.Unit.Device.Value),
            (access.IncidentId, access.UnitId, access.CrewId, access.DeviceId)
        );
        Assert.Equal(
            ("C", "Summary", "not-obtainable", "public-duty-necessity", true),
            (
                access.CardLevel,
                access.Scope,
                access.ConsentBasis,
                access.LegalBasis,
                access.Emergency
            )
        );
        Assert.Single(access.OpenTimes);
        Assert.Contains("medicines", access.ShownKinds);
        Assert.Null(access.PurgeTime);
        Assert.Matches("^[a-z2-7]{52}$", access.PatientRef);

        await run.Crew.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.Handover));
        await house.Truth.SettleAsync();
        Assert.NotNull((await FindAsync(grant)).PurgeTime);
    }

    [Fact]
    public async Task The_list_of_accesses_is_paged_and_latest_first()
    {
        await using Run run = await Run.StartAsync(house, 5);
        string[] grants =
        [
            await ReadWithoutConsentAsync(run),
            await ReadWithoutConsentAsync(run),
            await ReadWithoutConsentAsync(run),
        ];
        ListAccessesRequest request = Lately();
        request.Page = new PageRequest { PageSize = 2 };
        List<string> listed = [];
        do
        {
            ListAccessesResponse page = await Officer.Authorization.ListAccessesAsync(request);
            Assert.InRange(page.Accesses.Count, 1, 2);
            Assert.Equal(page.GrantIds, page.Accesses.Select(a => a.GrantId));
            listed.AddRange(page.GrantIds);
            request.Page.PageToken = page.Page.NextPageToken;
        } while (request.Page.PageToken.Length > 0);

        Assert.Equal(listed.Count, listed.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(grants.Reverse(), listed.Where(grants.Contains));
    }

    [Fact]
    public async Task A_reading_that_breaks_off_says_so_in_the_audit()
    {
        await using Run run = await Run.StartAsync(house, 6);
        string grant = await GrantWithoutConsentAsync(run);
        await run.Crew.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.OnScene));
        await run.Crew.Crew.ReportPositionsAsync(
            new ReportPositionsRequest
            {
                UnitId = run.Unit.Id.Value,
                Positions =
                {
                    new PositionReport
                    {
                        Point = new GeoPoint { Latitude = 35.7338, Longitude = 139.4071 },
                        ObservedTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
                    },
                },
            }
        );
        using (
            var stream = run.Crew.MedicalInfo.StreamSummary(
                new StreamSummaryRequest { IncidentId = run.Incident, GrantId = grant }
            )
        )
        {
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        }

        await ReadAsync(run, grant);
        for (int i = 0; i < 100 && ShownRows(run) < 2; i++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(2, ShownRows(run));
        // Two kilometres north of the place, and a moment ago: a question to the officer.
        Assert.Equal(
            2,
            house.Truth.Count(
                $"SELECT count(*) FROM audit WHERE event = 'summary.opened' AND subject = 'incident/{run.Incident}' AND json_extract(CAST(detail AS TEXT), '$.distanceMeters') BETWEEN 2000 AND 2500"
            )
        );
    }

    private long ShownRows(Run run) =>
        house.Truth.Count(
            $"SELECT count(*) FROM audit WHERE event = 'summary.shown' AND subject = 'incident/{run.Incident}'"
        );

    private async Task<Access> FindAsync(string grant) =>
        (await Officer.Authorization.ListAccessesAsync(Lately())).Accesses.Single(a =>
            a.GrantId == grant
        );

    private static ListAccessesRequest Lately()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new ListAccessesRequest
        {
            StartTime = now.AddHours(-1).ToTimestamp(),
            EndTime = now.AddHours(1).ToTimestamp(),
            Page = new PageRequest { PageSize = 200 },
        };
    }

    private async Task<IEnumerable<EmergencyRead>> OpenAsync() =>
        (
            await Officer.Authorization.ListEmergencyReadsAsync(
                new ListEmergencyReadsRequest { Page = new PageRequest { PageSize = 200 } }
            )
        ).EmergencyReads;

    private CloseEmergencyReadRequest Closing(string grant) =>
        new()
        {
            RequestId = house.Next(),
            EmergencyReadId = grant,
            FindingCode = "justified",
            Note = Note,
        };

    private PrintNoticeRequest Notice(string grant) =>
        new() { RequestId = house.Next(), EmergencyReadId = grant };

    private async Task<string> ReadWithoutConsentAsync(Run run)
    {
        string grant = await GrantWithoutConsentAsync(run);
        await ReadAsync(run, grant);
        return grant;
    }

    private async Task<string> GrantWithoutConsentAsync(Run run)
    {
        CardInHand card = await CardInHand.BeginAsync(
            house,
            run,
            consent: ConsentBasis.NotObtainable
        );
        return (
            await run.Crew.Authorization.RequestAccessAsync(card.Pin(card.Card(CardKind.Valid)))
        ).GrantId;
    }

    private static async Task ReadAsync(Run run, string grant)
    {
        using var stream = run.Crew.MedicalInfo.StreamSummary(
            new StreamSummaryRequest { IncidentId = run.Incident, GrantId = grant }
        );
        while (await stream.ResponseStream.MoveNext(CancellationToken.None)) { }
    }
}
