using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Watching;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;
using TypeV1 = MinaKyukyu.Contracts.Type.V1;
using V1 = MinaKyukyu.Contracts.Incident.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>An incident as the wire shows it.</summary>
internal sealed class IncidentPicture(Department department, OrderWatchDesk watch)
{
    /// <summary>How many milestones a picture shows, the latest: a run has eleven, and a picture must fit into one message.</summary>
    private const int MostMilestones = 150;

    public V1.Incident Of(Incident incident)
    {
        var picture = new V1.Incident
        {
            IncidentId = incident.Id.Value,
            State = StateOf(incident),
            Place = Of(incident.Place),
            Urgency = new V1.Urgency
            {
                Level = (V1.UrgencyLevel)incident.Urgency.Level,
                Protocol = incident.Urgency.Protocol,
            },
            IncidentType = Of(incident.Type),
            CardReadiness = incident.CardReadiness switch
            {
                CardReadiness.Ready => V1.CardReadiness.Ready,
                CardReadiness.NotAtHand => V1.CardReadiness.NotAtHand,
                _ => V1.CardReadiness.NotAsked,
            },
            CallReceivedTime = incident.CallReceivedAt.ToTimestamp(),
            Revision = incident.Revision,
            Remarks = incident.Remarks,
            CloseTime = incident.ClosedAt?.ToTimestamp(),
        };
        picture.Patients.Add(incident.Patients.Select(Of));
        picture.Assignments.Add(incident.Orders.Select(o => Of(o, incident)));
        picture.Milestones.Add(incident.Milestones.TakeLast(MostMilestones).Select(Of));
        picture.CardSteps.Add(incident.CardSteps.Select(Of));
        picture.Alarms.Add(
            incident.Alarms.Select(a => a.Kind).Distinct().Select(k => Reasons.Of(k).ToWire())
        );
        return picture;
    }

    public V1.Assignment Of(Order order, Incident incident)
    {
        var picture = new V1.Assignment
        {
            AssignmentId = order.Id.Value,
            IncidentId = order.Incident.Value,
            UnitId = order.Unit.Value,
            UnitName = department.City.Plan.FindUnit(order.Unit)?.Name ?? order.Unit.Value,
            State = order.End switch
            {
                null => V1.AssignmentState.Active,
                OrderEnd.Cleared => V1.AssignmentState.Cleared,
                OrderEnd.Cancelled => V1.AssignmentState.Cancelled,
                OrderEnd.Replaced => V1.AssignmentState.Replaced,
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            OrderToken = order.Token,
            DispatchedTime = order.DispatchedAt.ToTimestamp(),
            RecommendationId = order.Recommendation?.Value ?? "",
            OverrideReason = Of(order.OverrideReason),
            Watch = WatchOf(order, incident),
        };
        picture.Destinations.Add(order.Destinations.Select(Of));
        return picture;
    }

    private V1.OrderWatch WatchOf(Order order, Incident incident)
    {
        WatchedOrder watched = watch.Look(order, incident);
        var picture = new V1.OrderWatch
        {
            DeliveredTime = order.DeliveredAt?.ToTimestamp(),
            AcknowledgedTime = order.AcknowledgedAt?.ToTimestamp(),
            RollingTime = order.RollingAt?.ToTimestamp(),
            ArrivedTime = incident
                .FindMilestone(order.Id, MilestoneKind.OnScene)
                ?.OccurredAt.ToTimestamp(),
            NextFreeUnitId = watched.NextFree?.Value ?? "",
        };
        picture.Alarms.Add(watched.Alarms.Select(a => Reasons.Of(a).ToWire()));
        return picture;
    }

    private V1.Destination Of(Destination destination) =>
        new()
        {
            HospitalId = destination.Hospital.Value,
            HospitalName =
                department.City.FindHospital(destination.Hospital)?.Name
                ?? destination.Hospital.Value,
            State = (V1.DestinationState)destination.State,
            PatientNumber = destination.Patient.Number,
            RefusalReason = Of(destination.RefusalReason),
            UpdateTime = destination.UpdatedAt.ToTimestamp(),
        };

    private static V1.IncidentState StateOf(Incident incident) =>
        incident.IsClosed ? V1.IncidentState.Closed
        : incident.IsWaiting ? V1.IncidentState.Waiting
        : V1.IncidentState.Served;

    private static V1.Patient Of(Patient patient)
    {
        var picture = new V1.Patient
        {
            Number = patient.Slot.Number,
            AgeBand = Of(patient.AgeBand),
            Sex = Of(patient.Sex),
            ReportedHeadInjury = patient.ReportedHeadInjury,
        };
        if (patient.Outcome is { } outcome)
        {
            picture.Outcome = new V1.Outcome
            {
                Transported = outcome.Transported,
                NoTransportReason = Of(outcome.NoTransportReason),
                Severity = Of(outcome.Severity),
            };
        }

        return picture;
    }

    private static V1.Milestone Of(Milestone milestone) =>
        new()
        {
            MilestoneId = milestone.Id,
            Kind = (V1.MilestoneKind)milestone.Kind,
            AssignmentId = milestone.Order?.Value ?? "",
            UnitId = milestone.Unit?.Value ?? "",
            OccurredTime = milestone.OccurredAt.ToTimestamp(),
            ReceivedTime = milestone.ReceivedAt.ToTimestamp(),
            Late = milestone.IsLate,
            GapBefore = milestone.HasGapBefore,
            Withdrawn = milestone.IsWithdrawn,
            DeviceId = milestone.Device?.Value ?? "",
        };

    private static V1.CardStep Of(CardStep step)
    {
        var picture = new V1.CardStep
        {
            PatientNumber = step.Patient.Number,
            State = step.State switch
            {
                CardStepState.Checking => V1.CardStepState.Checking,
                CardStepState.Viewed => V1.CardStepState.Viewed,
                CardStepState.Closed => V1.CardStepState.Closed,
                CardStepState.Withdrawn => V1.CardStepState.Withdrawn,
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            Reason = Of(step.Reason),
            UpdateTime = step.UpdatedAt.ToTimestamp(),
            CardLevel = step.Level,
        };
        if (step.Returned is { } returned)
        {
            picture.CardReturned = returned;
        }

        return picture;
    }

    public static TypeV1.Place Of(Place place)
    {
        var picture = new TypeV1.Place
        {
            Point = place.Point is { } point ? Of(point) : null,
            PlacePrecision = (TypeV1.PlacePrecision)place.Precision,
            Address = place.Address,
            Floor = place.Floor,
            Landmark = place.Landmark,
        };
        if (place.RadiusMeters is { } radius)
        {
            picture.RadiusMeters = radius;
        }

        return picture;
    }

    public static TypeV1.GeoPoint Of(GeoPoint point) =>
        new() { Latitude = point.Latitude, Longitude = point.Longitude };

    public static TypeV1.Code? Of(Code? code) =>
        code is { } c ? new TypeV1.Code { Table = c.Table, Value = c.Value } : null;
}
