using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Places;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace MinaKyukyu.RoadNetwork.Snapping;

/// <summary>
/// Brings a place to the nearest road: edge, fraction along it, and the distance. Distances are metres on a plane touching
/// the earth at the asked place, exact to a few centimetres within the 500 m that count. Immutable; safe for any number of threads.
/// </summary>
public sealed class RoadSnapper
{
    private const double FirstSearchMeters = 60;

    private readonly RoadGraph _graph;
    private readonly SnappingOptions _options;
    private readonly STRtree<int> _index = new();
    private readonly List<DrawnPiece> _pieces = [];

    internal RoadSnapper(RoadGraph graph, SnappingOptions options)
    {
        _graph = graph;
        _options = options;
        for (int edge = 0; edge < graph.EdgeCount; edge++)
        {
            // One twin stands for both: a position on it may be left in either direction.
            int twin = graph.Twin(edge);
            if ((twin < 0 || twin > edge) && !graph.IsConnector(edge))
            {
                AddPieces(edge);
            }
        }

        // Built now, since building at the first query would not be safe for threads.
        _index.Build();
    }

    /// <summary>The nearest place on a road, or null where none is within <see cref="SnappingOptions.MaxSnapMeters"/>.</summary>
    public RoadPosition? Snap(GeoPoint place)
    {
        IReadOnlyList<RoadPosition> nearest = ListCandidates(place, 1);
        return nearest.Count > 0 ? nearest[0] : null;
    }

    /// <summary>The nearest places on at most <paramref name="atMost"/> different roads, best first; empty when off the map.</summary>
    /// <remarks>
    /// Ordered by distance, then by edge; only near-ties of the nearest are reordered, those inside the largest strongly connected
    /// component first, because a way out of a one-way pocket helps nobody.
    /// </remarks>
    public IReadOnlyList<RoadPosition> ListCandidates(GeoPoint place, int atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        double radius = Math.Min(FirstSearchMeters, _options.MaxSnapMeters);
        while (true)
        {
            List<Candidate> found = Within(place, radius);
            // Nothing outside the radius can be nearer than, or nearly tied with, what was found inside it.
            bool isSettled =
                found.Count >= atMost
                && found[atMost - 1].Meters + _options.NearTieMeters <= radius;
            if (isSettled || radius >= _options.MaxSnapMeters + _options.NearTieMeters)
            {
                return Best(found, atMost);
            }

            radius = Math.Min(radius * 2, _options.MaxSnapMeters + _options.NearTieMeters);
        }
    }

    /// <summary>
    /// The streets at a place, as edges in both directions, ascending: all that come within the radius, or, where that is 0,
    /// the nearest one alone. Empty where there is none, or the nearest is off the map.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The radius is negative or not a number.</exception>
    public IReadOnlyList<int> ListStreets(GeoPoint place, double radiusMeters)
    {
        if (!(radiusMeters >= 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(radiusMeters),
                radiusMeters,
                "A radius is not negative."
            );
        }

        IEnumerable<int> streets =
            radiusMeters > 0
                ? Within(place, radiusMeters).Select(candidate => candidate.Edge)
                : ListCandidates(place, 1).SelectMany(StreetsAt);
        return
        [
            .. streets
                .SelectMany(edge =>
                    _graph.Twin(edge) is var twin && twin >= 0 ? new[] { edge, twin } : [edge]
                )
                .Distinct()
                .Order(),
        ];
    }

    /// <summary>The edge on which a position lies; at a junction every edge that leaves it.</summary>
    private IEnumerable<int> StreetsAt(RoadPosition position) =>
        position.IsNode ? _graph.ListStreetsFrom(position.Node) : [position.Edge];

    private IReadOnlyList<RoadPosition> Best(List<Candidate> found, int atMost)
    {
        found.RemoveAll(candidate => candidate.Meters > _options.MaxSnapMeters);
        if (found.Count == 0)
        {
            return [];
        }

        double tie = found[0].Meters + _options.NearTieMeters;
        return
        [
            .. found
                .OrderBy(candidate =>
                    candidate.Meters <= tie ? (IsWellConnected(candidate.Edge) ? 0 : 1) : 2
                )
                .ThenBy(candidate => candidate.Meters)
                .ThenBy(candidate => candidate.Edge)
                .Take(atMost)
                .Select(candidate =>
                    _graph.PositionOn(candidate.Edge, candidate.Fraction, candidate.Meters)
                ),
        ];
    }

    private bool IsWellConnected(int edge) =>
        _graph.Components.IsInLargest(_graph.Tail[edge])
        && _graph.Components.IsInLargest(_graph.Head[edge]);

    /// <summary>The nearest point of every road within the radius, nearest first.</summary>
    private List<Candidate> Within(GeoPoint place, double radiusMeters)
    {
        var plane = new LocalPlane(place);
        var nearest = new Dictionary<int, Candidate>();
        foreach (int number in _index.Query(plane.Around(radiusMeters)))
        {
            Candidate candidate = Nearest(_pieces[number], plane);
            if (
                candidate.Meters <= radiusMeters
                && (
                    !nearest.TryGetValue(candidate.Edge, out Candidate best)
                    || candidate.IsBetterThan(best)
                )
            )
            {
                nearest[candidate.Edge] = candidate;
            }
        }

        return
        [
            .. nearest
                .Values.OrderBy(candidate => candidate.Meters)
                .ThenBy(candidate => candidate.Edge),
        ];
    }

    private static Candidate Nearest(DrawnPiece piece, LocalPlane plane)
    {
        (double ax, double ay) = plane.Project(piece.From);
        (double bx, double by) = plane.Project(piece.To);
        double dx = bx - ax;
        double dy = by - ay;
        double squared = (dx * dx) + (dy * dy);
        double share = squared > 0 ? Math.Clamp(-((ax * dx) + (ay * dy)) / squared, 0, 1) : 0;
        double meters = double.Hypot(ax + (dx * share), ay + (dy * share));
        double fraction = share switch
        {
            0 => piece.FractionFrom,
            1 => piece.FractionTo,
            _ => piece.FractionFrom + ((piece.FractionTo - piece.FractionFrom) * share),
        };
        return new Candidate(piece.Edge, fraction, meters);
    }

    private void AddPieces(int edge)
    {
        GeoPoint[] line = _graph.Line(edge);
        double total = Polylines.LengthMeters(line);
        double behind = 0;
        double fractionFrom = 0;
        for (int i = 1; i < line.Length; i++)
        {
            behind += line[i - 1].DistanceMetersTo(line[i]);
            double fractionTo =
                i == line.Length - 1 || total <= 0 ? 1 : Math.Min(1, behind / total);
            _index.Insert(LocalPlane.Box(line[i - 1], line[i]), _pieces.Count);
            _pieces.Add(new DrawnPiece(edge, line[i - 1], line[i], fractionFrom, fractionTo));
            fractionFrom = fractionTo;
        }
    }

    /// <summary>A straight piece of an edge's drawn line and the fractions of the edge at its ends.</summary>
    private readonly record struct DrawnPiece(
        int Edge,
        GeoPoint From,
        GeoPoint To,
        double FractionFrom,
        double FractionTo
    );

    private readonly record struct Candidate(int Edge, double Fraction, double Meters)
    {
        public bool IsBetterThan(Candidate other) =>
            Meters < other.Meters || (Meters <= other.Meters && Fraction < other.Fraction);
    }
}
