namespace MinaKyukyu.Forecasting.Import;

/// <summary>What a column of the run file holds.</summary>
internal enum ColumnKind
{
    Text,
    Moment,
    Flag,
    Seconds,
    Meters,
    Count,
    Rain,
}

/// <summary>One column of the run file, as a map may fill it.</summary>
/// <param name="Most">Largest number that is believed; 0 where the column holds none.</param>
internal sealed record CanonicalColumn(string Name, ColumnKind Kind, double Most = 0)
{
    public const string RunId = "run_id";
    public const string DecidedAt = "decided_at";
    public const string CallReceivedAt = "call_received_at";
    public const string DispatchedAt = "dispatched_at";
    public const string RollingAt = "rolling_at";
    public const string OnSceneAt = "on_scene_at";
    public const string Area = "area";

    /// <summary>The moments in the order in which they happen.</summary>
    public static IReadOnlyList<string> Moments { get; } =
    [CallReceivedAt, DecidedAt, DispatchedAt, RollingAt, OnSceneAt];

    /// <summary>All, in the order in which they stand in the file.</summary>
    // Own working values: what lies above them is a slip of the keyboard or of the map, not a run.
    public static IReadOnlyList<CanonicalColumn> List { get; } =
    [
        new(RunId, ColumnKind.Text),
        new("department", ColumnKind.Text),
        new(DecidedAt, ColumnKind.Moment),
        new(CallReceivedAt, ColumnKind.Moment),
        new(DispatchedAt, ColumnKind.Moment),
        new(RollingAt, ColumnKind.Moment),
        new(OnSceneAt, ColumnKind.Moment),
        new("station", ColumnKind.Text),
        new("vehicle_kind", ColumnKind.Text),
        new("at_station", ColumnKind.Flag),
        new(Area, ColumnKind.Text),
        new("urgency", ColumnKind.Text),
        new("router_seconds", ColumnKind.Seconds, 6 * 3_600),
        new("straight_line_m", ColumnKind.Meters, 500_000),
        new("fast_m", ColumnKind.Meters, 500_000),
        new("main_m", ColumnKind.Meters, 500_000),
        new("local_m", ColumnKind.Meters, 500_000),
        new("position_age_seconds", ColumnKind.Seconds, 24 * 3_600),
        new("place_uncertainty_m", ColumnKind.Meters, 100_000),
        new("units_free", ColumnKind.Count, 10_000),
        new("incidents_waiting", ColumnKind.Count, 10_000),
        new("precipitation_mm_h", ColumnKind.Rain, 500),
    ];

    private static readonly Dictionary<string, CanonicalColumn> ByName = List.ToDictionary(
        column => column.Name,
        StringComparer.Ordinal
    );

    public static CanonicalColumn? Find(string name) => ByName.GetValueOrDefault(name);
}
