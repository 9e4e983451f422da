using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>Roads, and units and places at random points of random streets, the same for the same seed.</summary>
internal sealed class Situation
{
    public const DrivingProfile Profile = DrivingProfile.Emergency;

    /// <summary>Questions before they repeat: more than any cache remembers.</summary>
    private const int Questions = 4_096;

    private readonly Random _random;

    public Situation(RoadMap roads, int seed)
    {
        _random = new Random(seed);
        Roads = roads;
        Truth = roads.SlowTravelTimes();
        Asked = Places(Questions);
    }

    public RoadMap Roads { get; }

    /// <summary>Plain Dijkstra on the same weights.</summary>
    public ITravelTimes Truth { get; }

    public RoadPosition[] Asked { get; }

    public RoadGraph Graph => Roads.Graph;

    public RoadPosition[] Places(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => SomePlace())];

    public int[] Edges(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _random.Next(Graph.EdgeCount))];

    /// <summary>A unit's way: each place on a street that begins where the one before ends; turns back at a dead end.</summary>
    public RoadPosition[] Drive(RoadPosition from, int steps)
    {
        var places = new RoadPosition[steps];
        int node = from.IsNode ? from.Node : Graph.Head[from.Edge];
        places[0] = from;
        for (int step = 1; step < steps; step++)
        {
            int first = Graph.FirstOut[node];
            int streets = Graph.FirstOut[node + 1] - first;
            if (streets == 0)
            {
                places.AsSpan(step).Fill(places[step - 1]);
                break;
            }

            int edge = first + _random.Next(streets);
            // Never twice the same place, or there would be nothing to do.
            places[step] = Graph.PositionOn(edge, _random.NextDouble());
            node = Graph.Head[edge];
        }

        return places;
    }

    /// <summary>How the engine's answers for one place agree with Dijkstra's.</summary>
    public static Agreement Compare(
        RoadMap roads,
        RoadPosition[] units,
        RoadPosition asked,
        int[] answers
    )
    {
        var truth = new int[units.Length];
        roads.SlowTravelTimes().ManyToOne(units, asked, Profile, truth);
        return Agreement.Of(answers, truth);
    }

    /// <summary>How answers on these roads agree with Dijkstra's.</summary>
    public Agreement Compare(RoadPosition[] units, RoadPosition asked, int[] answers)
    {
        var truth = new int[units.Length];
        Truth.ManyToOne(units, asked, Profile, truth);
        return Agreement.Of(answers, truth);
    }

    private RoadPosition SomePlace() =>
        Graph.PositionOn(_random.Next(Graph.EdgeCount), _random.NextDouble());
}
