using System.Collections.Immutable;
using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using static MinaKyukyu.Incidents.Facts.IncidentFacts;

namespace MinaKyukyu.Incidents.State;

/// <summary>What each fact does to the state. The same at start and while running, so replay and life cannot differ.</summary>
internal static class IncidentReplay
{
    public static IncidentsState Apply(IncidentsState state, JournaledFact journaled)
    {
        Fact fact = journaled.Fact;
        IncidentJson json = IncidentJson.Default;
        return fact.Kind switch
        {
            Opened => Put(state, Open(Read(fact, json.OpenedV1)), journaled),
            Ordered => Order(state, Read(fact, json.OrderedV1), journaled),
            OrderDelivered => Seen(
                state,
                fact,
                journaled,
                (o, at) => o with { DeliveredAt = o.DeliveredAt ?? at }
            ),
            OrderAcknowledged => Seen(
                state,
                fact,
                journaled,
                (o, at) =>
                    o with
                    {
                        DeliveredAt = o.DeliveredAt ?? at,
                        AcknowledgedAt = o.AcknowledgedAt ?? at,
                    }
            ),
            OrderRolling => Seen(
                state,
                fact,
                journaled,
                (o, at) => o with { MovedAt = o.MovedAt ?? at, RollingAt = o.RollingAt ?? at }
            ),
            OrderCancelled => EndOrder(state, Read(fact, json.OrderCancelledV1), journaled),
            MilestoneReported => Milestone(state, Read(fact, json.MilestoneV1), journaled),
            MilestoneWithdrawn => Withdraw(state, Read(fact, json.MilestoneWithdrawnV1), journaled),
            HospitalInquiry => Inquire(state, Read(fact, json.HospitalInquiryV1), journaled),
            OutcomeRecorded => RecordOutcome(state, Read(fact, json.OutcomeV1), journaled),
            Cancelled => Cancel(state, Read(fact, json.CancelledV1), journaled),
            IncidentFacts.CardStep => StepCard(state, Read(fact, json.CardStepV1), journaled),
            _ => state,
        };
    }

    private static Incident Open(OpenedV1 body)
    {
        var id = new IncidentId(body.Incident);
        return new Incident
        {
            Id = id,
            CallReceivedAt = body.CallReceivedAt,
            RecognizedAt = body.RecognizedAt,
            Place = Read(body.Place),
            Urgency = new Urgency((UrgencyLevel)body.Urgency, body.Protocol),
            Type = Read(body.Type),
            Channel = Read(body.Channel),
            CardReadiness = (CardReadiness)body.CardReadiness,
            Remarks = body.Remarks,
            Patients =
            [
                .. body.Patients.Select(p => new Patient(
                    new PatientSlot(p.Number),
                    Read(p.AgeBand),
                    p.ReportedHeadInjury,
                    null
                )
                {
                    Sex = Read(p.Sex),
                }),
            ],
            Milestones =
            [
                Noted(
                    MilestoneKind.CallReceived,
                    null,
                    null,
                    body.CallReceivedAt,
                    $"{body.Incident}:call"
                ),
            ],
        };
    }

    private static IncidentsState Order(
        IncidentsState state,
        OrderedV1 body,
        JournaledFact journaled
    )
    {
        Incident incident = Get(state, body.Incident);
        var order = new Order
        {
            Id = new AssignmentId(body.Assignment),
            Incident = incident.Id,
            Unit = new UnitId(body.Unit),
            Token = body.Token,
            DispatchedAt = body.At,
            Before = state.LastOrderOfUnit.TryGetValue(new UnitId(body.Unit), out OrderKey before)
                ? before
                : null,
            Recommendation = body.Recommendation is { } r ? new RecommendationId(r) : null,
            OverrideReason = Read(body.OverrideReason),
        };
        if (body.Replaces is { } replaced)
        {
            incident = Change(
                incident,
                new AssignmentId(replaced),
                o => o with { End = OrderEnd.Replaced, EndedAt = body.At }
            );
        }

        incident = incident with
        {
            Orders = incident.Orders.Add(order),
            Milestones = incident.Milestones.Add(
                Noted(
                    MilestoneKind.Dispatched,
                    order.Id,
                    order.Unit,
                    body.At,
                    $"{body.Assignment}:dispatched"
                )
            ),
        };
        return Put(state, incident, journaled) with
        {
            LastOrderOfUnit = state.LastOrderOfUnit.SetItem(
                order.Unit,
                new OrderKey(incident.Id, order.Id)
            ),
            IncidentOfOrder = state.IncidentOfOrder.SetItem(order.Id, incident.Id),
            LastOrderToken = Math.Max(state.LastOrderToken, body.Token),
        };
    }

