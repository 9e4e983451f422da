using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Hospitals;

/// <summary>The drives to every hospital of the plan, in the plan's order, at the best level that the origin allows.</summary>
/// <param name="Milliseconds">Null where no time is known.</param>
/// <param name="IsGuess">By straight line, though the level is a better one.</param>
internal sealed record HospitalDrives(
    RecommendationLevel Level,
    Reason LevelReason,
    int?[] Milliseconds,
    bool[] IsGuess
)
{
    public bool HasTimes => Level != RecommendationLevel.StaticOrder;

    public static HospitalDrives Of(Situation situation, CarryOrigin? origin)
    {
        if (origin is not { Point: var point })
        {
            return new HospitalDrives(
                RecommendationLevel.StaticOrder,
                new Reason(ReasonCode.NoPlace),
                new int?[situation.Hospitals.Length],
                new bool[situation.Hospitals.Length]
            );
        }

        if (situation.Roads is not { } roads)
        {
            return Straight(situation, point, ReasonCode.NoRoadMap);
        }

        if (roads.Snapper.Snap(point) is not { } onRoad)
        {
            return Straight(situation, point, ReasonCode.PlaceOffMap);
        }

        HospitalDrives byRoad = ByRoadOrTheNext(situation, roads, point, onRoad);
        if (byRoad.IsAllGuessed && RoadReckoning.ThroughClosures(roads) is { } open)
        {
            // Out of what is closed the way leads through it; whoever let the crew in lets it out.
            byRoad = ByRoadOrTheNext(situation, open, point, onRoad);
        }

        return byRoad.IsAllGuessed ? Straight(situation, point, ReasonCode.NoWayByRoad) : byRoad;
    }

    private bool IsAllGuessed => IsGuess.Length > 0 && Array.TrueForAll(IsGuess, guess => guess);

    /// <summary>By the road at the place, or, where nothing is reached from it, by a main road beside it.</summary>
    private static HospitalDrives ByRoadOrTheNext(
        Situation situation,
        RoadMap roads,
        GeoPoint point,
        RoadPosition onRoad
    )
    {
        HospitalDrives byRoad = ByRoad(situation, roads, point, onRoad);
        return
            byRoad.IsAllGuessed
            && RoadReckoning.OnMainRoads(roads, point) is { } other
            && other != onRoad
            ? ByRoad(situation, roads, point, other)
            : byRoad;
    }

    private static HospitalDrives ByRoad(
        Situation situation,
        RoadMap roads,
        GeoPoint point,
        RoadPosition onRoad
    )
    {
        int count = situation.Hospitals.Length;
        var milliseconds = new int?[count];
        var isGuess = new bool[count];
        var indexes = new List<int>(count);
        var targets = new List<RoadPosition>(count);
        for (int i = 0; i < count; i++)
        {
            if (SnapHospital(situation, roads, situation.Hospitals[i]) is { } target)
            {
                indexes.Add(i);
                targets.Add(target);
            }
        }

        var times = new int[targets.Count];
        roads.TravelTimes.OneToMany(onRoad, targets.ToArray(), DrivingProfile.Emergency, times);
        for (int i = 0; i < times.Length; i++)
        {
            milliseconds[indexes[i]] = TravelTime.IsReachable(times[i]) ? times[i] : null;
        }

        for (int i = 0; i < count; i++)
        {
            isGuess[i] = milliseconds[i] is null;
            milliseconds[i] ??= RoadReckoning.StraightLineMilliseconds(
                point,
                situation.Hospitals[i].Point
            );
        }

        return new HospitalDrives(
            RecommendationLevel.RouterOnly,
            new Reason(ReasonCode.NoModel),
            milliseconds,
            isGuess
        );
    }

    private static RoadPosition? SnapHospital(
        Situation situation,
        RoadMap roads,
        HospitalPlan hospital
    ) =>
        situation.Snapped is { } snapped && snapped.Fits(roads)
            ? snapped.Snap(hospital.Id, hospital.Point)
            : roads.Snapper.Snap(hospital.Point);

    private static HospitalDrives Straight(Situation situation, GeoPoint point, ReasonCode why) =>
        new(
            RecommendationLevel.StraightLine,
            new Reason(why),
            [
                .. situation.Hospitals.Select(h =>
                    (int?)RoadReckoning.StraightLineMilliseconds(point, h.Point)
                ),
            ],
            new bool[situation.Hospitals.Length]
        );
}
