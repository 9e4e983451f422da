using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.Tests.Wire;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>The table of what is refused although every field is well formed: name, reason, and what leads to it.</summary>
public sealed class CommandRefusalTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    private static readonly Dictionary<
        string,
        (string Reason, Func<CommandRefusalTests, Run, Task<Func<Task>>> Arrange)
    > Table = new(StringComparer.Ordinal)
    {
        ["a unit that is not free"] = (
            "UNIT_NOT_AVAILABLE",
            (t, run) => t.AssignsAsync(run.Unit.Id.Value)
        ),
        ["a unit that is not on duty"] = (
            "UNIT_NOT_ON_DUTY",
            (t, _) => t.AssignsAsync(t.house.Unit(9).Id.Value)
        ),
        ["an order to an incident that is over"] = (
            "INCIDENT_CLOSED",
            (t, _) => t.AssignsToClosedAsync()
        ),
        ["an override without reason"] = (
            "OVERRIDE_REASON_MISSING",
            (t, run) => t.OverridesAsync(run, null)
        ),
        ["an override with a reason that nobody knows"] = (
            "UNKNOWN_CODE",
            (t, run) =>
                t.OverridesAsync(
                    run,
                    new Code { Table = "override-reason", Value = "no-such-reason" }
                )
        ),
        ["an override with a reason of another table"] = (
            "UNKNOWN_CODE",
            (t, run) => t.OverridesAsync(run, new Code { Table = "cancel-reason", Value = "other" })
        ),
        ["advice that was given for another incident"] = (
            "RECOMMENDATION_NOT_FOUND",
            (t, _) => t.UsesOtherAdviceAsync()
        ),
        ["the request id of another body"] = ("REQUEST_ID_REUSED", (_, run) => ReusesAsync(run)),
        ["a milestone before the call"] = (
            "MILESTONE_BEFORE_CALL",
            (_, run) => TapsAsync(run, tap => tap.OccurredTime = Ago(TimeSpan.FromMinutes(5)))
        ),
        ["a milestone more than two minutes ahead"] = (
            "MILESTONE_IN_FUTURE",
            (_, run) => TapsAsync(run, tap => tap.OccurredTime = Ago(TimeSpan.FromSeconds(-125)))
        ),
        ["a milestone before its own order"] = (
            "MILESTONE_BEFORE_ORDER",
            (t, _) => t.TapsBeforeOrderAsync()
        ),
        ["a milestone without that order"] = (
            "ASSIGNMENT_NOT_FOUND",
            (t, run) => t.TapsOtherOrderAsync(run)
        ),
        ["a milestone of another unit's order"] = (
            "ASSIGNMENT_NOT_FOUND",
            (t, run) => t.TapsAsAnotherAsync(run)
        ),
        ["a milestone with an old token"] = (
            "ORDER_TOKEN_OUTDATED",
            (_, run) => TapsAsync(run, tap => tap.OrderToken--)
        ),
        ["a milestone after the order was taken away"] = (
            "ORDER_TOKEN_OUTDATED",
            (t, run) => t.TapsAfterCancelAsync(run)
        ),
        ["a milestone that the centre notes"] = (
            "MILESTONE_NOT_OF_CREW",
            (_, run) => TapsAsync(run, tap => tap.Kind = MilestoneKind.Dispatched)
        ),
        ["a milestone of a kind that does not exist"] = (
            "FIELD_MALFORMED",
            (_, run) => TapsAsync(run, tap => tap.Kind = (MilestoneKind)77)
        ),
        ["a milestone at a time that no clock shows"] = (
            "FIELD_MALFORMED",
            (_, run) =>
                TapsAsync(run, tap => tap.OccurredTime = new Timestamp { Seconds = long.MaxValue })
        ),
        ["an acknowledgement with an old token"] = (
            "ORDER_TOKEN_OUTDATED",
            (_, run) => Task.FromResult(Acknowledges(run.Crew, run, run.Order.OrderToken - 1))
        ),
        ["an acknowledgement of another unit's order"] = (
            "ASSIGNMENT_NOT_FOUND",
            (t, run) =>
                Task.FromResult(
                    Acknowledges(t.house.CrewOf(t.house.Unit(1)), run, run.Order.OrderToken)
                )
        ),
        ["signing on to another crew's unit"] = (
            "UNIT_NOT_FOUND",
            (t, run) => t.SignsOnAsync(run.Unit.Id.Value, null)
        ),
        ["signing on with another unit's vehicle"] = (
            "VEHICLE_NOT_OF_THIS_UNIT",
            (t, run) => t.SignsOnAsync(t.house.Unit(1).Id.Value, run.Unit.Vehicle.Value)
        ),
        ["signing on at a place that is none"] = (
            "FIELD_MALFORMED",
            (t, _) => t.SignsOnNowhereAsync()
        ),
        ["signing off under an order"] = (
            "UNIT_HAS_AN_ORDER",
            (t, run) => Task.FromResult(t.SignsOff(run.Crew, run.Unit.Id.Value))
        ),
        ["signing off without being on duty"] = (
            "NOT_ON_DUTY",
            (t, _) =>
                Task.FromResult(
                    t.SignsOff(t.house.CrewOf(t.house.Unit(9)), t.house.Unit(9).Id.Value)
                )
        ),
        ["positions of another unit"] = (
            "UNIT_NOT_FOUND",
            (t, run) => Task.FromResult(t.ReportsPosition(run, 35.7))
        ),
        ["a position that is none"] = (
            "FIELD_MALFORMED",
            (t, _) => Task.FromResult(t.ReportsPosition(null, 95))
        ),
        ["orders of another unit"] = (
            "UNIT_NOT_FOUND",
            (t, run) => Task.FromResult(t.WatchesOther(run))
        ),
        ["a second cancellation of an order"] = (
            "ORDER_TOKEN_OUTDATED",
            (t, run) => t.CancelsTwiceAsync(run)
        ),
        ["a second cancellation of an incident"] = (
            "INCIDENT_CLOSED",
            (t, _) => t.CancelsIncidentTwiceAsync()
        ),
        ["an incident of another crew"] = (
            "INCIDENT_NOT_FOUND",
            (t, run) => Task.FromResult(t.LooksAtOther(run))
        ),
        ["hospitals for another crew's incident"] = (
            "INCIDENT_NOT_FOUND",
            (t, run) => Task.FromResult(t.AsksHospitalsOf(run))
        ),
        ["a hospital's no without reason"] = (
            "REFUSAL_REASON_MISSING",
            (t, run) => t.InquiresAsync(run, run.Crew, 1)
        ),
        ["a hospital inquiry for nobody"] = (
            "PATIENT_NOT_FOUND",
            (t, run) => t.InquiresAsync(run, run.Crew, 9)
        ),
        ["a hospital inquiry of another crew"] = (
            "ASSIGNMENT_NOT_FOUND",
            (t, run) => t.InquiresAsync(run, t.house.CrewOf(t.house.Unit(1)), 1)
        ),
        ["a run that carried nobody, without reason"] = (
            "NO_TRANSPORT_REASON_MISSING",
            (t, run) => Task.FromResult(t.EndsWith(run, run.Crew, 1))
        ),
        ["an outcome for nobody"] = (
            "PATIENT_NOT_FOUND",
            (t, run) => Task.FromResult(t.EndsWith(run, run.Crew, 9))
        ),
        ["an outcome by another crew"] = (
            "INCIDENT_NOT_FOUND",
            (t, run) => Task.FromResult(t.EndsWith(run, t.house.CrewOf(t.house.Unit(1)), 1))
        ),
        ["a page that there is not"] = (
            "FIELD_MALFORMED",
            (t, _) => Task.FromResult(t.ListsPage("next please"))
        ),
        ["closing the card step for a reason that nobody knows"] = (
            "UNKNOWN_CODE",
            (t, run) => Task.FromResult(t.Closes(run, "because", 1))
        ),
        ["closing the card step of nobody"] = (
            "PATIENT_NOT_FOUND",
            (t, run) => Task.FromResult(t.Closes(run, "no-card", 9))
        ),
        ["closing the card step with a personal number"] = (
            "UNKNOWN_CODE",
            (t, run) => Task.FromResult(t.Closes(run, "123456789012", 1))
        ),
        ["a summary without grant"] = (
            "GRANT_NOT_FOUND",
            (_, run) => Task.FromResult(StreamsWithout(run))
        ),
    };

    private readonly ServedHouse house = house;

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Refuses_and_changes_nothing(string row)
    {
        await using Run run = await Run.StartAsync(house, 0);
        Func<Task> call = await Table[row].Arrange(this, run);
        await Refuses.WithAsync(Table[row].Reason, house, call);
    }

    [Fact]
    public async Task A_refused_request_id_may_be_used_again_and_is_decided_afresh()
    {
        await using Run run = await Run.StartAsync(house, 0);
        ReportMilestoneRequest tap = run.Tap(
            MilestoneKind.EnRoute,
            TimeProvider.System.GetUtcNow().AddSeconds(125)
        );
        await Refuses.WithAsync(
            "MILESTONE_IN_FUTURE",
            house,
            async () => await run.Crew.Incidents.ReportMilestoneAsync(tap)
        );
        tap.OccurredTime = TimeProvider.System.GetUtcNow().ToTimestamp();
        Assert.False((await run.Crew.Incidents.ReportMilestoneAsync(tap)).AlreadyTold);
    }

    private static Timestamp Ago(TimeSpan span) =>
        (TimeProvider.System.GetUtcNow() - span).ToTimestamp();

    private static Func<Task> Call<T>(Func<AsyncUnaryCall<T>> call) => async () => await call();

    private async Task<string> OpenAsync(Action<OpenIncidentRequest>? change = null)
    {
        OpenIncidentRequest plea = Run.Plea(house);
        change?.Invoke(plea);
        return (await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId;
    }

    private CancelIncidentRequest CallOff(string incident) =>
        new()
        {
            RequestId = house.Next(),
            IncidentId = incident,
            Reason = new Code { Table = "cancel-reason", Value = "other" },
        };

    private AssignUnitRequest Order(string incident, string unit) =>
        new()
        {
            RequestId = house.Next(),
            IncidentId = incident,
            UnitId = unit,
        };

    private async Task<Recommendation> AdviseAsync(string incident) =>
        (
            await house.Dispatcher.Dispatch.RecommendUnitsAsync(
                new RecommendUnitsRequest { IncidentId = incident }
            )
        ).Recommendation;

    private async Task<Func<Task>> AssignsAsync(string unit)
    {
        AssignUnitRequest order = Order(await OpenAsync(), unit);
        return Call(() => house.Dispatcher.Dispatch.AssignUnitAsync(order));
    }

    private async Task<Func<Task>> AssignsToClosedAsync()
    {
        string incident = await OpenAsync();
        await Run.SignOnAsync(house, house.Unit(1));
        await house.Dispatcher.Incidents.CancelIncidentAsync(CallOff(incident));
        return Call(() =>
            house.Dispatcher.Dispatch.AssignUnitAsync(Order(incident, house.Unit(1).Id.Value))
        );
    }

    private async Task<Func<Task>> OverridesAsync(Run run, Code? reason)
    {
        await Run.SignOnAsync(house, house.Unit(1));
        await Run.SignOnAsync(house, house.Unit(2));
        string incident = await OpenAsync();
        Recommendation advice = await AdviseAsync(incident);
        string second = advice
            .Candidates.First(c => c.Rank > 1 && c.UnitId != run.Unit.Id.Value)
            .UnitId;
        AssignUnitRequest order = Order(incident, second);
        order.RecommendationId = advice.RecommendationId;
        order.OverrideReason = reason;
        return Call(() => house.Dispatcher.Dispatch.AssignUnitAsync(order));
    }

    private async Task<Func<Task>> UsesOtherAdviceAsync()
    {
        await Run.SignOnAsync(house, house.Unit(1));
        Recommendation advice = await AdviseAsync(await OpenAsync());
        AssignUnitRequest order = Order(await OpenAsync(), house.Unit(1).Id.Value);
        order.RecommendationId = advice.RecommendationId;
        return Call(() => house.Dispatcher.Dispatch.AssignUnitAsync(order));
    }

    private static async Task<Func<Task>> ReusesAsync(Run run)
    {
        ReportMilestoneRequest tap = run.Tap(MilestoneKind.EnRoute);
        await run.Crew.Incidents.ReportMilestoneAsync(tap);
        tap.Kind = MilestoneKind.OnScene;
        return Call(() => run.Crew.Incidents.ReportMilestoneAsync(tap));
    }

    private static Task<Func<Task>> TapsAsync(Run run, Action<ReportMilestoneRequest> change)
    {
        ReportMilestoneRequest tap = run.Tap(MilestoneKind.EnRoute);
        change(tap);
        return Task.FromResult(Call(() => run.Crew.Incidents.ReportMilestoneAsync(tap)));
    }

    private async Task<Func<Task>> TapsBeforeOrderAsync()
    {
        await Run.SignOnAsync(house, house.Unit(3));
        string incident = await OpenAsync(plea =>
            plea.Call.ReceivedTime = Ago(TimeSpan.FromMinutes(10))
        );
        AssignUnitResponse order = await house.Dispatcher.Dispatch.AssignUnitAsync(
            Order(incident, house.Unit(3).Id.Value)
        );
        var tap = new ReportMilestoneRequest
        {
            RequestId = house.Next(),
            IncidentId = incident,
            AssignmentId = order.AssignmentId,
            OrderToken = order.OrderToken,
            Kind = MilestoneKind.EnRoute,
            OccurredTime = Ago(TimeSpan.FromMinutes(5)),
        };
        return Call(() => house.CrewOf(house.Unit(3)).Incidents.ReportMilestoneAsync(tap));
    }

    private async Task<Func<Task>> TapsOtherOrderAsync(Run run)
    {
        ReportMilestoneRequest tap = run.Tap(MilestoneKind.EnRoute);
        tap.IncidentId = await OpenAsync();
        return Call(() => run.Crew.Incidents.ReportMilestoneAsync(tap));
    }

    private Task<Func<Task>> TapsAsAnotherAsync(Run run) =>
        Task.FromResult(
            Call(() =>
                house
                    .CrewOf(house.Unit(1))
                    .Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.EnRoute))
            )
        );

    private async Task<Func<Task>> TapsAfterCancelAsync(Run run)
    {
        await CancelAsync(run);
        return Call(() =>
            run.Crew.Incidents.ReportMilestoneAsync(
                run.Tap(MilestoneKind.OnScene, TimeProvider.System.GetUtcNow().AddSeconds(1))
            )
        );
    }

    private static Func<Task> Acknowledges(Tests.Wire.Caller crew, Run run, long token)
    {
        var request = new AcknowledgeAssignmentRequest
        {
            RequestId = "ack-" + run.Order.AssignmentId,
            AssignmentId = run.Order.AssignmentId,
            OrderToken = token,
        };
        return Call(() => crew.Crew.AcknowledgeAssignmentAsync(request));
    }

    private Task<Func<Task>> SignsOnAsync(string unit, string? vehicle)
    {
        var request = new SignOnRequest
        {
            RequestId = house.Next(),
            UnitId = unit,
            VehicleId = vehicle ?? "",
        };
        return Task.FromResult(Call(() => house.CrewOf(house.Unit(1)).Crew.SignOnAsync(request)));
    }

    private Task<Func<Task>> SignsOnNowhereAsync()
    {
        var request = new SignOnRequest
        {
            RequestId = house.Next(),
            UnitId = house.Unit(9).Id.Value,
            Point = new GeoPoint { Latitude = 135, Longitude = 35 },
        };
        return Task.FromResult(Call(() => house.CrewOf(house.Unit(9)).Crew.SignOnAsync(request)));
    }

    private Func<Task> SignsOff(Tests.Wire.Caller crew, string unit) =>
        Call(() =>
            crew.Crew.SignOffAsync(new SignOffRequest { RequestId = house.Next(), UnitId = unit })
        );

    private Func<Task> ReportsPosition(Run? of, double latitude)
    {
        var request = new ReportPositionsRequest { UnitId = (of?.Unit ?? house.Unit(1)).Id.Value };
        request.Positions.Add(
            new PositionReport
            {
                Point = new GeoPoint { Latitude = latitude, Longitude = 139.4 },
                ObservedTime = Ago(TimeSpan.Zero),
            }
        );
        return Call(() => house.CrewOf(house.Unit(1)).Crew.ReportPositionsAsync(request));
    }

    private Func<Task> WatchesOther(Run run) =>
        async () =>
        {
            using var stream = house
                .CrewOf(house.Unit(1))
                .Crew.WatchAssignments(new WatchAssignmentsRequest { UnitId = run.Unit.Id.Value });
            await stream.ResponseStream.MoveNext(CancellationToken.None);
        };

    private Task CancelAsync(Run run) =>
        house
            .Dispatcher.Dispatch.CancelAssignmentAsync(
                new CancelAssignmentRequest
                {
                    RequestId = house.Next(),
                    AssignmentId = run.Order.AssignmentId,
                    Reason = new Code { Table = "cancel-reason", Value = "wrong-order" },
                }
            )
            .ResponseAsync;

    private async Task<Func<Task>> CancelsTwiceAsync(Run run)
    {
        await CancelAsync(run);
        return () => CancelAsync(run);
    }

    private async Task<Func<Task>> CancelsIncidentTwiceAsync()
    {
        string incident = await OpenAsync();
        await house.Dispatcher.Incidents.CancelIncidentAsync(CallOff(incident));
        return Call(() => house.Dispatcher.Incidents.CancelIncidentAsync(CallOff(incident)));
    }

    private Func<Task> LooksAtOther(Run run) =>
        Call(() =>
            house
                .CrewOf(house.Unit(1))
                .Incidents.GetIncidentAsync(new GetIncidentRequest { IncidentId = run.Incident })
        );

    private Func<Task> AsksHospitalsOf(Run run) =>
        Call(() =>
            house
                .CrewOf(house.Unit(1))
                .Dispatch.RecommendHospitalsAsync(
                    new RecommendHospitalsRequest { IncidentId = run.Incident, PatientNumber = 1 }
                )
        );

    private async Task<Func<Task>> InquiresAsync(Run run, Tests.Wire.Caller crew, int patient)
    {
        string hospital = (await run.Crew.Dispatch.ListHospitalsAsync(new ListHospitalsRequest()))
            .Hospitals[0]
            .HospitalId;
        var request = new ReportHospitalInquiryRequest
        {
            RequestId = house.Next(),
            IncidentId = run.Incident,
            AssignmentId = run.Order.AssignmentId,
            HospitalId = hospital,
            PatientNumber = patient,
            State = DestinationState.Refused,
        };
        return Call(() => crew.Incidents.ReportHospitalInquiryAsync(request));
    }

    private Func<Task> EndsWith(Run run, Tests.Wire.Caller crew, int patient)
    {
        var request = new RecordOutcomeRequest
        {
            RequestId = house.Next(),
            IncidentId = run.Incident,
            PatientNumber = patient,
            Outcome = new Outcome { Transported = false },
        };
        return Call(() => crew.Incidents.RecordOutcomeAsync(request));
    }

    private Func<Task> ListsPage(string token) =>
        Call(() =>
            house.Dispatcher.Incidents.ListIncidentsAsync(
                new ListIncidentsRequest { Page = new PageRequest { PageToken = token } }
            )
        );

    private Func<Task> Closes(Run run, string reason, int patient)
    {
        var request = new CloseCardStepRequest
        {
            RequestId = house.Next(),
            IncidentId = run.Incident,
            PatientNumber = patient,
            ReasonCode = reason,
        };
        return Call(() => run.Crew.Authorization.CloseCardStepAsync(request));
    }

    private static Func<Task> StreamsWithout(Run run) =>
        async () =>
        {
            using var stream = run.Crew.MedicalInfo.StreamSummary(
                new StreamSummaryRequest { IncidentId = run.Incident, GrantId = "grant-of-nobody" }
            );
            await stream.ResponseStream.MoveNext(CancellationToken.None);
        };
}
