using System.Text.Json.Serialization;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>The part of a driving profile that <see cref="AccessRules"/> reads, as it is written; its comments explain it.</summary>
internal sealed record AccessFile(
    Dictionary<string, ClassEntry> Classes,
    AccessEntry Access,
    BusRoadEntry BusRoads,
    ContraflowEntry Contraflow,
    Dictionary<string, BarrierEntry> Barriers,
    ClearanceEntry Clearance,
    Dictionary<string, int> MaxSpeedWords
);

/// <summary>Whether a class of road is one for a profile.</summary>
internal enum RoadUse
{
    /// <summary>Never.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed = 0,

    /// <summary>Only where a tag opens it.</summary>
    [JsonStringEnumMemberName("tagged")]
    Tagged = 1,

    /// <summary>Unless a tag forbids it.</summary>
    [JsonStringEnumMemberName("open")]
    Open = 2,
}

/// <param name="Kmh">Instead of the speed by class; null: the speed by class.</param>
internal sealed record ClassEntry(
    RoadUse Ordinary = RoadUse.Closed,
    RoadUse Emergency = RoadUse.Closed,
    double? Kmh = null,
    bool OneWay = false
);

internal sealed record AccessEntry(
    string[] Ordinary,
    string[] Emergency,
    string[] Opening,
    Dictionary<string, ValueEntry> Values
);

internal sealed record ValueEntry(bool Ordinary, bool Emergency, double? EmergencyKmh = null);

internal sealed record BusRoadEntry(string[] Tags, string[] Values, double EmergencyKmh);

internal sealed record ContraflowEntry(string[] Classes, double EmergencyKmh, string[] Exemptions);

/// <summary>Seconds to get past; null: shut.</summary>
internal sealed record BarrierEntry(
    double? OrdinarySeconds = null,
    double? EmergencySeconds = null
);

internal sealed record ClearanceEntry(
    string[] WidthTags,
    double LeastWidthMeters,
    string[] HeightTags,
    double LeastHeightMeters
);
