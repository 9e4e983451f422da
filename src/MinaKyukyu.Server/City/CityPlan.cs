using System.Collections.Frozen;
using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.City;

/// <summary>A department on its roads: what is read once at start and does not change while the server runs.</summary>
/// <param name="Roads">
/// The streets as the file has them, for drawing; decisions ask <see cref="LiveRoads"/>. Null: no road file is loaded; travel times
/// are guessed by straight line and say so.
/// </param>
internal sealed record CityPlan(
    DepartmentPlan Plan,
    ImmutableArray<HospitalPlan> Hospitals,
    StationOrder Stations,
    RoadMap? Roads
)
{
    /// <summary>The model that the city's directory brings; null: none.</summary>
    public CityModel? Model { get; init; }

    private readonly FrozenDictionary<HospitalId, HospitalPlan> _hospitals =
        Hospitals.ToFrozenDictionary(h => h.Id);

    /// <summary>The roads as they are at a moment. Null where <see cref="Roads"/> is.</summary>
    public LiveRoads? LiveRoads { get; } = Roads is null ? null : new LiveRoads(Roads);

    public SnappedFleet? Snapped { get; } =
        Roads is null ? null : new SnappedFleet(Roads, Plan.Units.Length);

    public HospitalPlan? FindHospital(HospitalId id) => _hospitals.GetValueOrDefault(id);
}

/// <summary>A model directory, and the PEM file with the key that must have signed it.</summary>
internal sealed record CityModel(string Directory, string SignerFile);
