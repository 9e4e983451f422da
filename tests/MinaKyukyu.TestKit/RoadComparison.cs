using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.TestKit;

/// <summary>Asks a map every way there is to ask, and compares each answer with plain Dijkstra on the same weights.</summary>
public static class RoadComparison
{
    /// <summary>The first pair on which two engines differ, or null.</summary>
    public static string? FirstDifference(
        ITravelTimes engine,
        ITravelTimes truth,
        RoadPosition[] sources,
        RoadPosition[] targets,
        DrivingProfile profile
    )
    {
        var here = new int[targets.Length];
        var there = new int[targets.Length];
        for (int source = 0; source < sources.Length; source++)
        {
            engine.OneToMany(sources[source], targets, profile, here);
            truth.OneToMany(sources[source], targets, profile, there);
            for (int target = 0; target < targets.Length; target++)
            {
                if (here[target] != there[target])
                {
                    return $"one to many, {profile}, {source} to {target}: {here[target]}, truly {there[target]}";
                }
            }
        }

        var back = new int[sources.Length];
        var expected = new int[sources.Length];
        for (int target = 0; target < targets.Length; target++)
        {
            engine.ManyToOne(sources, targets[target], profile, back);
            truth.ManyToOne(sources, targets[target], profile, expected);
            for (int source = 0; source < sources.Length; source++)
            {
                if (back[source] != expected[source])
                {
                    return $"many to one, {profile}, {source} to {target}: {back[source]}, truly {expected[source]}";
                }
            }
        }

        return null;
    }

    /// <summary>The same for places that stand still, in both directions.</summary>
    public static string? FirstDifferenceOfStanding(
        RoadMap roads,
        RoadPosition[] standing,
        RoadPosition[] asked,
        DrivingProfile profile
    )
    {
        var fromThem = new StandingPlaces(roads, profile, DriveDirection.FromThem, standing.Length);
        var toThem = new StandingPlaces(roads, profile, DriveDirection.ToThem, standing.Length);
        for (int place = 0; place < standing.Length; place++)
        {
            fromThem.Put(place, standing[place]);
            toThem.Put(place, standing[place]);
        }

        return FirstDifferenceOfStanding(roads, fromThem, standing, asked, profile, isFrom: true)
            ?? FirstDifferenceOfStanding(roads, toThem, standing, asked, profile, isFrom: false);
    }

    /// <summary>The first answer of places already put down that differs, or null.</summary>
    public static string? FirstDifferenceOfStanding(
        RoadMap roads,
        StandingPlaces places,
        RoadPosition[] standing,
        RoadPosition[] asked,
        DrivingProfile profile,
        bool isFrom
    )
    {
        ITravelTimes truth = roads.SlowTravelTimes();
        var here = new int[standing.Length];
        var there = new int[standing.Length];
        for (int one = 0; one < asked.Length; one++)
        {
            places.Times(roads, asked[one], here);
            if (isFrom)
            {
                truth.ManyToOne(standing, asked[one], profile, there);
            }
            else
            {
                truth.OneToMany(asked[one], standing, profile, there);
            }

            for (int place = 0; place < standing.Length; place++)
            {
                if (here[place] != there[place])
                {
                    return $"standing, from them {isFrom}, {profile}, {place} and {one}: {here[place]}, truly {there[place]}";
                }
            }
        }

        return null;
    }

    /// <summary>Random places on streets and at junctions.</summary>
    public static RoadPosition[] SomePlaces(RoadGraph graph, Random random, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    graph.EdgeCount == 0 || random.Next(4) == 0
                        ? graph.PositionAtNode(random.Next(graph.NodeCount))
                        : graph.PositionOn(random.Next(graph.EdgeCount), random.NextDouble())
                ),
        ];
}
