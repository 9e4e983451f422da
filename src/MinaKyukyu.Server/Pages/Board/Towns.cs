using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using MinaKyukyu.Server.City;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>A town and its representative point, which is not an address.</summary>
internal sealed record Town(string Name, GeoPoint Centre);

/// <summary>The towns that the city's file names, to choose from; none where it names no file.</summary>
internal sealed class Towns(MinaServerOptions options)
{
    private readonly Lazy<ImmutableArray<Town>> _all = new(() => Read(options.City));

    public ImmutableArray<Town> All => _all.Value;

    /// <summary>As the data's licence (CC BY 4.0) asks.</summary>
    public string Credit => All.IsEmpty ? "" : "町丁目の代表点: Geolonia 住所データ (CC BY 4.0)";

    public Town? Find(string name) => All.FirstOrDefault(t => t.Name == name);

    private static ImmutableArray<Town> Read(string directory)
    {
        using JsonDocument city = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(directory, CityFile.Name))
        );
        if (
            !city.RootElement.TryGetProperty("towns", out JsonElement file)
            || file.GetString() is not { } name
        )
        {
            return [];
        }

        string path = Path.Combine(directory, name);
        return File.Exists(path)
            ? [.. File.ReadLines(path).Skip(1).Select(Parse).OfType<Town>()]
            : [];
    }

    /// <summary><c>pref,city,town,koaza,lat,lng</c>; a line that is none is left out: a shorter list never stops a call.</summary>
    private static Town? Parse(string line)
    {
        string[] cells = line.Split(',');
        return
            cells.Length == 6
            && double.TryParse(cells[4], CultureInfo.InvariantCulture, out double latitude)
            && double.TryParse(cells[5], CultureInfo.InvariantCulture, out double longitude)
            && GeoPoint.IsValid(latitude, longitude)
            ? new Town(cells[2], new GeoPoint(latitude, longitude))
            : null;
    }
}
