using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Watching;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;
using TypeWire = MinaKyukyu.Contracts.Type.V1;
using Wire = MinaKyukyu.Contracts.Incident.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>An incident as the wire shows it.</summary>
internal sealed class IncidentPicture(Department department, OrderWatchDesk watch)
{
    public Wire.Incident Of(Incident incident)
    {
        var picture = new Wire.Incident
        {
            IncidentId = incident.Id.Value,
            State = StateOf(incident),
            Place = Of(incident.Place),
            Urgency = new Wire.Urgency
            {
                Level = (Wire.UrgencyLevel)incident.Urgency.Level,
                Protocol = incident.Urgency.Protocol,
            },
            IncidentType = Of(incident.Type),
            CardReadiness = incident.CardReadiness switch
            {
                CardReadiness.Ready => Wire.CardReadiness.Ready,
                CardReadiness.NotAtHand => Wire.CardReadiness.NotAtHand,
                _ => Wire.CardReadiness.NotAsked,
            },
            CallReceivedTime = incident.CallReceivedAt.ToTimestamp(),
            Revision = incident.Revision,
            Remarks = incident.Remarks,
            CloseTime = incident.ClosedAt?.ToTimestamp(),
        };
        picture.Patients.Add(incident.Patients.Select(Of));
        picture.Assignments.Add(incident.Orders.Select(o => Of(o, incident)));
        picture.Milestones.Add(incident.Milestones.Select(Of));
        picture.CardSteps.Add(incident.CardSteps.Select(Of));
        picture.Alarms.Add(incident.Alarms.Select(a => Reasons.Of(a.Kind)));
        return picture;
    }

    public Wire.Assignment Of(Order order, Incident incident)
    {
        var picture = new Wire.Assignment
        {
            AssignmentId = order.Id.Value,
            IncidentId = order.Incident.Value,
            UnitId = order.Unit.Value,
            UnitName = department.City.Plan.FindUnit(order.Unit)?.Name ?? order.Unit.Value,
            State = order.End switch
            {
                null => Wire.AssignmentState.Active,
                OrderEnd.Cleared => Wire.AssignmentState.Cleared,
                OrderEnd.Cancelled => Wire.AssignmentState.Cancelled,
                OrderEnd.Replaced => Wire.AssignmentState.Replaced,
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

    private Wire.OrderWatch WatchOf(Order order, Incident incident)
    {
        WatchedOrder watched = watch.Look(order, incident);
        var picture = new Wire.OrderWatch
        {
            DeliveredTime = order.DeliveredAt?.ToTimestamp(),
            AcknowledgedTime = order.AcknowledgedAt?.ToTimestamp(),
            RollingTime = order.RollingAt?.ToTimestamp(),
            ArrivedTime = incident.FindMilestone(order.Id, MilestoneKind.OnScene)?.OccurredAt.ToTimestamp(),
            NextFreeUnitId = watched.NextFree?.Value ?? "",
        };
        picture.Alarms.Add(watched.Alarms.Select(Reasons.Of));
        return picture;
    }

    private Wire.Destination Of(Destination destination) =>
        new()
        {
            HospitalId = destination.Hospital.Value,
            HospitalName = department.City.FindHospital(destination.Hospital)?.Name ?? destination.Hospital.Value,
            State = (Wire.DestinationState)destination.State,
            PatientNumber = destination.Patient.Number,
            RefusalReason = Of(destination.RefusalReason),
            UpdateTime = destination.UpdatedAt.ToTimestamp(),
        };

    private static Wire.IncidentState StateOf(Incident incident) =>
        incident.IsClosed ? Wire.IncidentState.Closed
        : incident.IsWaiting ? Wire.IncidentState.Waiting
        : Wire.IncidentState.Served;

    private static Wire.Patient Of(Patient patient)
    {
        var picture = new Wire.Patient
        {
            Number = patient.Slot.Number,
            AgeBand = Of(patient.AgeBand),
            ReportedHeadInjury = patient.ReportedHeadInjury,
        };
        if (patient.Outcome is { } outcome)
        {
            picture.Outcome = new Wire.Outcome
            {
                Transported = outcome.Transported,
                NoTransportReason = Of(outcome.NoTransportReason),
                Severity = Of(outcome.Severity),
            };
        }

        return picture;
    }

    private static Wire.Milestone Of(Milestone milestone) =>
        new()
        {
            MilestoneId = milestone.Id,
            Kind = (Wire.MilestoneKind)milestone.Kind,
            AssignmentId = milestone.Order?.Value ?? "",
            UnitId = milestone.Unit?.Value ?? "",
            OccurredTime = milestone.OccurredAt.ToTimestamp(),
            ReceivedTime = milestone.ReceivedAt.ToTimestamp(),
            Late = milestone.IsLate,
            GapBefore = milestone.HasGapBefore,
            Withdrawn = milestone.IsWithdrawn,
            DeviceId = milestone.Device?.Value ?? "",
        };

    private static Wire.CardStep Of(CardStep step)
    {
        var picture = new Wire.CardStep
        {
            PatientNumber = step.Patient.Number,
            State = step.State switch
            {
                CardStepState.Checking => Wire.CardStepState.Checking,
                CardStepState.Viewed => Wire.CardStepState.Viewed,
                CardStepState.Closed => Wire.CardStepState.Closed,
                CardStepState.Withdrawn => Wire.CardStepState.Withdrawn,
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

    public static TypeWire.Place Of(Place place)
    {
        var picture = new TypeWire.Place
        {
            Point = place.Point is { } point ? Of(point) : null,
            PlacePrecision = (TypeWire.PlacePrecision)place.Precision,
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

    public static TypeWire.GeoPoint Of(GeoPoint point) =>
        new() { Latitude = point.Latitude, Longitude = point.Longitude };

    public static TypeWire.Code? Of(Code? code) =>
        code is { } c ? new TypeWire.Code { Table = c.Table, Value = c.Value } : null;
}
