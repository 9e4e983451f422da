using MinaKyukyu.RoadNetwork.Driving;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>Whether somebody may pass, and how fast at most past the sign that lets him.</summary>
/// <param name="CapKmh">Infinite where no sign slows.</param>
internal readonly record struct Passage(bool IsAllowed, double CapKmh)
{
    public static readonly Passage Refused = new(false, 0);

    public static readonly Passage Free = new(true, double.PositiveInfinity);
}

/// <summary>
/// What a car and an ambulance may do, as the driving profile says it.
/// The code knows the order of the questions; every tag, value, speed and measure stands in the data. Immutable.
/// </summary>
internal sealed class AccessRules
{
    private const string OtherBarrier = "(other)";

    private readonly AccessFile _data;

    private AccessRules(AccessFile data) => _data = data;

    public ContraflowEntry Contraflow => _data.Contraflow;

    public ClearanceEntry Clearance => _data.Clearance;

    public IReadOnlyDictionary<string, int> MaxSpeedWords => _data.MaxSpeedWords;

    /// <exception cref="RoadFileException">The data say something impossible.</exception>
    public static AccessRules Of(AccessFile data, string file) =>
        AccessCheck.FindFault(data) is { } fault
            ? throw new RoadFileException(file, 0, fault)
            : new AccessRules(data);

    /// <summary>The class, or null where such a <c>highway</c> is no road for anybody.</summary>
    public ClassEntry? FindClass(string highway) => _data.Classes.GetValueOrDefault(highway);

    /// <summary>Whether the way's own tags let the profile onto a road of that use.</summary>
    public Passage OnRoad(DrivingProfile profile, RoadUse use, OsmTags tags)
    {
        if (use == RoadUse.Closed)
        {
            return Passage.Refused;
        }

        (string tag, ValueEntry? said) = MostParticular(profile, tags);
        bool isEmergency = profile == DrivingProfile.Emergency;
        bool isClosedToCars = said is { Ordinary: false } && _data.Access.Ordinary.Contains(tag);
        if (isEmergency && isClosedToCars && LetsBuses(tags))
        {
            return new Passage(true, _data.BusRoads.EmergencyKmh);
        }

        if (use == RoadUse.Tagged)
        {
            return Opens(tag, said) ? Passage.Free : Passage.Refused;
        }

        return (said, isEmergency) switch
        {
            (null, _) => Passage.Free,
            (_, false) => said.Ordinary ? Passage.Free : Passage.Refused,
            (_, true) => said.Emergency
                ? new Passage(true, said.EmergencyKmh ?? double.PositiveInfinity)
                : Passage.Refused,
        };
    }

    /// <summary>Seconds to get past the barrier on a node, or null where the profile may not or cannot.</summary>
    public double? PastBarrier(DrivingProfile profile, string barrier, OsmTags tags)
    {
        bool isEmergency = profile == DrivingProfile.Emergency;
        BarrierEntry kind = Kind(barrier, tags);
        double? usual = isEmergency ? kind.EmergencySeconds : kind.OrdinarySeconds;
        (string tag, ValueEntry? said) = MostParticular(profile, tags);
        if (said is null)
        {
            return usual;
        }

        if (usual is null)
        {
            return Opens(tag, said) ? 0 : null;
        }

        return (isEmergency ? said.Emergency : said.Ordinary) ? usual : null;
    }

    /// <summary>Whether an exception made for these kinds of vehicles (<c>emergency;psv</c>) is made for the profile too.</summary>
    public bool IsExempt(DrivingProfile profile, string vehicles) =>
        vehicles
            .Split(';', StringSplitOptions.TrimEntries)
            .Any(vehicle => TagsOf(profile).Contains(vehicle));

    /// <summary>Whether a tag of access has a value that the data do not list; it was ignored.</summary>
    public bool HasUnknownValue(OsmTags tags) =>
        Array.Exists(
            _data.Access.Emergency,
            tag => tags.Find(tag) is { } value && FindValue(tag, value) is null
        );

    private BarrierEntry Kind(string barrier, OsmTags tags)
    {
        if (
            tags.Find(barrier) is { } kind
            && _data.Barriers.TryGetValue($"{barrier}={kind}", out BarrierEntry? particular)
        )
        {
            return particular;
        }

        return _data.Barriers.GetValueOrDefault(barrier) ?? _data.Barriers[OtherBarrier];
    }

    private (string Tag, ValueEntry? Said) MostParticular(DrivingProfile profile, OsmTags tags)
    {
        foreach (string tag in TagsOf(profile))
        {
            if (tags.Find(tag) is { } value && FindValue(tag, value) is { } said)
            {
                return (tag, said);
            }
        }

        return ("", null);
    }

    private string[] TagsOf(DrivingProfile profile) =>
        profile == DrivingProfile.Emergency ? _data.Access.Emergency : _data.Access.Ordinary;

    private ValueEntry? FindValue(string tag, string value) =>
        _data.Access.Values.GetValueOrDefault($"{tag}={value}")
        ?? _data.Access.Values.GetValueOrDefault(value);

    private bool Opens(string tag, ValueEntry? said) =>
        said is { Ordinary: true } && _data.Access.Opening.Contains(tag);

    private bool LetsBuses(OsmTags tags) =>
        Array.Exists(
            _data.BusRoads.Tags,
            tag => tags.Find(tag) is { } value && _data.BusRoads.Values.Contains(value)
        );
}
