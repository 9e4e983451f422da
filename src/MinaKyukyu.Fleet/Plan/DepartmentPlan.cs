using System.Collections.Immutable;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Fleet.Plan;

/// <summary>What a department has: stations, units, vehicles; read once at start from the city's file.</summary>
public sealed record DepartmentPlan(
    DepartmentId Id,
    string Name,
    ImmutableArray<Station> Stations,
    ImmutableArray<UnitPlan> Units,
    ImmutableArray<VehicleId> SpareVehicles
)
{
    private readonly ImmutableDictionary<UnitId, UnitPlan> _units = Units.ToImmutableDictionary(u =>
        u.Id
    );
    private readonly ImmutableDictionary<StationId, Station> _stations =
        Stations.ToImmutableDictionary(s => s.Id);

    public UnitPlan? FindUnit(UnitId id) => _units.GetValueOrDefault(id);

    /// <exception cref="KeyNotFoundException">The plan has no such station; a plan is checked when it is read.</exception>
    public Station GetStation(StationId id) => _stations[id];
}

/// <summary>署所.</summary>
public sealed record Station(StationId Id, string Name, GeoPoint Point);

/// <summary>救急隊: a unit and what usually belongs to it. Vehicle, crew and device are three things.</summary>
public sealed record UnitPlan(
    UnitId Id,
    string Name,
    StationId Station,
    VehicleId Vehicle,
    CrewId Crew,
    DeviceId Device
)
{
    public const string Ambulance = "ambulance";

    /// <summary>What kind of vehicle it is, as the city's file words it; nothing is decided by it.</summary>
    public string VehicleKind { get; init; } = Ambulance;
}
