using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Sentences;

/// <summary>How exactly a place is known, in words.</summary>
internal static class Places
{
    public static (string Ja, string En) Words(PlacePrecision precision) =>
        precision switch
        {
            PlacePrecision.Building => ("建物", "building"),
            PlacePrecision.Lot => ("番地", "lot"),
            PlacePrecision.TownCentre => ("町の代表点", "town centre"),
            PlacePrecision.Landmark => ("目標物", "landmark"),
            PlacePrecision.PhoneFix => ("携帯電話の位置", "phone fix"),
            PlacePrecision.MapClick => ("地図指定", "map click"),
            PlacePrecision.Unknown => ("不明", "unknown"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