    private static Milestone Noted(
        MilestoneKind kind,
        AssignmentId? order,
        UnitId? unit,
        DateTimeOffset at,
        string id
    ) => new(id, kind, order, unit, at, at, null, false, false, false);

    private static IncidentsState Seen(
        IncidentsState state,
        Fact fact,
        JournaledFact journaled,
        Func<Order, DateTimeOffset, Order> change
    )
    {
        OrderSeenV1 body = Read(fact, IncidentJson.Default.OrderSeenV1);
        Incident incident = Get(state, body.Incident);
        return Put(
            state,
            Change(incident, new AssignmentId(body.Assignment), o => change(o, body.At)),
            journaled
        );
    }

    private static IncidentsState EndOrder(
        IncidentsState state,
        OrderCancelledV1 body,
        JournaledFact journaled
    ) =>
        Put(
            state,
            Change(
                Get(state, body.Incident),
                new AssignmentId(body.Assignment),
                o =>
                    o with
                    {
                        End = OrderEnd.Cancelled,
                        EndedAt = body.At,
                        CancelReason = Read(body.Reason),
                    }
            ),
            journaled
        );

    private static IncidentsState Milestone(
        IncidentsState state,
        MilestoneV1 body,
        JournaledFact journaled
    )
    {
        Incident incident = Get(state, body.Incident);
        var kind = (MilestoneKind)body.Kind;
        var orderId = new AssignmentId(body.Assignment);
        var milestone = new Milestone(
            body.Milestone,
            kind,
            orderId,
            new UnitId(body.Unit),
            body.OccurredAt,
            body.ReceivedAt,
            new DeviceId(body.Device),
            body.Late,
            body.Gap,
            false
        );
        incident = Change(incident, orderId, o => After(o, kind, body)) with
        {
            Milestones = incident.Milestones.Add(milestone),
        };
        return Put(state, Returned(incident, body), journaled);
    }

    /// <summary>Whatever a crew reports of a run, it says that the unit rolls; the button for rolling itself may have been skipped.</summary>
    private static Order After(Order order, MilestoneKind kind, MilestoneV1 body)
    {
        Order rolling = order with { RollingAt = order.RollingAt ?? body.OccurredAt };
        return kind < MilestoneKind.Cleared
            ? Reached(rolling, kind, body)
            : Ended(order, kind, body);
    }

    private static Order Reached(Order order, MilestoneKind kind, MilestoneV1 body) =>
        kind switch
        {
            MilestoneKind.OnScene => order with
            {
                ArrivalDistanceMeters = body.DistanceToPlaceMeters,
            },
            MilestoneKind.HospitalArrival => order with
            {
                Destinations = Arrive(order.Destinations, body.OccurredAt),
            },
            _ => order,
        };

    private static Order Ended(Order order, MilestoneKind kind, MilestoneV1 body) =>
        kind switch
        {
            // A clearing that is told after the return to the station is still when the run ended.
            MilestoneKind.Cleared when order.End is null or OrderEnd.Cleared => order with
            {
                End = OrderEnd.Cleared,
                EndedAt = body.OccurredAt,
            },
            MilestoneKind.BackAtStation when order.IsActive => order with
            {
                End = OrderEnd.Cleared,
                EndedAt = body.OccurredAt,
            },
            _ => order,
        };

