using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Routes;

/// <summary>The way from where a unit is to where help is needed, for its order and for the map. Pure.</summary>
public static class RouteToScene
{
    /// <summary>Null where there is none to draw: no roads, no place, either end off the map, no way, or no such unit.</summary>
    public static Route? Find(Situation situation, Incident incident, UnitId unitId)
    {
        if (
            situation.Roads is not { } roads
            || incident.Place.Point is not { } place
            || situation.Plan.FindUnit(unitId) is not { } unit
        )
        {
            return null;
        }

        var activity = UnitActivity.Of(unitId, situation.Fleet, situation.Incidents);
        GeoPoint from = Whereabouts.Of(situation, unit, activity).Point;
        if (
            roads.Snapper.Snap(from) is not { } source
            || roads.Snapper.Snap(place) is not { } target
        )
        {
            return null;
        }

        Route? route = Drive(roads, (from, source), (place, target));
        // Inside what is closed the way leads through it, as the advice says.
        return route is null && RoadReckoning.ThroughClosures(roads) is { } open
            ? Drive(open, (from, source), (place, target))
            : route;
    }

    private static Route? Drive(
        RoadMap roads,
        (GeoPoint Point, RoadPosition OnRoad) from,
        (GeoPoint Point, RoadPosition OnRoad) to
    ) =>
        Drive(roads, from.OnRoad, to.OnRoad)
        ?? Drive(
            roads,
            RoadReckoning.OnMainRoads(roads, from.Point) ?? from.OnRoad,
            RoadReckoning.OnMainRoads(roads, to.Point) ?? to.OnRoad
        );

    private static Route? Drive(RoadMap roads, RoadPosition source, RoadPosition target) =>
        roads.TravelTimes.PointToPoint(source, target, DrivingProfile.Emergency);
}
