using System.Collections.Immutable;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Authorization.Tests.CardChecks;

public sealed class AttendingCrewsTests
{
    private static readonly AttendingCrew Right = CardWorld.Crew;

    private static readonly Order Order = new()
    {
        Id = new AssignmentId("a-1"),
        Incident = Right.IncidentId,
        Unit = Right.UnitId,
        Token = 1,
        DispatchedAt = TestCards.Start,
    };

    private static readonly Incident Incident = new()
    {
        Id = Right.IncidentId,
        CallReceivedAt = TestCards.Start,
        Place = Place.Nowhere,
        Patients = [new Patient(PatientSlot.First, null, false, null)],
        Orders = [Order],
    };

    private static readonly Milestone Handover = new(
        "m-1",
        MilestoneKind.Handover,
        Order.Id,
        Right.UnitId,
        TestCards.Start,
        TestCards.Start,
        Right.DeviceId,
        IsLate: false,
        HasGapBefore: false,
        IsWithdrawn: false
    );

    [Fact]
    public void A_crew_on_duty_with_an_order_attends()
    {
        AttendingCrew? found = Find(Incident);
        Assert.Equal(Right, found);
    }

    [Theory]
    [InlineData("c-2", "d-1", "i-1", 1)]
    [InlineData("c-1", "d-2", "i-1", 1)]
    [InlineData("c-1", "d-1", "i-2", 1)]
    [InlineData("c-1", "d-1", "i-1", 2)]
    public void Another_crew_device_incident_or_patient_is_nobody(
        string crew,
        string device,
        string incident,
        int patient
    ) => Assert.Null(Find(Incident, crew, device, incident, patient));

    [Fact]
    public async Task Without_an_order_of_its_own_or_after_handover_a_crew_does_not_attend()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        foreach (
            Incident over in new[]
            {
                Incident with
                {
                    Orders = [],
                },
                Incident with
                {
                    Orders = [Order with { Unit = new UnitId("kita-3") }],
                },
                Incident with
                {
                    Orders = [Order with { End = OrderEnd.Replaced }],
                },
                Incident with
                {
                    Orders = [Order with { End = OrderEnd.Cleared }],
                },
                Incident with
                {
                    CancelledAt = TestCards.Start,
                },
                Incident with
                {
                    Milestones = [Handover],
                },
            }
        )
        {
            Assert.Equal(
                new CardCheckDecision.Refused(RefusalReason.NotFound),
                world.Checks.Begin(Find(over), IdentityCheck.PhotoMatchedByCrew, CardWorld.Spoken)
            );
        }

        // A handover that was taken back never was.
        Assert.Equal(
            Right,
            Find(Incident with { Milestones = [Handover with { IsWithdrawn = true }] })
        );
    }

    private static AttendingCrew? Find(
        Incident incident,
        string crew = "c-1",
        string device = "d-1",
        string id = "i-1",
        int patient = 1
    ) =>
        AttendingCrews.Find(
            IncidentsState.Empty with
            {
                Incidents = ImmutableDictionary<IncidentId, Incident>.Empty.Add(
                    incident.Id,
                    incident
                ),
            },
            FleetState.Empty with
            {
                Duties = ImmutableDictionary<UnitId, OnDuty>.Empty.Add(
                    Right.UnitId,
                    new OnDuty(
                        Right.UnitId,
                        new VehicleId("v-1"),
                        Right.CrewId,
                        Right.DeviceId,
                        TestCards.Start,
                        []
                    )
                ),
            },
            Right.DepartmentId,
            new IncidentId(id),
            new PatientSlot(patient),
            new CrewId(crew),
            new DeviceId(device),
            CardWorld.KeyOf(device)
        );
}
