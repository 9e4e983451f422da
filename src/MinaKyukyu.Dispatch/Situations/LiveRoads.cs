using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.Dispatch.Situations;

/// <summary>
/// The roads as they are now: in this part of the week, under the restrictions in force. Each map is made out of the last one, so
/// that only what differs costs anything, and is kept until something does differ; whoever asks in between pays a comparison.
/// Safe for any number of threads.
/// </summary>
public sealed class LiveRoads(RoadMap roads)
{
    private readonly Lock _turn = new();

    // Whole pictures, replaced and never changed, so that a reader needs no turn.
    private volatile Picture _last = new(
        RoadRestrictions.None,
        DateTimeOffset.MinValue,
        DateTimeOffset.MaxValue,
        roads
    );

    public RestrictedStreets Restricted { get; } = new(roads);

    /// <summary>One decision asks once: two moments may have two maps.</summary>
    public RoadMap Now(DateTimeOffset now, RoadRestrictions restrictions)
    {
        Picture last = _last;
        if (last.ShowsStill(now, restrictions))
        {
            return last.Roads;
        }

        lock (_turn)
        {
            last = _last;
            if (!last.ShowsStill(now, restrictions))
            {
                _last = last = After(last, now, restrictions);
            }

            return last.Roads;
        }
    }

    private Picture After(Picture last, DateTimeOffset now, RoadRestrictions restrictions)
    {
        RoadConditions conditions = Restricted.ConditionsUnder(restrictions.ListInForce(now));
        return new Picture(
            restrictions,
            now,
            restrictions.NextChangeAfter(now),
            Answering(last.Roads, now, conditions)
        );
    }

    /// <summary>
    /// A part of the week whose metric turns out to be damaged gives no answer; then the one before goes on, which is a little too
    /// fast or too slow, rather than none. Its name stands in the metric version of every answer.
    /// </summary>
    private static RoadMap Answering(RoadMap last, DateTimeOffset now, RoadConditions conditions)
    {
        RoadMap next = last.At(now).Under(conditions);
        try
        {
            next.Weights(DrivingProfile.Emergency);
            return next;
        }
        catch (RoadFileException)
        {
            return last.Under(conditions);
        }
    }

    /// <summary>What holds from one moment until before another, as far as restrictions go.</summary>
    private sealed record Picture(
        RoadRestrictions Restrictions,
        DateTimeOffset From,
        DateTimeOffset Until,
        RoadMap Roads
    )
    {
        /// <summary>The map gives itself where the part of the week is the same.</summary>
        public bool ShowsStill(DateTimeOffset now, RoadRestrictions restrictions) =>
            ReferenceEquals(restrictions, Restrictions)
            && now >= From
            && now < Until
            && ReferenceEquals(Roads.At(now), Roads);
    }
}
