using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MinaKyukyu.LoadTests.Serving;

/// <summary>A unit as the city file names it, and where it stands during the run.</summary>
internal sealed record CityUnit(
    string Unit,
    string Crew,
    string Device,
    double Latitude,
    double Longitude
);

/// <summary>The city of a run: the sample one, or the same streets with as many invented units as are wanted.</summary>
/// <param name="Directory">What <c>mina serve --city</c> is given.</param>
internal sealed record LoadCity(
    string Directory,
    IReadOnlyList<CityUnit> Units,
    IReadOnlyList<(double Latitude, double Longitude)> Places
)
{
    private const string FileName = "city.json";

    /// <summary>What the file names beside itself.</summary>
    private static readonly string[] Files = ["roads", "towns", "model", "modelSigner"];

    /// <summary>Units stand within so many degrees of their stations, about 2 km, so that no two share one starting point.</summary>
    private const double Scatter = 0.018;

    /// <summary>How many incidents are open during a run; advice is asked for each in turn.</summary>
    private const int OpenIncidents = 20;

    /// <param name="sample">Directory of the sample city.</param>
    /// <param name="units">Null: the units that the sample has.</param>
    /// <param name="into">Where a larger city is written.</param>
    public static LoadCity Prepare(string sample, int? units, string into, int seed)
    {
        JsonObject city = JsonNode
            .Parse(File.ReadAllText(Path.Combine(sample, FileName)))!
            .AsObject();
        string directory = sample;
        if (units is { } wanted)
        {
            Fill(city, wanted);
            foreach (string file in Files.Where(city.ContainsKey))
            {
                // Roads, names and model stay where they are: an absolute path in the file stands for itself.
                city[file] = Path.GetFullPath(Path.Combine(sample, Text(city, file)));
            }

            System.IO.Directory.CreateDirectory(into);
            File.WriteAllText(Path.Combine(into, FileName), city.ToJsonString(Readable));
            directory = into;
        }

        var chance = new Random(seed);
        Dictionary<string, (double, double)> stations = city["stations"]!
            .AsArray()
            .ToDictionary(s => Text(s, "id"), s => PointOf(s!), StringComparer.Ordinal);
        return new LoadCity(
            directory,
            [.. city["units"]!.AsArray().Select(u => UnitOf(u!, stations, chance))],
            [
                .. Enumerable
                    .Range(0, OpenIncidents)
                    .Select(i => Near(stations.Values.ElementAt(i % stations.Count), chance)),
            ]
        );
    }

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Replaces the units by invented ones, dealt out over the stations.</summary>
    private static void Fill(JsonObject city, int units)
    {
        string[] stations = [.. city["stations"]!.AsArray().Select(s => Text(s, "id"))];
        string[] kinds = ["units", "vehicles", "crews", "devices"];
        foreach (string kind in kinds)
        {
            city[kind] = new JsonArray();
        }

        for (int i = 1; i <= units; i++)
        {
            string station = stations[i % stations.Length];
            city["units"]!
                .AsArray()
                .Add(
                    new JsonObject
                    {
                        ["id"] = $"load-{i}",
                        ["name"] = $"試験救急{i}",
                        ["kind"] = "ambulance",
                        ["station"] = station,
                        ["vehicle"] = $"v-load-{i}",
                        ["crew"] = $"crew-load-{i}",
                        ["device"] = $"tablet-load-{i}",
                    }
                );
            city["vehicles"]!
                .AsArray()
                .Add(
                    new JsonObject
                    {
                        ["id"] = $"v-load-{i}",
                        ["kind"] = "ambulance",
                        ["station"] = station,
                        ["spare"] = false,
                    }
                );
        }
    }

    private static CityUnit UnitOf(
        JsonNode unit,
        Dictionary<string, (double, double)> stations,
        Random chance
    )
    {
        (double latitude, double longitude) = Near(stations[Text(unit, "station")], chance);
        return new CityUnit(
            Text(unit, "id"),
            Text(unit, "crew"),
            Text(unit, "device"),
            latitude,
            longitude
        );
    }

    private static (double Latitude, double Longitude) Near(
        (double Latitude, double Longitude) point,
        Random chance
    ) =>
        (
            point.Latitude + ((chance.NextDouble() - 0.5) * Scatter),
            point.Longitude + ((chance.NextDouble() - 0.5) * Scatter)
        );

    private static (double, double) PointOf(JsonNode station) =>
        (station["lat"]!.GetValue<double>(), station["lon"]!.GetValue<double>());

    private static string Text(JsonNode? node, string key) => node![key]!.GetValue<string>();
}
