using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Serving;

/// <summary>Where the value of a column comes from when an advice is made: the columns of <c>samples/schemas/journal.json</c>.</summary>
internal static class ServedColumn
{
    public const string Department = "department";
    public const string Station = "station";
    public const string VehicleKind = "vehicle_kind";
    public const string AtStation = "at_station";
    public const string Area = "area";
    public const string Urgency = "urgency";

    private static readonly string[] Words =
    [
        Department,
        Station,
        VehicleKind,
        AtStation,
        Area,
        Urgency,
    ];

    private static readonly string[] Quantities =
    [
        "call_received_at",
        "at_station",
        "router_seconds",
        "straight_line_m",
        "fast_m",
        "main_m",
        "local_m",
        "position_age_seconds",
        "place_uncertainty_m",
        "units_free",
        "incidents_waiting",
        "precipitation_mm_h",
    ];

    /// <summary>Whether advice knows the value of this column.</summary>
    public static bool IsKnown(RunColumn column) =>
        (!column.HasWords || Words.Contains(column.Name, StringComparer.Ordinal))
        && (!column.HasNumbers || Quantities.Contains(column.Name, StringComparer.Ordinal));

    public static string Word(
        string column,
        string department,
        in SceneConditions scene,
        in CandidateDrive drive
    ) =>
        column switch
        {
            Department => department,
            Station => drive.Station ?? "",
            VehicleKind => drive.VehicleKind ?? "",
            AtStation => drive.IsAtStation ? "1" : "0",
            Area => scene.Area ?? "",
            Urgency => scene.Urgency ?? "",
            _ => "",
        };

    /// <summary>NaN where nobody knows it, or where it is no number that a file could hold.</summary>
    public static float Quantity(string column, in SceneConditions scene, in CandidateDrive drive)
    {
        float quantity = Told(column, scene, drive);
        return float.IsFinite(quantity) ? quantity : float.NaN;
    }

    private static float Told(string column, in SceneConditions scene, in CandidateDrive drive) =>
        column switch
        {
            "call_received_at" => (float)scene.SinceCall.TotalSeconds,
            "at_station" => drive.IsAtStation ? 1 : 0,
            "router_seconds" => drive.RouterMilliseconds / 1_000f,
            "straight_line_m" => (float)(drive.StraightLineMeters ?? double.NaN),
            "fast_m" => (float)(drive.Way?.Fast ?? double.NaN),
            "main_m" => (float)(drive.Way?.Main ?? double.NaN),
            "local_m" => (float)(drive.Way?.Local ?? double.NaN),
            "position_age_seconds" => (float)(drive.PositionAge?.TotalSeconds ?? double.NaN),
            "place_uncertainty_m" => (float)(scene.PlaceUncertaintyMeters ?? double.NaN),
            "units_free" => scene.UnitsFree,
            "incidents_waiting" => scene.IncidentsWaiting,
            "precipitation_mm_h" => (float)(scene.PrecipitationMmPerHour ?? double.NaN),
            _ => float.NaN,
        };
}
