using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// How long the streets of an arc are, by class of road. Ways to different places share their long arcs, so what was added up
/// lately is kept, in a table of fixed size, as long as the metric is the same. Not safe for threads.
/// </summary>
internal sealed class ArcLengths(ContractedRoads roads, RoadGraph graph)
{
    /// <summary>Sums that are kept: a power of two.</summary>
    /// <value>8,192, a quarter of a megabyte: the arcs of several hundred ways across a city.</value>
    private const int Kept = 8_192;

    private readonly ArcParts _parts = new(roads);
    private readonly int[] _arcs = new int[Kept];
    private readonly WayLengths[] _sums = new WayLengths[Kept];

    // Not held fast: a metric that is over is large.
    private readonly WeakReference<Metric?> _of = new(null);

    /// <summary>Forgets what was added up of another metric.</summary>
    public void Follow(Metric metric)
    {
        if (!_of.TryGetTarget(out Metric? last) || !ReferenceEquals(last, metric))
        {
            Array.Clear(_arcs);
            _of.SetTarget(metric);
        }
    }

    /// <param name="metric">That of <see cref="Follow"/>.</param>
    public WayLengths Of(int arc, bool goesUp, Metric metric)
    {
        // Never 0, which is what an empty slot holds.
        int key = goesUp ? arc + 1 : -arc - 1;
        int slot = (int)((uint)key * 2_654_435_769u >> 19);
        if (_arcs[slot] == key)
        {
            return _sums[slot];
        }

        int time = (goesUp ? metric.Times.Up : metric.Times.Down)[arc];
        int street = _parts.StreetOf(arc, goesUp, time, metric.Weights);
        if (street >= 0)
        {
            return WayLengths.On(graph.TierOf(street), graph.LengthMeters[street]);
        }

        (int down, int up) = _parts.SidesOf(arc, goesUp, time, metric.Times);
        WayLengths sum = Of(down, goesUp: false, metric) + Of(up, goesUp: true, metric);
        (_arcs[slot], _sums[slot]) = (key, sum);
        return sum;
    }
}
