using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MinaKyukyu.Forecasting.Simulated;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Cli.Model;

/// <summary>Reads of a city's directory what a simulation of its runs needs: <c>city.json</c>, the towns and the roads beside it.</summary>
internal static class SimulatedCityFile
{
    private const string Name = "city.json";

    /// <exception cref="RoadFileException">A file is missing or refused; names it and, where there is one, the line.</exception>
    public static SimulatedCity Read(string directory)
    {
        string file = Path.Combine(directory, Name);
        try
        {
            using JsonDocument city = JsonDocument.Parse(File.ReadAllBytes(file));
            return Read(city.RootElement, directory);
        }
        catch (JsonException broken)
        {
            throw new RoadFileException(file, (int)(broken.LineNumber ?? 0) + 1, broken.Message);
        }
        catch (Exception strange)
            when (strange is KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new RoadFileException(file, 0, strange.Message, strange);
        }
        catch (IOException missing)
        {
            throw new RoadFileException(file, 0, missing.Message, missing);
        }
    }

    private static SimulatedCity Read(JsonElement city, string directory)
    {
        List<string> stations =
        [
            .. city.GetProperty("stations").EnumerateArray().Select(one => Text(one, "id")),
        ];
        return new SimulatedCity(
            Text(city.GetProperty("department"), "id"),
            RoadNetworkLoader.Load(Path.Combine(directory, Text(city, "roads"))),
            Places(city, "stations"),
            [
                .. city.GetProperty("units")
                    .EnumerateArray()
                    .Select(unit => new SimulatedUnit(
                        Text(unit, "kind"),
                        stations.IndexOf(Text(unit, "station")) is var station and >= 0
                            ? station
                            : throw new ArgumentException(
                                $"unit {Text(unit, "id")} names a station that is not in the file"
                            )
                    )),
            ],
            Towns(Path.Combine(directory, Text(city, "towns"))),
            Places(city, "hospitals")
        );
    }

    private static ImmutableArray<SimulatedPlace> Places(JsonElement city, string list) =>
        [
            .. city.GetProperty(list)
                .EnumerateArray()
                .Select(one => new SimulatedPlace(
                    Text(one, "id"),
                    new GeoPoint(
                        one.GetProperty("lat").GetDouble(),
                        one.GetProperty("lon").GetDouble()
                    )
                )),
        ];

    /// <summary><c>pref,city,town,koaza,lat,lng</c>, after a header.</summary>
    private static ImmutableArray<SimulatedPlace> Towns(string file)
    {
        string[] lines = File.ReadAllLines(file);
        var towns = ImmutableArray.CreateBuilder<SimulatedPlace>();
        for (int i = 1; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            bool isTown =
                cells.Length == 6
                && double.TryParse(cells[4], CultureInfo.InvariantCulture, out _)
                && double.TryParse(cells[5], CultureInfo.InvariantCulture, out _);
            if (!isTown)
            {
                throw new RoadFileException(file, i + 1, "the line is no town");
            }

            towns.Add(
                new SimulatedPlace(
                    cells[2],
                    new GeoPoint(
                        double.Parse(cells[4], CultureInfo.InvariantCulture),
                        double.Parse(cells[5], CultureInfo.InvariantCulture)
                    )
                )
            );
        }

        return towns.ToImmutable();
    }

    private static string Text(JsonElement of, string name) =>
        of.GetProperty(name).GetString()
        ?? throw new ArgumentException($"{name} is null where it must be a text");
}
