using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>The drives of all contenders to one place, at the best level that the place allows.</summary>
/// <param name="TownIsKnown">At the static order: whether a town's own order was found.</param>
/// <param name="PlaceSnapMeters">Metres between the place and its road; null where no road is used.</param>
internal sealed record Reckoning(
    RecommendationLevel Level,
    Reason LevelReason,
    List<Contender> Reached,
    List<Contender> Unreached,
    bool TownIsKnown,
    double? PlaceSnapMeters
)
{
    /// <summary>No vehicle gets into the street of the place: it is closed, or too narrow.</summary>
    public bool EndsOnFoot { get; init; }

    /// <summary>Nobody gets there otherwise: the drives are those of the open roads.</summary>
    public bool PassesClosure { get; init; }

    /// <summary>The roads that the times are of; null where no road is used.</summary>
    public RoadMap? Roads { get; init; }

    /// <summary>Where the drives end; null where no road is used.</summary>
    public RoadPosition? Target { get; init; }

    /// <summary>The model that the times are of; null where they are not a model's.</summary>
    public ModelIdentity? Model { get; init; }

    /// <summary>What was wrong with the model's answer; null where nothing was.</summary>
    public string? ModelFault { get; init; }

    public bool IsByRoad => Roads is not null;

    private bool NobodyComesThrough => Reached.Count == 0 && Unreached.Count > 0;

    public static Reckoning Of(Situation situation, Place place, List<Contender> contenders)
    {
        if (place.Point is not { } point)
        {
            return ByStationOrder(situation, place, contenders);
        }

        if (situation.Roads is not { } roads)
        {
            return ByStraightLine(point, contenders, ReasonCode.NoRoadMap);
        }

        if (roads.Snapper.Snap(point) is not { } onRoad)
        {
            return ByStraightLine(point, contenders, ReasonCode.PlaceOffMap);
        }

        Reckoning byRoad = ByRoadOrTheNext(situation, roads, point, onRoad, contenders);
        if (byRoad.NobodyComesThrough && RoadReckoning.ThroughClosures(roads) is { } open)
        {
            // The place lies inside what is closed. Somebody will be let through, and must know that he asks for it.
            byRoad = ByRoadOrTheNext(situation, open, point, onRoad, contenders) with
            {
                PassesClosure = true,
            };
        }

        return byRoad.NobodyComesThrough
            ? ByStraightLine(point, contenders, ReasonCode.NoWayByRoad)
            : byRoad;
    }

    /// <summary>By the road at the place, or, where nobody gets there, by a main road beside it.</summary>
    private static Reckoning ByRoadOrTheNext(
        Situation situation,
        RoadMap roads,
        GeoPoint point,
        RoadPosition onRoad,
        List<Contender> contenders
    )
    {
        Reckoning byRoad = ByRoad(situation, roads, point, onRoad, contenders);
        return
            byRoad.NobodyComesThrough
            && RoadReckoning.OnMainRoads(roads, point) is { } other
            && other != onRoad
            ? ByRoad(situation, roads, point, other, contenders)
            : byRoad;
    }

    private static Reckoning ByRoad(
        Situation situation,
        RoadMap roads,
        GeoPoint point,
        RoadPosition onRoad,
        List<Contender> contenders
    )
    {
        SnappedFleet? snapped = situation.Snapped?.Fits(roads) == true ? situation.Snapped : null;
        var reached = new List<Contender>(contenders.Count);
        var unreached = new List<Contender>();
        var onRoads = new List<Contender>(contenders.Count);
        var sources = new RoadPosition[contenders.Count];
        foreach (Contender contender in contenders)
        {
            GeoPoint from = contender.Whereabouts.Point;
            RoadPosition? source = snapped is null
                ? roads.Snapper.Snap(from)
                : snapped.Snap(contender.Unit.Id, from);
            if (source is { } isOnRoad)
            {
                sources[onRoads.Count] = isOnRoad;
                onRoads.Add(contender);
            }
            else
            {
                DriveStraight(point, contender);
                reached.Add(contender);
            }
        }

        Sort(roads, snapped, sources.AsSpan(0, onRoads.Count), onRoad, onRoads, reached, unreached);
        if (unreached.Count > 0)
        {
            TryMainRoads(roads, onRoad, reached, unreached);
        }

        return new Reckoning(
            RecommendationLevel.RouterOnly,
            new Reason(situation.WhyNoModel),
            reached,
            unreached,
            false,
            onRoad.SnapMeters
        )
        {
            EndsOnFoot = RoadReckoning.EndsOnFoot(roads, onRoad),
            Roads = roads,
            Target = onRoad,
        };
    }

    /// <param name="snapped">Where the units stand already; null: they are reckoned from where they are, without being remembered.</param>
    private static void Sort(
        RoadMap roads,
        SnappedFleet? snapped,
        ReadOnlySpan<RoadPosition> sources,
        RoadPosition target,
        List<Contender> contenders,
        List<Contender> reached,
        List<Contender> unreached
    )
    {
        var milliseconds = new int[sources.Length];
        UnitId[] units = [.. contenders.Select(contender => contender.Unit.Id)];
        if (snapped?.Standing.TryTimes(roads, units, sources, target, milliseconds) != true)
        {
            roads.TravelTimes.ManyToOne(sources, target, DrivingProfile.Emergency, milliseconds);
        }

        for (int i = 0; i < milliseconds.Length; i++)
        {
            if (TravelTime.IsReachable(milliseconds[i]))
            {
                contenders[i].Drives(milliseconds[i], sources[i]);
                reached.Add(contenders[i]);
            }
            else
            {
                unreached.Add(contenders[i]);
            }
        }
    }

    /// <summary>A unit whose fix fell on a pocket beside the road stands, in truth, on the road.</summary>
    private static void TryMainRoads(
        RoadMap roads,
        RoadPosition target,
        List<Contender> reached,
        List<Contender> unreached
    )
    {
        var again = new List<Contender>();
        var sources = new List<RoadPosition>();
        foreach (Contender contender in unreached)
        {
            if (RoadReckoning.OnMainRoads(roads, contender.Whereabouts.Point) is { } other)
            {
                again.Add(contender);
                sources.Add(other);
            }
        }

        unreached.RemoveAll(again.Contains);
        // Second guesses are not where the units stand.
        Sort(roads, null, sources.ToArray(), target, again, reached, unreached);
    }

    private static Reckoning ByStraightLine(
        GeoPoint point,
        List<Contender> contenders,
        ReasonCode why
    )
    {
        foreach (Contender contender in contenders)
        {
            DriveStraight(point, contender);
        }

        return new Reckoning(
            RecommendationLevel.StraightLine,
            new Reason(why),
            contenders,
            [],
            false,
            null
        );
    }

    private static void DriveStraight(GeoPoint point, Contender contender) =>
        contender.Drives(
            RoadReckoning.StraightLineMilliseconds(contender.Whereabouts.Point, point),
            null
        );

    private static Reckoning ByStationOrder(
        Situation situation,
        Place place,
        List<Contender> contenders
    )
    {
        ImmutableArray<StationId>? ofTown = situation.Stations.FindByTown(place);
        ImmutableArray<StationId> order = ofTown ?? situation.Stations.Default;
        var ranks = new Dictionary<StationId, int>();
        // Stations that the order forgot come behind it, in the plan's order.
        foreach (
            StationId station in order.Concat(situation.Plan.Stations.Select(station => station.Id))
        )
        {
            ranks.TryAdd(station, ranks.Count);
        }

        foreach (Contender contender in contenders)
        {
            contender.StationRank = ranks[contender.Unit.Station];
        }

        return new Reckoning(
            RecommendationLevel.StaticOrder,
            new Reason(ReasonCode.NoPlace),
            contenders,
            [],
            ofTown is not null,
            null
        );
    }
}
