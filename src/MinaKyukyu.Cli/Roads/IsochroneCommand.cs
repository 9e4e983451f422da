using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MinaKyukyu.Cli.Audit;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Cli.Roads;

/// <summary><c>mina roads isochrone</c>: what can be reached within some minutes, as GeoJSON: the area, then the streets.</summary>
internal static class IsochroneCommand
{
    private static readonly Option<string> File = RoadOptions.File();
    private static readonly Option<DrivingProfile> Profile = RoadOptions.Profile();
    private static readonly Option<RoadMoment?> At = RoadOptions.At();

    private static readonly Option<GeoPoint> From = new("--from")
    {
        Required = true,
        Description = "出発地 / lat,lon",
        CustomParser = result =>
        {
            if (PlaceFile.ParsePoint(result.Tokens[0].Value) is { } point)
            {
                return point;
            }

            result.AddError("--from takes lat,lon such as 35.7005,139.4157.");
            return default;
        },
    };

    private static readonly Option<double> Minutes = new("--minutes")
    {
        Required = true,
        Description = "分 / minutes, above 0 and up to 1440",
    };

    private static readonly Option<string?> Picture = new("--picture")
    {
        Description = "地図に描いて書き出す SVG / also draw it on the map, an SVG file",
    };

    public static Command Build()
    {
        Minutes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 1_440))
            {
                result.AddError("--minutes takes a number above 0 and up to 1440.");
            }
        });
        Command isochrone = new("isochrone", "到達圏 / reachable area, GeoJSON")
        {
            File,
            From,
            Minutes,
            Profile,
            At,
            Picture,
        };
        isochrone.SetAction(words =>
            RoadOptions.Run(() =>
                Run(
                    RoadOptions.Open(words.GetRequiredValue(File), words.GetValue(At)),
                    words.GetRequiredValue(From),
                    words.GetRequiredValue(Minutes),
                    words.GetValue(Profile),
                    words.GetValue(Picture)
                )
            )
        );
        return isochrone;
    }

    private static int Run(
        RoadMap roads,
        GeoPoint from,
        double minutes,
        DrivingProfile profile,
        string? picture
    )
    {
        if (roads.Snapper.Snap(from) is not { } onRoad)
        {
            Console.Error.WriteLine(
                "mina: その場所の近くに道路がありません / no road is near that place"
            );
            return ExitCode.No;
        }

        Reach reach = Reach.Within(roads, onRoad, TimeSpan.FromMinutes(minutes), profile);
        if (picture is not null)
        {
            string title = string.Create(
                CultureInfo.InvariantCulture,
                $"{minutes:0.#}分以内 / within {minutes:0.#} min, {roads.MetricVersion(profile)}"
            );
            System.IO.File.WriteAllText(
                picture,
                new ReachPicture(roads).Draw(reach, roads.Graph.PlaceOf(onRoad), title)
            );
        }

        Console.Out.WriteLine(
            JsonLine.Of(json => Write(json, roads, onRoad, minutes, profile, reach))
        );
        return ExitCode.Done;
    }

    private static void Write(
        Utf8JsonWriter json,
        RoadMap roads,
        RoadPosition from,
        double minutes,
        DrivingProfile profile,
        Reach reach
    )
    {
        json.WriteString("type", "FeatureCollection");
        json.WriteString("attribution", roads.Attribution);
        json.WriteStartArray("features");
        Feature("MultiPolygon", "area", () => WritePolygons(json, reach.Area));
        Feature("MultiLineString", "streets", () => WriteLines(json, reach.Streets));
        json.WriteEndArray();

        void Feature(string type, string what, Action coordinates)
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteStartObject("properties");
            json.WriteString("what", what);
            json.WriteNumber("minutes", minutes);
            json.WriteNumber("snap_meters", Math.Round(from.SnapMeters, 1));
            json.WriteString("metric_version", roads.MetricVersion(profile));
            json.WriteEndObject();
            json.WriteStartObject("geometry");
            json.WriteString("type", type);
            json.WriteStartArray("coordinates");
            coordinates();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void WritePolygons(
        Utf8JsonWriter json,
        IReadOnlyList<IReadOnlyList<IReadOnlyList<GeoPoint>>> polygons
    )
    {
        foreach (IReadOnlyList<IReadOnlyList<GeoPoint>> rings in polygons)
        {
            json.WriteStartArray();
            WriteLines(json, rings);
            json.WriteEndArray();
        }
    }

    private static void WriteLines(
        Utf8JsonWriter json,
        IReadOnlyList<IReadOnlyList<GeoPoint>> lines
    )
    {
        foreach (IReadOnlyList<GeoPoint> line in lines)
        {
            json.WriteStartArray();
            foreach (GeoPoint point in line)
            {
                json.WriteStartArray();
                json.WriteNumberValue(Math.Round(point.Longitude, 7));
                json.WriteNumberValue(Math.Round(point.Latitude, 7));
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }
    }
}
