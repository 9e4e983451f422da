using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Tests.Refusals;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>A house whose clock stands still until a test moves it on.</summary>
public sealed class RoadsHouse : ServedHouse
{
    public ManualTime Time { get; } = new(TimeProvider.System.GetUtcNow());

    protected override MinaServerOptions Change(MinaServerOptions usual) =>
        usual with
        {
            Time = Time,
        };
}

/// <summary>交通規制 over the wire.</summary>
public sealed class RoadRestrictionTests(RoadsHouse house)
    : IClassFixture<RoadsHouse>,
        IAsyncLifetime
{
    /// <summary>What leads to a refusal, and to which.</summary>
    private static readonly Dictionary<
        string,
        (string Reason, Action<RestrictRoadRequest, RoadRestrictionTests> Change)
    > Table = new(StringComparer.Ordinal)
    {
        ["an end that is past"] = (
            "ROAD_RESTRICTION_EXPIRY_PAST",
            (r, t) => r.ExpireTime = t.In(TimeSpan.FromSeconds(-1))
        ),
        ["an end more than 90 days ahead"] = (
            "ROAD_RESTRICTION_EXPIRY_TOO_FAR",
            (r, t) => r.ExpireTime = t.In(TimeSpan.FromDays(91))
        ),
        ["an end that no clock shows"] = (
            "FIELD_MALFORMED",
            (r, _) => r.ExpireTime = new Timestamp { Seconds = long.MaxValue }
        ),
        ["a point that is none"] = ("FIELD_MALFORMED", (r, _) => r.Point.Latitude = 95),
        ["a radius below zero"] = ("FIELD_MALFORMED", (r, _) => r.RadiusMeters = -1),
        ["a radius of more than a kilometre"] = (
            "FIELD_MALFORMED",
            (r, _) => r.RadiusMeters = 1_001
        ),
        ["a radius that is no number"] = ("FIELD_MALFORMED", (r, _) => r.RadiusMeters = double.NaN),
        ["an effect that nobody knows"] = ("FIELD_MALFORMED", (r, _) => r.Effect = (RoadEffect)77),
        ["slow without a speed"] = ("FIELD_MALFORMED", (r, _) => r.Effect = RoadEffect.Slowed),
        ["slow at the usual speed"] = (
            "FIELD_MALFORMED",
            (r, _) => (r.Effect, r.SpeedPercent) = (RoadEffect.Slowed, 100)
        ),
        ["a kind that nobody knows"] = ("UNKNOWN_CODE", (r, _) => r.Kind.Value = "no-such-kind"),
        ["a kind of another table"] = ("UNKNOWN_CODE", (r, _) => r.Kind.Table = "cancel-reason"),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    public async Task InitializeAsync()
    {
        foreach (UnitPlan unit in Apart().Where(unit => !house.IsOnDuty(unit.Id)))
        {
            await Run.SignOnAsync(house, unit);
        }
    }

    /// <summary>No test leaves a street shut for the next.</summary>
    public async Task DisposeAsync()
    {
        foreach (RoadRestriction left in await ListAsync(house.Dispatcher))
        {
            await LiftAsync(left.RestrictionId);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Refuses(string name)
    {
        RestrictRoadRequest request = Closing(Middle);
        Table[name].Change(request, this);
        await Tests.Refusals.Refuses.WithAsync(
            Table[name].Reason,
            house,
            async () => await house.Dispatcher.Dispatch.RestrictRoadAsync(request)
        );
    }

    [Fact]
    public async Task The_next_advice_after_the_commit_knows_the_closure_and_the_next_after_its_end_does_not()
    {
        string incident = (
            await house.Dispatcher.Incidents.OpenIncidentAsync(Run.Plea(house))
        ).IncidentId;
        string before = await FirstAsync(incident);

        RoadRestriction closed = await CloseAround(StationOf(before), 200);
        Assert.NotEqual(before, await FirstAsync(incident));

        await LiftAsync(closed.RestrictionId);
        Assert.Equal(before, await FirstAsync(incident));
    }

    [Fact]
    public async Task A_closure_runs_out_by_itself()
    {
        string incident = (
            await house.Dispatcher.Incidents.OpenIncidentAsync(Run.Plea(house))
        ).IncidentId;
        string before = await FirstAsync(incident);
        await CloseAround(StationOf(before), 200);
        house.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.NotEqual(before, await FirstAsync(incident));

        house.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(before, await FirstAsync(incident));
        Assert.Empty(await ListAsync(house.Dispatcher));
    }

    [Fact]
    public async Task The_incidents_own_closed_street_is_a_reason_of_every_candidate()
    {
        string incident = (
            await house.Dispatcher.Incidents.OpenIncidentAsync(Run.Plea(house))
        ).IncidentId;
        Assert.DoesNotContain(
            (await AdviseAsync(incident)).Candidates[0].Reasons,
            r => r.Code == "LAST_METERS_ON_FOOT"
        );
        await CloseAround(Middle, 0);

        Recommendation advice = await AdviseAsync(incident);
        Assert.NotEmpty(advice.Candidates);
        Assert.All(
            advice.Candidates,
            candidate =>
            {
                Reason foot = Assert.Single(
                    candidate.Reasons,
                    r => r.Code == "LAST_METERS_ON_FOOT"
                );
                Assert.Equal("最後は徒歩です(車が入れない道)", foot.Words.Ja);
                Assert.NotEmpty(foot.Words.En);
            }
        );
    }

    [Fact]
    public async Task A_crew_reads_who_closed_what_and_until_when()
    {
        RestrictRoadRequest request = Closing(Middle, 50);
        (request.Effect, request.SpeedPercent) = (RoadEffect.Slowed, 25);
        request.Reason = "坂道が凍結";
        RoadRestriction made = (
            await house.Dispatcher.Dispatch.RestrictRoadAsync(request)
        ).Restriction;

        RoadRestriction read = Assert.Single(await ListAsync(house.CrewOf(house.Unit(0))));
        Assert.Equal(made, read);
        Assert.Equal(
            (RoadEffect.Slowed, 25, 50.0, "坂道が凍結", "Dispatcher/console-1"),
            (read.Effect, read.SpeedPercent, read.RadiusMeters, read.Reason, read.Author)
        );
        Assert.Equal((request.Point, request.Kind), (read.Point, read.Kind));
        Assert.Equal(request.ExpireTime, read.ExpireTime);
        Assert.Null(read.Note);
    }

    [Fact]
    public async Task Where_no_street_is_near_it_is_taken_and_says_that_it_changes_nothing()
    {
        RoadRestriction made = await CloseAround(
            new GeoPoint { Latitude = 36.9, Longitude = 140.9 },
            1_000
        );
        Assert.Equal("NO_STREET_THERE", made.Note.Code);
        Assert.Equal(made, Assert.Single(await ListAsync(house.Dispatcher)));
    }

    [Fact]
    public async Task A_repeated_restriction_is_one_restriction_with_the_bytes_of_its_first_answer()
    {
        byte[] request = Closing(Middle).ToByteArray();
        WireMethod restrict = WireMethod.Find(
            "/minakyukyu.dispatch.v1.DispatchService/RestrictRoad"
        );
        byte[] first = await restrict.CallAsync(house.Dispatcher, request);
        TruthNow before = await house.Truth.NowAsync();
        Assert.Equal(first, await restrict.CallAsync(house.Dispatcher, request));
        Assert.Equal(before, await house.Truth.NowAsync());
        Assert.Single(await ListAsync(house.Dispatcher));
    }

    [Fact]
    public async Task A_lifted_restriction_cannot_be_lifted_again()
    {
        RoadRestriction made = await CloseAround(Middle, 0);
        await LiftAsync(made.RestrictionId);
        await Tests.Refusals.Refuses.WithAsync(
            "ROAD_RESTRICTION_NOT_FOUND",
            house,
            () => LiftAsync(made.RestrictionId)
        );
    }

    [Fact]
    public async Task The_list_is_paged_the_newest_first()
    {
        string[] made = new string[3];
        for (int i = 0; i < made.Length; i++)
        {
            made[i] = (await CloseAround(Middle, 0)).RestrictionId;
            house.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await house.Dispatcher.Dispatch.ListRoadRestrictionsAsync(
            new() { Page = new PageRequest { PageSize = 2 } }
        );
        var second = await house.Dispatcher.Dispatch.ListRoadRestrictionsAsync(
            new()
            {
                Page = new PageRequest { PageSize = 2, PageToken = first.Page.NextPageToken },
            }
        );
        Assert.Equal(
            made.Reverse(),
            first.Restrictions.Concat(second.Restrictions).Select(r => r.RestrictionId)
        );
        Assert.Equal("", second.Page.NextPageToken);
    }

    [Fact]
    public async Task A_personal_number_in_the_reason_is_masked_and_a_long_reason_is_cut()
    {
        RestrictRoadRequest request = Closing(Middle);
        request.Reason = "番号 123456789018 " + new string('あ', 400);
        RoadRestriction made = (
            await house.Dispatcher.Dispatch.RestrictRoadAsync(request)
        ).Restriction;
        Assert.DoesNotContain("123456789018", made.Reason, StringComparison.Ordinal);
        Assert.Equal(300, made.Reason.Length);
        Assert.False(house.Truth.Holds("123456789018"));
    }

    [Fact]
    public async Task Restrictions_survive_the_process_and_go_on_changing_the_advice()
    {
        string incident = (
            await house.Dispatcher.Incidents.OpenIncidentAsync(Run.Plea(house))
        ).IncidentId;
        string open = await FirstAsync(incident);
        RoadRestriction lifted = await CloseAround(Middle, 0);
        await LiftAsync(lifted.RestrictionId);
        RoadRestriction made = await CloseAround(StationOf(open), 200);
        string closed = await FirstAsync(incident);
        Assert.NotEqual(open, closed);

        await house.RestartAsync();

        Assert.Equal(made, Assert.Single(await ListAsync(house.Dispatcher)));
        Assert.Equal(closed, await FirstAsync(incident));
    }

    /// <summary>The place of <see cref="Run.Plea"/>.</summary>
    private static GeoPoint Middle => new() { Latitude = 35.7138, Longitude = 139.4071 };

    /// <summary>One unit of each of three stations.</summary>
    private IEnumerable<UnitPlan> Apart() =>
        house.Plan.Units.GroupBy(unit => unit.Station).Select(units => units.First()).Take(3);

    private GeoPoint StationOf(string unit)
    {
        UnitPlan plan = house.Plan.Units.Single(u => u.Id.Value == unit);
        var point = house.Plan.GetStation(plan.Station).Point;
        return new GeoPoint { Latitude = point.Latitude, Longitude = point.Longitude };
    }

    private RestrictRoadRequest Closing(GeoPoint point, double meters = 0) =>
        new()
        {
            RequestId = house.Next(),
            Point = point,
            RadiusMeters = meters,
            Effect = RoadEffect.Closed,
            Kind = new Code { Table = "closure-kind", Value = "construction" },
            ExpireTime = In(TimeSpan.FromHours(1)),
        };

    private Timestamp In(TimeSpan span) => (house.Time.GetUtcNow() + span).ToTimestamp();

    private async Task<RoadRestriction> CloseAround(GeoPoint point, double meters) =>
        (await house.Dispatcher.Dispatch.RestrictRoadAsync(Closing(point, meters))).Restriction;

    private async Task LiftAsync(string id) =>
        await house.Dispatcher.Dispatch.LiftRoadRestrictionAsync(
            new LiftRoadRestrictionRequest { RequestId = house.Next(), RestrictionId = id }
        );

    private static async Task<IReadOnlyList<RoadRestriction>> ListAsync(Caller by) =>
        (await by.Dispatch.ListRoadRestrictionsAsync(new())).Restrictions;

    private async Task<Recommendation> AdviseAsync(string incident) =>
        (
            await house.Dispatcher.Dispatch.RecommendUnitsAsync(
                new RecommendUnitsRequest { IncidentId = incident }
            )
        ).Recommendation;

    private async Task<string> FirstAsync(string incident) =>
        (await AdviseAsync(incident)).Candidates[0].UnitId;
}
