using MinaKyukyu.Dispatch;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Pages.Map;

/// <summary>Where a unit is drawn, and how that is known.</summary>
/// <param name="Age">Of the last report; null where the place follows from the state.</param>
internal readonly record struct UnitPlace(GeoPoint Point, TimeSpan? Age, bool IsStale);

/// <summary>A fresh report, else what the state says, else the last report, else the station. It says on the board which.</summary>
internal sealed class UnitPlaces(Department department, DispatchOptions options)
{
    public UnitPlace Of(UnitPlan unit, UnitActivity activity, DateTimeOffset now)
    {
        UnitPosition? fix = department.Positions.Find(unit.Id);
        TimeSpan? age = fix is null ? null : Words.Moments.Age(fix.ReceivedAt, now);
        if (fix is not null && age <= options.PositionStaleAfter)
        {
            return new UnitPlace(fix.Point, age, false);
        }

        GeoPoint? known = activity.State switch
        {
            UnitState.AtStation or UnitState.OffDuty => StationOf(unit),
            UnitState.OnScene => activity.Order is { } o
                ? department.Incidents.Find(o.Incident)?.Place.Point
                : null,
            UnitState.AtHospital => HospitalOf(activity.Order),
            _ => null,
        };
        bool isAtStation = activity.State is UnitState.AtStation or UnitState.OffDuty;
        return new UnitPlace(
            known ?? fix?.Point ?? StationOf(unit),
            isAtStation ? null : age,
            !isAtStation
        );
    }

    private GeoPoint StationOf(UnitPlan unit) =>
        department.City.Plan.GetStation(unit.Station).Point;

    private GeoPoint? HospitalOf(Order? order) =>
        order?.Destinations.LastOrDefault(d =>
            d.State is DestinationState.Arrived or DestinationState.Accepted
        )
            is { } d
            ? department.City.FindHospital(d.Hospital)?.Point
            : null;
}
