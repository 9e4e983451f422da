namespace MinaKyukyu.Vocabulary.Places;

/// <summary>How exactly the place of an incident is known; shown wherever the place is shown.</summary>
public enum PlacePrecision
{
    /// <summary>A building (建物).</summary>
    Building = 1,

    /// <summary>A lot or block number (番地).</summary>
    Lot = 2,

    /// <summary>The centre of a town (町丁目の代表点); never presented as an address.</summary>
    TownCentre = 3,

    /// <summary>A landmark (目標物).</summary>
    Landmark = 4,

    /// <summary>A fix of the caller's telephone, with its radius (携帯電話の位置).</summary>
    PhoneFix = 5,

    /// <summary>A click on the dispatcher's map (地図指定).</summary>
    MapClick = 6,

    /// <summary>Not known (不明).</summary>
    Unknown = 7,
}

/// <summary>Where help is needed.</summary>
/// <param name="Point">Null when nobody could say where; the incident is handled all the same.</param>
/// <param name="RadiusMeters">Radius around <paramref name="Point"/> within which the true place is believed to lie; null: the precision's usual one.</param>
/// <param name="Address">As spoken or looked up; empty when unknown.</param>
/// <param name="Floor">Storey, 0 when not said, negative below ground.</param>
/// <param name="Landmark">What the caller sees; empty when not said.</param>
public sealed record Place(
    GeoPoint? Point,
    PlacePrecision Precision,
    double? RadiusMeters,
    string Address,
    int Floor,
    string Landmark
)
{
    public static Place Nowhere { get; } = new(null, PlacePrecision.Unknown, null, "", 0, "");

    /// <summary>Metres by which the true place may differ from <see cref="Point"/>.</summary>
    /// <remarks>
    /// Where the caller's network gave no radius we use our own working values, not measurements: a building 20 m, a lot 50 m,
    /// a landmark or a click 100 m, a town's centre 500 m (half of a 1 km town), a phone fix 300 m.
    /// </remarks>
    public double UncertaintyMeters =>
        RadiusMeters
        ?? Precision switch
        {
            PlacePrecision.Building => 20,
            PlacePrecision.Lot => 50,
            PlacePrecision.Landmark or PlacePrecision.MapClick => 100,
            PlacePrecision.TownCentre => 500,
            PlacePrecision.PhoneFix => 300,
            _ => 1_000,
        };
}
