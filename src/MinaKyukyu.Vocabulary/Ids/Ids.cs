// One small type for every notion that is named by a string, so that swapped arguments do not compile.
namespace MinaKyukyu.Vocabulary.Ids;

/// <summary>Names a fire department (消防本部); it stands on every row and every call.</summary>
public readonly record struct DepartmentId
{
    public DepartmentId(string value) => Value = Identifier.Require(value, nameof(DepartmentId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names a station (署所).</summary>
public readonly record struct StationId
{
    public StationId(string value) => Value = Identifier.Require(value, nameof(StationId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names a unit (救急隊・車両の単位): what is dispatched.</summary>
public readonly record struct UnitId
{
    public UnitId(string value) => Value = Identifier.Require(value, nameof(UnitId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names a vehicle (車両): the thing that drives; a unit may change it (乗換え).</summary>
public readonly record struct VehicleId
{
    public VehicleId(string value) => Value = Identifier.Require(value, nameof(VehicleId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names a crew (救急隊): the people on a unit during a shift.</summary>
public readonly record struct CrewId
{
    public CrewId(string value) => Value = Identifier.Require(value, nameof(CrewId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names a device: the tablet on board.</summary>
public readonly record struct DeviceId
{
    public DeviceId(string value) => Value = Identifier.Require(value, nameof(DeviceId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names a dispatcher (指令員).</summary>
public readonly record struct DispatcherId
{
    public DispatcherId(string value) => Value = Identifier.Require(value, nameof(DispatcherId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names an incident (救急事案): one plea for help and all that follows.</summary>
public readonly record struct IncidentId
{
    public IncidentId(string value) => Value = Identifier.Require(value, nameof(IncidentId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names an assignment (出動指令): this unit for this incident.</summary>
public readonly record struct AssignmentId
{
    public AssignmentId(string value) => Value = Identifier.Require(value, nameof(AssignmentId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names one piece of advice, kept so that what was advised can be looked up.</summary>
public readonly record struct RecommendationId
{
    public RecommendationId(string value) =>
        Value = Identifier.Require(value, nameof(RecommendationId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names a hospital (医療機関).</summary>
public readonly record struct HospitalId
{
    public HospitalId(string value) => Value = Identifier.Require(value, nameof(HospitalId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names one road restriction (交通規制).</summary>
public readonly record struct RoadRestrictionId
{
    public RoadRestrictionId(string value) =>
        Value = Identifier.Require(value, nameof(RoadRestrictionId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names a command, minted by whoever sends it, before the first try.</summary>
public readonly record struct RequestId
{
    public RequestId(string value) => Value = Identifier.Require(value, nameof(RequestId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names an access grant.</summary>
public readonly record struct GrantId
{
    public GrantId(string value) => Value = Identifier.Require(value, nameof(GrantId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names a card challenge.</summary>
public readonly record struct ChallengeId
{
    public ChallengeId(string value) => Value = Identifier.Require(value, nameof(ChallengeId));

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>Names a patient (傷病者), by our own opaque reference; never the card's number or serial.</summary>
public readonly record struct PatientRef
{
    public PatientRef(string value) => Value = Identifier.Require(value, nameof(PatientRef));

    public string Value { get; }

    public override string ToString() => Value;
}
