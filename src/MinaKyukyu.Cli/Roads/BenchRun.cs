using System.Diagnostics;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Cli.Roads;

/// <summary>
/// Units and places at random points of random streets, the same for the same seed. Each question is timed alone, after the
/// machine code has settled; each answer is compared with Dijkstra's.
/// </summary>
internal sealed class BenchRun(
    RoadMap roads,
    DrivingProfile profile,
    int units,
    int queries,
    int seed
)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private readonly Random _random = new(seed);
    private readonly RoadPosition[] _places = new RoadPosition[queries];
    private readonly RoadPosition[] _units = new RoadPosition[units];
    private readonly StandingPlaces _standing = new(roads, profile, DriveDirection.FromThem, units);

    public BenchFigures Measure()
    {
        Fill(_units);
        Fill(_places);
        for (int unit = 0; unit < units; unit++)
        {
            _standing.Put(unit, _units[unit]);
        }

        int[][] answers = [.. _places.Select(_ => new int[units])];
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < WarmUp)
        {
            Ask(answers);
        }

        double[] contracted = Ask(answers);
        (double[] dijkstra, long equal, long unequal) = Compare(answers);
        double[] labels = Relabel();
        double[] moving = Move();
        return new BenchFigures(
            roads.Graph.NodeCount,
            roads.Graph.EdgeCount,
            units,
            queries,
            seed,
            Spread.Of(contracted),
            Spread.Of(moving),
            Spread.Of(dijkstra),
            equal,
            unequal,
            Spread.Of(labels),
            roads.MetricVersion(profile)
        );
    }

    private double[] Ask(int[][] answers)
    {
        var times = new double[queries];
        for (int query = 0; query < queries; query++)
        {
            long begun = Stopwatch.GetTimestamp();
            _standing.Times(roads, _places[query], answers[query]);
            times[query] = Since(begun);
        }

        return times;
    }

    private (double[] Times, long Equal, long Unequal) Compare(int[][] answers)
    {
        ITravelTimes slow = roads.SlowTravelTimes();
        var times = new double[queries];
        var truth = new int[units];
        long equal = 0;
        for (int query = 0; query < queries; query++)
        {
            long begun = Stopwatch.GetTimestamp();
            slow.ManyToOne(_units, _places[query], profile, truth);
            times[query] = Since(begun);
            for (int unit = 0; unit < units; unit++)
            {
                equal += truth[unit] == answers[query][unit] ? 1 : 0;
            }
        }

        return (times, equal, ((long)queries * units) - equal);
    }

    private double[] Relabel()
    {
        var times = new double[queries];
        for (int query = 0; query < queries; query++)
        {
            int unit = query % units;
            RoadPosition place = SomePlace();
            long begun = Stopwatch.GetTimestamp();
            _standing.Put(unit, place);
            times[query] = Since(begun);
        }

        return times;
    }

    private double[] Move()
    {
        var times = new double[queries];
        var answer = new int[units];
        var moved = new RoadPosition[Math.Max(1, units / 10)];
        int next = 0;
        for (int query = 0; query < queries; query++)
        {
            Fill(moved);
            long begun = Stopwatch.GetTimestamp();
            foreach (RoadPosition place in moved)
            {
                _standing.Put(next, place);
                next = (next + 1) % units;
            }

            _standing.Times(roads, _places[query], answer);
            times[query] = Since(begun);
        }

        return times;
    }

    private void Fill(RoadPosition[] places)
    {
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = SomePlace();
        }
    }

    private RoadPosition SomePlace() =>
        roads.Graph.EdgeCount == 0
            ? roads.Graph.PositionAtNode(_random.Next(roads.Graph.NodeCount))
            : roads.Graph.PositionOn(_random.Next(roads.Graph.EdgeCount), _random.NextDouble());

    private static double Since(long begun) =>
        Stopwatch.GetElapsedTime(begun).TotalNanoseconds / 1_000;
}
