using System.Globalization;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Cli.Roads;

/// <summary>A place of a matrix: as it stood in its file, and where it is.</summary>
/// <param name="Label">As it is echoed; a coordinate in quotes.</param>
/// <param name="OnRoad">Null where no road is near; then only a straight line can be drawn to it.</param>
internal sealed record MatrixPlace(string Label, GeoPoint Point, RoadPosition? OnRoad);

/// <summary>Reads the places of a matrix: node ids or <c>lat,lon</c>, one a line; empty lines are passed over.</summary>
internal static class PlaceFile
{
    /// <exception cref="RoadFileException">A line is neither; or the file cannot be read.</exception>
    public static IReadOnlyList<MatrixPlace> Read(string file, RoadMap roads)
    {
        var places = new List<MatrixPlace>();
        int line = 0;
        foreach (string text in Lines(file))
        {
            line++;
            string place = text.Trim();
            if (place.Length > 0)
            {
                places.Add(Parse(place, file, line, roads));
            }
        }

        return places;
    }

    /// <summary>A coordinate <c>lat,lon</c>, or null.</summary>
    public static GeoPoint? ParsePoint(string text)
    {
        string[] cells = text.Split(',');
        return
            cells.Length == 2
            && TryParse(cells[0], out double latitude)
            && TryParse(cells[1], out double longitude)
            && GeoPoint.IsValid(latitude, longitude)
            ? new GeoPoint(latitude, longitude)
            : null;
    }

    private static MatrixPlace Parse(string place, string file, int line, RoadMap roads)
    {
        if (roads.Graph.FindNode(place) is { } node)
        {
            return new MatrixPlace(
                place,
                roads.Graph.PlaceOf(node),
                roads.Graph.PositionAtNode(node)
            );
        }

        if (!place.Contains(',', StringComparison.Ordinal))
        {
            throw new RoadFileException(file, line, $"there is no node '{place}'");
        }

        return ParsePoint(place) is { } point
            ? new MatrixPlace($"\"{place}\"", point, roads.Snapper.Snap(point))
            : throw new RoadFileException(file, line, $"'{place}' is neither a node nor lat,lon");
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new RoadFileException(file, 0, "the file cannot be read", denied);
        }
    }

    private static bool TryParse(string cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
