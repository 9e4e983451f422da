using MinaKyukyu.RoadNetwork.Driving;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>How fast a way is driven in one direction.</summary>
/// <param name="OrdinaryKmh">0: a car may not.</param>
/// <param name="EmergencyKmh">0: an ambulance may not.</param>
/// <param name="MaxSpeedKmh">The posted limit; 0: none is known.</param>
internal readonly record struct DirectionSpeeds(
    double OrdinaryKmh,
    double EmergencyKmh,
    int MaxSpeedKmh
)
{
    public bool IsDriven => OrdinaryKmh > 0 || EmergencyKmh > 0;
}

/// <summary>How a way is driven, forward being the order of its nodes.</summary>
/// <param name="IsImpassable">Too narrow or too low for an ambulance: on the map in both directions, driven in none.</param>
internal sealed record WayDriving(
    string RoadClass,
    DirectionSpeeds Forward,
    DirectionSpeeds Backward,
    bool IsImpassable
);

/// <summary>From the tags of one way to how it is driven.</summary>
internal sealed class WayRules(DrivingRules rules, OsmCounts counts)
{
    private enum Flow
    {
        Both = 0,
        Forward = 1,
        Backward = 2,
    }

    /// <summary>Null where the way is no road for anybody.</summary>
    public WayDriving? Find(OsmTags tags)
    {
        if (
            tags.Find("highway") is not { } highway
            || rules.Access.FindClass(highway) is not { } entry
        )
        {
            return null;
        }

        if (tags.Find("area") == "yes")
        {
            counts.Areas++;
            return null;
        }

        counts.UnknownAccessValues += rules.Access.HasUnknownValue(tags) ? 1 : 0;
        Passage ordinary = rules.Access.OnRoad(DrivingProfile.Ordinary, entry.Ordinary, tags);
        Passage emergency = rules.Access.OnRoad(DrivingProfile.Emergency, entry.Emergency, tags);
        if (!ordinary.IsAllowed && !emergency.IsAllowed)
        {
            return null;
        }

        counts.ConditionalWays += tags.HasKeyThatEndsWith(":conditional") ? 1 : 0;
        Flow flow = FlowOf(tags, entry);
        int posted = MaxSpeed(tags, "maxspeed") ?? 0;
        return new WayDriving(
            highway,
            Direction("maxspeed:forward", flow == Flow.Backward),
            Direction("maxspeed:backward", flow == Flow.Forward),
            IsImpassable(tags)
        );

        DirectionSpeeds Direction(string maxSpeedTag, bool isAgainstTheFlow)
        {
            int maxSpeed = MaxSpeed(tags, maxSpeedTag) ?? posted;
            return new DirectionSpeeds(
                isAgainstTheFlow ? 0 : Speed(DrivingProfile.Ordinary, ordinary),
                isAgainstTheFlow
                    ? Math.Min(
                        ContraflowCap(highway, tags),
                        Speed(DrivingProfile.Emergency, emergency)
                    )
                    : Speed(DrivingProfile.Emergency, emergency),
                maxSpeed
            );

            double Speed(DrivingProfile profile, Passage passage) =>
                Math.Min(
                    passage.CapKmh,
                    entry.Kmh is { } kmh
                        ? Math.Min(kmh, maxSpeed > 0 ? maxSpeed : double.PositiveInfinity)
                        : rules.KilometresPerHour(highway, maxSpeed, profile)
                );
        }
    }

    /// <summary>How fast an ambulance goes against the flow at most; 0: not at all.</summary>
    private double ContraflowCap(string highway, OsmTags tags)
    {
        if (IsRoundabout(tags))
        {
            return 0;
        }

        ContraflowEntry rule = rules.Access.Contraflow;
        if (Array.Exists(rule.Exemptions, tag => tags.Find(tag) == "no"))
        {
            return double.PositiveInfinity;
        }

        return rule.Classes.Contains(highway) ? rule.EmergencyKmh : 0;
    }

    private Flow FlowOf(OsmTags tags, ClassEntry entry)
    {
        Flow implied = entry.OneWay || IsRoundabout(tags) ? Flow.Forward : Flow.Both;
        switch (tags.Find("oneway"))
        {
            case null:
                return implied;
            case "yes" or "true" or "1":
                return Flow.Forward;
            case "-1" or "reverse":
                return Flow.Backward;
            case "no" or "false" or "0":
                return Flow.Both;
            default:
                counts.UnreadableOneWays++;
                return implied;
        }
    }

    private static bool IsRoundabout(OsmTags tags) =>
        tags.Find("junction") is "roundabout" or "circular";

    private int? MaxSpeed(OsmTags tags, string tag)
    {
        if (tags.Find(tag) is not { } text)
        {
            return null;
        }

        int? kmh = TagText.MaxSpeedKmh(text, rules.Access.MaxSpeedWords);
        counts.UnreadableMaxSpeeds += kmh is null ? 1 : 0;
        return kmh;
    }

    private bool IsImpassable(OsmTags tags)
    {
        ClearanceEntry least = rules.Access.Clearance;
        bool isNarrow = Measure(tags, least.WidthTags) < least.LeastWidthMeters;
        bool isLow = Measure(tags, least.HeightTags) < least.LeastHeightMeters;
        counts.TooNarrow += isNarrow ? 1 : 0;
        counts.TooLow += isLow ? 1 : 0;
        return isNarrow || isLow;
    }

    /// <summary>Of the first of these tags that is there; null where none is or it cannot be read.</summary>
    private double? Measure(OsmTags tags, string[] keys)
    {
        string? text = keys.Select(tags.Find).FirstOrDefault(value => value is not null);
        if (text is null)
        {
            return null;
        }

        double? meters = TagText.Meters(text);
        counts.UnreadableMeasures += meters is null ? 1 : 0;
        return meters;
    }
}
