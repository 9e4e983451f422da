using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.Vocabulary.Places;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>What can be reached within a time: the pieces of street, and the area along them.</summary>
/// <param name="Streets">Each driven piece as a line, in driving order.</param>
/// <param name="Area">Polygons, each an outer ring and the holes in it; rings closed, outer ones counter-clockwise.</param>
public sealed record Reach(
    IReadOnlyList<IReadOnlyList<GeoPoint>> Streets,
    IReadOnlyList<IReadOnlyList<IReadOnlyList<GeoPoint>>> Area
)
{
    /// <summary>How far from a street its block counts as reached. Own working value: half a block of 100 m.</summary>
    private const double BesideStreetMeters = 50;

    /// <summary>Blocks smaller than this between reached streets are no holes. Own working value: 250 m by 250 m.</summary>
    private const double SmallestHoleSquareMeters = 62_500;

    /// <summary>What is within that time of the place by road, under the conditions of the map.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero or longer than a day.</exception>
    public static Reach Within(
        RoadMap roads,
        RoadPosition from,
        TimeSpan time,
        DrivingProfile profile
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(1));
        roads.Graph.Check(from);
        int budget = (int)time.TotalMilliseconds;
        List<IReadOnlyList<GeoPoint>> streets = ListStreets(roads, from, budget, profile);
        return new Reach(streets, AreaAlong(streets, roads.Graph.PlaceOf(from)));
    }

    private static List<IReadOnlyList<GeoPoint>> ListStreets(
        RoadMap roads,
        RoadPosition from,
        int budget,
        DrivingProfile profile
    )
    {
        Metric metric = roads.Metric(profile);
        int[] times = OneToAll.From(metric, from);
        var streets = new List<IReadOnlyList<GeoPoint>>();
        AddOwnStreet(streets, metric, from, budget);
        for (int edge = 0; edge < roads.Graph.EdgeCount; edge++)
        {
            if (roads.Graph.IsConnector(edge))
            {
                continue;
            }

            int left = budget - times[roads.Graph.Tail[edge]];
            int weight = metric.Weights.Within(edge);
            int twin = roads.Graph.Twin(edge);
            // A street that is driven from end to end both ways is one street.
            if (left > 0 && !(IsWhole(edge) && twin >= 0 && twin < edge && IsWhole(twin)))
            {
                Add(streets, roads.Graph, edge, 0, Math.Min(1, (double)left / weight));
            }
        }

        return streets;

        bool IsWhole(int edge) =>
            budget - times[roads.Graph.Tail[edge]] >= metric.Weights.Within(edge);
    }

    /// <summary>The street on which the drive begins, in both directions where there are two.</summary>
    private static void AddOwnStreet(
        List<IReadOnlyList<GeoPoint>> streets,
        Metric metric,
        RoadPosition from,
        int budget
    )
    {
        if (from.IsNode)
        {
            return;
        }

        AddFrom(from.Edge, from.Fraction);
        int twin = metric.Graph.Twin(from.Edge);
        if (twin >= 0)
        {
            AddFrom(twin, 1 - from.Fraction);
        }

        void AddFrom(int edge, double fraction)
        {
            double share = (double)budget / metric.Weights.Within(edge);
            Add(streets, metric.Graph, edge, fraction, Math.Min(1, fraction + share));
        }
    }

    private static void Add(
        List<IReadOnlyList<GeoPoint>> streets,
        RoadGraph graph,
        int edge,
        double begin,
        double end
    )
    {
        var piece = new List<GeoPoint>();
        Polylines.AddPart(piece, graph.Line(edge), begin, end);
        if (piece.Count > 1)
        {
            streets.Add(piece);
        }
    }

    private static IReadOnlyList<IReadOnlyList<GeoPoint>>[] AreaAlong(
        List<IReadOnlyList<GeoPoint>> streets,
        GeoPoint centre
    )
    {
        // Reckoned in metres on a plane that touches the earth at the start.
        var plane = new Snapping.LocalPlane(centre);
        var factory = new GeometryFactory();
        Geometry area = CascadedPolygonUnion.Union([
            .. streets.Select(street =>
                factory.CreateLineString(Project(street)).Buffer(BesideStreetMeters, 2)
            ),
        ]);
        return
        [
            .. Enumerable
                .Range(0, area.NumGeometries)
                .Select(area.GetGeometryN)
                .OfType<Polygon>()
                .Select(Rings),
        ];

        Coordinate[] Project(IReadOnlyList<GeoPoint> street) =>
            [
                .. street.Select(point =>
                {
                    (double east, double north) = plane.Project(point);
                    return new Coordinate(east, north);
                }),
            ];

        IReadOnlyList<IReadOnlyList<GeoPoint>> Rings(Polygon polygon) =>
            [
                Ring(polygon.ExteriorRing, isOuter: true),
                .. polygon
                    .InteriorRings.Where(hole =>
                        factory.CreatePolygon((LinearRing)hole).Area >= SmallestHoleSquareMeters
                    )
                    .Select(hole => Ring(hole, isOuter: false)),
            ];

        GeoPoint[] Ring(LineString ring, bool isOuter)
        {
            Coordinate[] coordinates = ring.Coordinates;
            GeoPoint[] points = [.. coordinates.Select(at => plane.Unproject(at.X, at.Y))];
            if (NetTopologySuite.Algorithm.Orientation.IsCCW(coordinates) != isOuter)
            {
                Array.Reverse(points);
            }

            return points;
        }
    }
}
