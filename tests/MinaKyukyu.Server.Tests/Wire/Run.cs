using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Fleet.Plan;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>One open incident with one unit ordered to it, over the wire; called off at the end so that the unit is free for the next test.</summary>
internal sealed class Run : IAsyncDisposable
{
    private readonly ServedHouse _house;

    private Run(ServedHouse house, UnitPlan unit, string incident, AssignUnitResponse order)
    {
        _house = house;
        Unit = unit;
        Incident = incident;
        Order = order;
        Crew = house.CrewOf(unit);
    }

    public UnitPlan Unit { get; }

    public Caller Crew { get; }

    public string Incident { get; }

    public AssignUnitResponse Order { get; }

    /// <param name="heard">What the call said about the patient; null: nothing.</param>
    public static async Task<Run> StartAsync(ServedHouse house, int unit, Patient? heard = null)
    {
        UnitPlan plan = house.Unit(unit);
        if (!house.IsOnDuty(plan.Id))
        {
            await SignOnAsync(house, plan);
        }

        OpenIncidentRequest plea = Plea(house);
        if (heard is not null)
        {
            plea.Patients.Add(heard);
        }

        string incident = (await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId;
        var order = await house.Dispatcher.Dispatch.AssignUnitAsync(
            new AssignUnitRequest
            {
                RequestId = house.Next(),
                IncidentId = incident,
                UnitId = plan.Id.Value,
            }
        );
        return new Run(house, plan, incident, order);
    }

    public static async Task SignOnAsync(ServedHouse house, UnitPlan unit) =>
        await house
            .CrewOf(unit)
            .Crew.SignOnAsync(
                new SignOnRequest { RequestId = house.Next(), UnitId = unit.Id.Value }
            );

    /// <summary>A fall near the middle of the town.</summary>
    public static OpenIncidentRequest Plea(ServedHouse house) =>
        new()
        {
            RequestId = house.Next(),
            Call = new CallOrigin { CallbackNumber = "090-0000-1234" },
            Place = new Place
            {
                Point = new GeoPoint { Latitude = 35.7138, Longitude = 139.4071 },
                PlacePrecision = PlacePrecision.Lot,
            },
            Urgency = new Urgency { Level = UrgencyLevel.High, Protocol = "test-1" },
        };

    public ReportMilestoneRequest Tap(MilestoneKind kind, DateTimeOffset? at = null) =>
        new()
        {
            RequestId = _house.Next(),
            IncidentId = Incident,
            AssignmentId = Order.AssignmentId,
            OrderToken = Order.OrderToken,
            Kind = kind,
            OccurredTime = (at ?? TimeProvider.System.GetUtcNow()).ToTimestamp(),
        };

    public async Task<Incident> LookAsync() =>
        (
            await _house.Dispatcher.Incidents.GetIncidentAsync(
                new GetIncidentRequest { IncidentId = Incident }
            )
        ).Incident;

    public async ValueTask DisposeAsync()
    {
        if ((await LookAsync()).State != IncidentState.Closed)
        {
            await _house.Dispatcher.Incidents.CancelIncidentAsync(
                new CancelIncidentRequest
                {
                    RequestId = _house.Next(),
                    IncidentId = Incident,
                    Reason = new Code { Table = "cancel-reason", Value = "other" },
                }
            );
        }
    }
}
