using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using static MinaKyukyu.Incidents.Facts.IncidentFacts;

namespace MinaKyukyu.Incidents.State.Replay;

/// <summary>What each fact does to the state. The same at start and while running, so replay and life cannot differ.</summary>
internal static class IncidentReplay
{
    public static IncidentsState Apply(IncidentsState state, JournaledFact journaled)
    {
        Fact fact = journaled.Fact;
        long position = journaled.Position;
        IncidentJson json = IncidentJson.Default;
        return fact.Kind switch
        {
            Opened => OpeningReplay.Open(state, Read(fact, json.OpenedV1), position),
            Cancelled => OpeningReplay.Cancel(state, Read(fact, json.CancelledV1), position),
            Ordered => OrderingReplay.Give(state, Read(fact, json.OrderedV1), position),
            OrderDelivered => OrderingReplay.Deliver(state, Read(fact, json.OrderSeenV1), position),
            OrderAcknowledged => OrderingReplay.Acknowledge(
                state,
                Read(fact, json.OrderSeenV1),
                position
            ),
            OrderRolling => OrderingReplay.Roll(state, Read(fact, json.OrderSeenV1), position),
            OrderCancelled => OrderingReplay.Cancel(
                state,
                Read(fact, json.OrderCancelledV1),
                position
            ),
            MilestoneReported => TestimonyReplay.Report(
                state,
                Read(fact, json.MilestoneV1),
                position
            ),
            MilestoneWithdrawn => TestimonyReplay.Withdraw(
                state,
                Read(fact, json.MilestoneWithdrawnV1),
                position
            ),
            HospitalInquiry => HospitalInquiryReplay.Inquire(
                state,
                Read(fact, json.HospitalInquiryV1),
                position
            ),
            OutcomeRecorded => HospitalInquiryReplay.RecordOutcome(
                state,
                Read(fact, json.OutcomeV1),
                position
            ),
            IncidentFacts.CardStep => CardStepReplay.Step(
                state,
                Read(fact, json.CardStepV1),
                position
            ),
            _ => state,
        };
    }
}