    /// <summary>The unit arrives at the hospital that accepted last.</summary>
    private static ImmutableArray<Destination> Arrive(
        ImmutableArray<Destination> destinations,
        DateTimeOffset at
    )
    {
        Destination? accepted = destinations.LastOrDefault(d =>
            d.State == DestinationState.Accepted
        );
        return accepted is null
            ? destinations
            : destinations.Replace(
                accepted,
                accepted with
                {
                    State = DestinationState.Arrived,
                    UpdatedAt = at,
                }
            );
    }

    private static ImmutableArray<Destination> Depart(
        ImmutableArray<Destination> destinations,
        DateTimeOffset at
    )
    {
        Destination? arrived = destinations.LastOrDefault(d => d.State == DestinationState.Arrived);
        return arrived is null
            ? destinations
            : destinations.Replace(
                arrived,
                arrived with
                {
                    State = DestinationState.Accepted,
                    UpdatedAt = at,
                }
            );
    }

    /// <summary>Handover asks whether the card was given back; a "no" alarms until the incident is closed.</summary>
    private static Incident Returned(Incident incident, MilestoneV1 body)
    {
        if (body.CardReturned is not { } returned)
        {
            return incident;
        }

        incident = incident with
        {
            CardSteps = [.. incident.CardSteps.Select(c => c with { Returned = returned })],
        };
        return returned
            ? incident
            : Alarm(
                incident,
                IncidentAlarmKind.CardNotReturned,
                new AssignmentId(body.Assignment),
                body.ReceivedAt
            );
    }

    private static IncidentsState Withdraw(
        IncidentsState state,
        MilestoneWithdrawnV1 body,
        JournaledFact journaled
    )
    {
        Incident incident = Get(state, body.Incident);
        Milestone told = incident.Milestones.First(m => m.Id == body.Milestone);
        incident = incident with
        {
            Milestones = incident.Milestones.Replace(told, told with { IsWithdrawn = true }),
        };
        if (told.Order is { } orderId)
        {
            incident = Change(incident, orderId, o => Without(incident, o, told, body));
        }

        if (body.UnitIsElsewhere)
        {
            incident = Alarm(
                incident,
                IncidentAlarmKind.ClearedUnitIsElsewhere,
                told.Order,
                body.At
            );
        }
        else if (body.WasUsed)
        {
            incident = Alarm(
                incident,
                IncidentAlarmKind.WithdrawnMilestoneWasUsed,
                told.Order,
                body.At
            );
        }

        state = Put(state, incident, journaled);

        // A run that goes on is the unit's latest again, whatever it was ordered to and released from in between.
        return
            told is { Order: { } resumed, Unit: { } unit } && incident.FindOrder(resumed)!.IsActive
            ? state with
            {
                LastOrderOfUnit = state.LastOrderOfUnit.SetItem(
                    unit,
                    new OrderKey(incident.Id, resumed)
                ),
            }
            : state;
    }

    /// <summary>What an order is once a milestone is taken back: all that had followed from it alone goes with it.</summary>
    private static Order Without(
        Incident incident,
        Order order,
        Milestone told,
        MilestoneWithdrawnV1 body
    )
    {
        if (told.Kind >= MilestoneKind.Cleared)
        {
            return WithoutEnding(incident, order, body);
        }

        DateTimeOffset? rolled = incident
            .StandingMilestonesOf(order.Id)
            .Where(m => m.Kind is >= MilestoneKind.EnRoute and < MilestoneKind.Cleared)
            .Min(m => (DateTimeOffset?)m.OccurredAt);
        return order with
        {
            RollingAt = Earlier(order.MovedAt, rolled),
            ArrivalDistanceMeters =
                told.Kind == MilestoneKind.OnScene ? null : order.ArrivalDistanceMeters,
            Destinations =
                told.Kind == MilestoneKind.HospitalArrival
                    ? Depart(order.Destinations, body.At)
                    : order.Destinations,
        };
    }

    private static Order WithoutEnding(Incident incident, Order order, MilestoneWithdrawnV1 body)
    {
        if (order.End is not OrderEnd.Cleared)
        {
            return order;
        }

        Milestone? ending = incident.FindEnding(order.Id);
        bool goesOn = ending is null && !body.UnitIsElsewhere && incident.CancelledAt is null;
        return goesOn
            ? order with
            {
                End = null,
                EndedAt = null,
            }
            : order with
            {
                EndedAt = ending?.OccurredAt ?? order.EndedAt,
            };
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) =>
        a is { } x && b is { } y ? (x < y ? x : y) : a ?? b;

