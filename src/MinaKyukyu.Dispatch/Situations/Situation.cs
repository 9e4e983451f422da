using System.Collections.Frozen;
using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Dispatch.Situations;

/// <summary>What one decision may look at: an immutable picture of one moment. The same situation gives the same advice.</summary>
public sealed record Situation
{
    public required DepartmentPlan Plan { get; init; }

    public required FleetState Fleet { get; init; }

    public required IncidentsState Incidents { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Last known position of each unit; a unit that is not in it never reported one.</summary>
    public IReadOnlyDictionary<UnitId, UnitPosition> Positions { get; init; } =
        FrozenDictionary<UnitId, UnitPosition>.Empty;

    /// <summary>Null: no road file is loaded, and everything is by straight line.</summary>
    public RoadMap? Roads { get; init; }

    /// <summary>What was brought to these roads before; null: everything is brought to them afresh. Changes speed, never advice.</summary>
    public SnappedFleet? Snapped { get; init; }

    /// <summary>False: the model's limits are not told, because they did not hold lately.</summary>
    public bool HoldsInterval { get; init; } = true;

    public ImmutableArray<HospitalPlan> Hospitals { get; init; } = [];

    public StationOrder Stations { get; init; } = StationOrder.None;

    public DispatchOptions Options { get; init; } = new();

    /// <summary>Null: none, and times are the road's.</summary>
    public ITimeToSceneModel? TimeToScene { get; init; }

    /// <summary>Why <see cref="TimeToScene"/> is null; read only then.</summary>
    public ReasonCode WhyNoModel { get; init; } = ReasonCode.NoModel;

    /// <summary>The board as it is now, for <see cref="Positions"/>.</summary>
    public static IReadOnlyDictionary<UnitId, UnitPosition> PositionsOf(
        DepartmentPlan plan,
        IPositionBoard board
    )
    {
        var positions = new Dictionary<UnitId, UnitPosition>(plan.Units.Length);
        foreach (UnitPlan unit in plan.Units)
        {
            if (board.Find(unit.Id) is { } position)
            {
                positions[unit.Id] = position;
            }
        }

        return positions;
    }
}
