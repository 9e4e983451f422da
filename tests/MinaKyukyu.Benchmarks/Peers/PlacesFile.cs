using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Benchmarks.Trials;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Benchmarks.Peers;

/// <summary>A coordinate as it stands in the file that both sides read.</summary>
internal sealed record Coordinate(double Lat, double Lon)
{
    public GeoPoint Point => new(Lat, Lon);
}

/// <summary>Coordinates near streets, the same for the same seed: units, and the places asked about one after another.</summary>
internal sealed record PlacesFile(
    IReadOnlyList<Coordinate> Sources,
    IReadOnlyList<Coordinate> Targets
)
{
    public static PlacesFile Near(Situation situation, int sources, int targets) =>
        new(Near(situation, sources), Near(situation, targets));

    public void Write(string file) =>
        File.WriteAllText(file, JsonSerializer.Serialize(this, PlacesJson.Default.PlacesFile));

    private static Coordinate[] Near(Situation situation, int count) =>
        [.. situation.Places(count).Select(place => Of(situation.Graph, place))];

    private static Coordinate Of(RoadGraph graph, RoadPosition position)
    {
        GeoPoint place = graph.PlaceOf(position);
        // As a tablet reports it: to about a decimetre.
        return new Coordinate(Math.Round(place.Latitude, 6), Math.Round(place.Longitude, 6));
    }
}

[JsonSerializable(typeof(PlacesFile))]
[JsonSerializable(typeof(PeerTimes))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class PlacesJson : JsonSerializerContext;
