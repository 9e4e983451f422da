using System.Globalization;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>
/// Writes the run file: CSV in UTF-8 without a mark, a header, LF. An unknown value is an empty cell, a moment is ISO 8601 with
/// milliseconds and offset, a flag is 1 or 0. The same runs give the same bytes.
/// </summary>
public static class CanonicalRunFile
{
    /// <summary>The columns, in the order in which they stand.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [.. CanonicalColumn.List.Select(column => column.Name)];

    public static void WriteHeader(TextWriter to) => CsvLine.Write(to, Columns);

    public static void Write(TextWriter to, CanonicalRun run) =>
        CsvLine.Write(
            to,
            [
                run.RunId,
                run.Department,
                Moment(run.DecidedAt),
                Moment(run.CallReceivedAt),
                Moment(run.DispatchedAt),
                Moment(run.RollingAt),
                Moment(run.OnSceneAt),
                run.Station,
                run.VehicleKind,
                run.IsAtStation switch
                {
                    true => "1",
                    false => "0",
                    null => "",
                },
                run.Area,
                run.Urgency,
                Number(run.RouterSeconds),
                Number(run.StraightLineMeters),
                Number(run.FastMeters),
                Number(run.MainMeters),
                Number(run.LocalMeters),
                Number(run.PositionAgeSeconds),
                Number(run.PlaceUncertaintyMeters),
                run.UnitsFree?.ToString(CultureInfo.InvariantCulture) ?? "",
                run.IncidentsWaiting?.ToString(CultureInfo.InvariantCulture) ?? "",
                Number(run.PrecipitationMmPerHour),
            ]
        );

    private static string Moment(DateTimeOffset? moment) =>
        moment?.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture) ?? "";

    /// <summary>To a thousandth: a millisecond, a millimetre.</summary>
    private static string Number(double? number) =>
        number?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";
}
