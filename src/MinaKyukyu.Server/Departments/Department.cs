using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.City;

namespace MinaKyukyu.Server.Departments;

/// <summary>What this node knows of its department now. Each part is a whole picture; take it once per decision.</summary>
internal sealed class Department(
    CityPlan city,
    FleetProjection fleet,
    IncidentsProjection incidents,
    RoadRestrictionsProjection roads,
    IPositionBoard positions
)
{
    public CityPlan City { get; } = city;

    public FleetState Fleet => fleet.Current;

    public IncidentsState Incidents => incidents.Current;

    public RoadRestrictions RoadRestrictions => roads.Current;

    public IPositionBoard Positions { get; } = positions;

    public UnitActivity ActivityOf(Vocabulary.Ids.UnitId unit) =>
        UnitActivity.Of(unit, Fleet, Incidents);
}
