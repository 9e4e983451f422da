using System.Globalization;
using System.Text;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Benchmarks.Networks;

/// <summary>What the tables say of a street's speed.</summary>
internal enum PrefectureTimes
{
    /// <summary>Length, class and limit: the driving profile makes 24 metrics of them.</summary>
    Classes = 0,

    /// <summary>Seconds at the speed that was drawn: one metric.</summary>
    Seconds = 1,
}

/// <summary>Writes an invented prefecture as the two tables that <c>mina roads build</c> reads.</summary>
internal static class PrefectureTables
{
    public static void Write(Prefecture prefecture, string directory, PrefectureTimes times)
    {
        Directory.CreateDirectory(directory);
        WriteTable(directory, "nodes.csv", "id,lat,lon", Nodes(prefecture));
        WriteTable(
            directory,
            "edges.csv",
            times == PrefectureTimes.Seconds
                ? "from,to,seconds,length_m"
                : "from,to,length_m,highway,maxspeed",
            prefecture.Streets.SelectMany(street =>
                Both(street, Cells(street, prefecture.LengthMeters(street), times))
            )
        );
        File.WriteAllText(
            Path.Combine(directory, "attribution.txt"),
            "Invented roads of the benchmark; no real place.\n"
        );
    }

    private static IEnumerable<string> Nodes(Prefecture prefecture)
    {
        for (int node = 0; node < prefecture.Nodes.Count; node++)
        {
            GeoPoint place = prefecture.Nodes[node];
            yield return Line($"{node},{place.Latitude:F7},{place.Longitude:F7}");
        }
    }

    private static IEnumerable<string> Both(PlannedStreet street, string cells) =>
        [
            Line($"{street.One},{street.Other},{cells}"),
            Line($"{street.Other},{street.One},{cells}"),
        ];

    private static string Cells(PlannedStreet street, double meters, PrefectureTimes times) =>
        times == PrefectureTimes.Seconds
            ? Line($"{meters * 3.6 / street.Kmh:F3},{meters:F2}")
            : Line($"{meters:F2},{ClassOf(street)},{street.Kmh}");

    /// <summary>Classes whose usual speed lies near the one that was drawn; the drawn one stands as the limit.</summary>
    private static string ClassOf(PlannedStreet street) =>
        street switch
        {
            { Kind: StreetKind.Joining } => "trunk",
            { Kind: StreetKind.Main } => "primary",
            { Kmh: >= 25 } => "tertiary",
            { Kmh: >= 20 } => "unclassified",
            _ => "residential",
        };

    private static void WriteTable(
        string directory,
        string name,
        string header,
        IEnumerable<string> rows
    )
    {
        using var table = new StreamWriter(
            Path.Combine(directory, name),
            append: false,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            1 << 20
        );
        table.NewLine = "\n";
        table.WriteLine(header);
        foreach (string row in rows)
        {
            table.WriteLine(row);
        }
    }

    private static string Line(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
