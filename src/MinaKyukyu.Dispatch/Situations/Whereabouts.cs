using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Situations;

/// <summary>Where a unit is taken to be, and how that is known.</summary>
/// <param name="Known">One of the codes from <see cref="ReasonCode.FromStation"/> to <see cref="ReasonCode.StationAssumed"/>.</param>
/// <param name="Age">How old the knowledge is; null where it has no age.</param>
internal readonly record struct Whereabouts(GeoPoint Point, ReasonCode Known, TimeSpan? Age)
{
    /// <summary>A fresh fix, else what the state says of the place, else the last place it was seen at, else its station.</summary>
    public static Whereabouts Of(Situation situation, UnitPlan unit, UnitActivity activity)
    {
        Station station = situation.Plan.GetStation(unit.Station);
        DispatchOptions options = situation.Options;
        bool isAtStation = activity.State is UnitState.AtStation or UnitState.OffDuty;
        if (situation.Positions.TryGetValue(unit.Id, out UnitPosition? fix))
        {
            TimeSpan age = AgeOf(fix.ReceivedAt, situation.Now);
            bool isFresh = age <= options.PositionStaleAfter;
            if (
                isFresh
                && !(
                    isAtStation
                    && fix.Point.DistanceMetersTo(station.Point) <= options.AtStationRadiusMeters
                )
            )
            {
                return new Whereabouts(fix.Point, ReasonCode.FromPosition, age);
            }

            // A fix from before the state began tells where it was, not where it went.
            if (
                !isAtStation
                && age <= options.LastPlaceHoldsFor
                && !(FindLastPlace(situation, activity) is { } later && later.Age < age)
            )
            {
                return new Whereabouts(fix.Point, ReasonCode.PositionStale, age);
            }
        }

        if (isAtStation)
        {
            return new Whereabouts(station.Point, ReasonCode.FromStation, null);
        }

        return
            FindLastPlace(situation, activity) is { } last && last.Age <= options.LastPlaceHoldsFor
            ? last
            : new Whereabouts(station.Point, ReasonCode.StationAssumed, null);
    }

    /// <summary>The hospital or the scene that the unit's milestones name last.</summary>
    private static Whereabouts? FindLastPlace(Situation situation, UnitActivity activity)
    {
        if (activity is not { Order: { } order, Since: { } since })
        {
            return null;
        }

        TimeSpan age = AgeOf(since, situation.Now);
        Destination? arrived = order.Destinations.LastOrDefault(d =>
            d.State == DestinationState.Arrived
        );
        if (
            arrived is not null
            && situation.Hospitals.FirstOrDefault(h => h.Id == arrived.Hospital)
                is HospitalPlan hospital
        )
        {
            return new Whereabouts(hospital.Point, ReasonCode.FromLastHospital, age);
        }

        bool hasBeenThere =
            activity.State is UnitState.OnScene or UnitState.Transporting
            || order.ArrivalDistanceMeters is not null
            || situation
                .Incidents.Find(order.Incident)
                ?.FindMilestone(order.Id, Vocabulary.Incidents.MilestoneKind.OnScene)
                is not null;
        return hasBeenThere && situation.Incidents.Find(order.Incident)?.Place.Point is { } scene
            ? new Whereabouts(scene, ReasonCode.FromLastScene, age)
            : null;
    }

    /// <summary>Two clocks that nobody set together must not make a negative age.</summary>
    private static TimeSpan AgeOf(DateTimeOffset moment, DateTimeOffset now) =>
        now > moment ? now - moment : TimeSpan.Zero;
}
