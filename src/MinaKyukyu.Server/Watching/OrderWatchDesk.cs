using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Watching;

/// <summary>What is wrong with an order now, and who could go instead.</summary>
internal sealed record WatchedOrder(ImmutableArray<OrderAlarm> Alarms, UnitId? NextFree);

/// <summary>指令見守り: looks at an order whenever somebody looks at the board.</summary>
internal sealed class OrderWatchDesk(Situations situations, WatchOptions options, TimeProvider time)
{
    public WatchedOrder Look(Order order, Incident incident)
    {
        ImmutableArray<OrderAlarm> alarms = OrderWatch.AlarmsOf(
            order,
            incident,
            time.GetUtcNow(),
            options
        );
        return new WatchedOrder(alarms, alarms.IsEmpty ? null : NextFreeFor(incident));
    }

    private UnitId? NextFreeFor(Incident incident) =>
        UnitRecommender.Recommend(situations.Now(), incident, 1).Candidates.FirstOrDefault()?.Unit;
}
