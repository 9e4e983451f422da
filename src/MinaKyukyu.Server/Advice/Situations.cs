using Microsoft.Extensions.Logging;
using MinaKyukyu.Dispatch;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.Server.Departments;

namespace MinaKyukyu.Server.Advice;

/// <summary>Takes the picture that one decision looks at.</summary>
internal sealed class Situations(
    Department department,
    DispatchOptions options,
    IModelInForce model,
    TimeProvider time,
    ILogger<Situations> logger
)
{
    private static readonly TimeSpan SaidAgainAfter = TimeSpan.FromHours(1);

    private long _saidAtTicks;

    public Situation Now()
    {
        DateTimeOffset now = time.GetUtcNow();
        ITimeToSceneModel? timeToScene = model.Current;
        return new()
        {
            Plan = department.City.Plan,
            Fleet = department.Fleet,
            Incidents = department.Incidents,
            Now = now,
            Positions = Situation.PositionsOf(department.City.Plan, department.Positions),
            Roads = RoadsAt(now),
            Snapped = department.City.Snapped,
            Hospitals = department.City.Hospitals,
            Stations = department.City.Stations,
            Options = options,
            TimeToScene = timeToScene,
            HoldsInterval = model.HoldsInterval,
            WhyNoModel = timeToScene is null ? model.WhyNone : ReasonCode.NoModel,
        };
    }

    /// <summary>The roads that a situation of this moment has: another map as soon as anything about them is different.</summary>
    public RoadMap? RoadsAt(DateTimeOffset now)
    {
        RoadMap? roads = department.City.LiveRoads?.Now(now, department.RoadRestrictions);
        if (roads is not null && !roads.IsOf(now))
        {
            SayThatHoursAreOthers(roads, now);
        }

        return roads;
    }

    /// <summary>Once an hour rather than with every decision.</summary>
    private void SayThatHoursAreOthers(RoadMap roads, DateTimeOffset now)
    {
        long said = Interlocked.Read(ref _saidAtTicks);
        if (
            now.UtcTicks - said >= SaidAgainAfter.Ticks
            && Interlocked.CompareExchange(ref _saidAtTicks, now.UtcTicks, said) == said
        )
        {
            ServerLog.RoadsOfOtherHours(logger, roads.Bucket.ToString());
        }
    }
}