    private static Incident Alarm(
        Incident incident,
        IncidentAlarmKind kind,
        AssignmentId? order,
        DateTimeOffset at
    ) => incident with { Alarms = incident.Alarms.Add(new IncidentAlarm(kind, order, at)) };

    private static IncidentsState Inquire(
        IncidentsState state,
        HospitalInquiryV1 body,
        JournaledFact journaled
    )
    {
        var destination = new Destination(
            new HospitalId(body.Hospital),
            new PatientSlot(body.Patient),
            (DestinationState)body.State,
            Read(body.RefusalReason),
            body.At
        );
        return Put(
            state,
            Change(
                Get(state, body.Incident),
                new AssignmentId(body.Assignment),
                o =>
                    o with
                    {
                        Destinations = o
                            .Destinations.RemoveAll(d =>
                                d.Hospital == destination.Hospital
                                && d.Patient == destination.Patient
                                && (
                                    d.State == DestinationState.Asked
                                    || d.State == destination.State
                                )
                            )
                            .Add(destination),
                    }
            ),
            journaled
        );
    }

    private static IncidentsState RecordOutcome(
        IncidentsState state,
        OutcomeV1 body,
        JournaledFact journaled
    )
    {
        Incident incident = Get(state, body.Incident);
        var outcome = new Outcome(
            body.Transported,
            Read(body.NoTransportReason),
            Read(body.Severity)
        );
        return Put(
            state,
            incident with
            {
                Patients =
                [
                    .. incident.Patients.Select(p =>
                        p.Slot.Number == body.Patient ? p with { Outcome = outcome } : p
                    ),
                ],
            },
            journaled
        );
    }

    private static IncidentsState Cancel(
        IncidentsState state,
        CancelledV1 body,
        JournaledFact journaled
    )
    {
        Incident incident = Get(state, body.Incident);
        return Put(
            state,
            incident with
            {
                CancelReason = Read(body.Reason),
                CancelledAt = body.At,
                Orders =
                [
                    .. incident.Orders.Select(o =>
                        o.IsActive ? o with { End = OrderEnd.Cancelled, EndedAt = body.At } : o
                    ),
                ],
            },
            journaled
        );
    }

    private static IncidentsState StepCard(
        IncidentsState state,
        CardStepV1 body,
        JournaledFact journaled
    )
    {
        Incident incident = Get(state, body.Incident);
        var slot = new PatientSlot(body.Patient);
        CardStep? before = incident.FindCardStep(slot);
        var step = new CardStep(
            slot,
            (CardStepState)body.State,
            Read(body.Reason),
            body.Level.Length > 0 ? body.Level : before?.Level ?? "",
            before?.BeganAt ?? body.At,
            body.At,
            before?.Returned
        );
        return Put(
            state,
            incident with
            {
                CardSteps = [.. incident.CardSteps.Where(c => c.Patient != slot), step],
            },
            journaled
        );
    }

    private static Incident Get(IncidentsState state, string id) =>
        state.Incidents[new IncidentId(id)];

    private static Incident Change(Incident incident, AssignmentId id, Func<Order, Order> change)
    {
        Order order =
            incident.FindOrder(id)
            ?? throw new InvalidOperationException(
                "A fact names an order that its incident never had."
            );
        return incident with { Orders = incident.Orders.Replace(order, change(order)) };
    }

    private static IncidentsState Put(
        IncidentsState state,
        Incident incident,
        JournaledFact journaled
    )
    {
        incident = incident with { Revision = journaled.Position };
        var key = OpenIncidentKey.Of(incident);
        return state with
        {
            Incidents = state.Incidents.SetItem(incident.Id, incident),
            Open = incident.IsClosed ? state.Open.Remove(key) : state.Open.Add(key),
            Revision = journaled.Position,
        };
    }
}
