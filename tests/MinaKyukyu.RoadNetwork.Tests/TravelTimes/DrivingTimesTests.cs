using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.RoadNetwork.Tests.TravelTimes;

public class DrivingTimesTests
{
    private static readonly DrawnMap Town = DrawnMap.Draw(
        """
        S1 -3- a -4> b
               |     |
               2     5
               |     |
               c <1- H1 -7- far     island -1- beach
        """
    );

    [Fact]
    public void The_way_around_is_taken_where_the_short_street_is_one_way()
    {
        Assert.Equal("S1→a→b→H1: 12m", Drive("S1", "H1"));
        Assert.Equal("H1→c→a→S1: 6m", Drive("H1", "S1"));
    }

    [Fact]
    public void Nobody_drives_to_an_island()
    {
        Assert.Equal("no way", Drive("S1", "island"));
        Assert.Equal("island→beach: 1m", Drive("island", "beach"));
    }

    [Fact]
    public void From_a_place_to_itself_takes_no_time()
    {
        Assert.Equal("a: 0m", Drive("a", "a"));
        Assert.Equal(0, Milliseconds(Town.Between("S1", "a", 0.25), Town.Between("S1", "a", 0.25)));
        Assert.Equal(0, Milliseconds(Town.Between("a", "b", 0.25), Town.Between("a", "b", 0.25)));
    }

    [Fact]
    public void Part_of_a_street_takes_part_of_its_time()
    {
        Assert.Equal(Minutes(2), Milliseconds(Town.Between("S1", "a", 1.0 / 3), Town.At("a")));
        Assert.Equal(Minutes(1), Milliseconds(Town.Between("S1", "a", 1.0 / 3), Town.At("S1")));
        Assert.Equal(Minutes(1), Milliseconds(Town.At("S1"), Town.Between("a", "S1", 2.0 / 3)));
        Assert.Equal(
            Minutes(1.5),
            Milliseconds(Town.Between("S1", "a", 0.25), Town.Between("S1", "a", 0.75))
        );
    }

    [Fact]
    public void A_two_way_street_is_left_by_the_nearer_end()
    {
        Assert.Equal(
            Minutes(0.6 + 1 + 2),
            Milliseconds(Town.Between("b", "H1", 0.88), Town.At("a"))
        );
        Assert.Equal(
            Minutes(0.2 + 2 + 3),
            Milliseconds(Town.Between("H1", "c", 0.8), Town.At("S1"))
        );
    }

    [Fact]
    public void Backing_up_on_a_one_way_street_means_driving_around_the_block()
    {
        RoadPosition near = Town.Between("a", "b", 0.25);
        RoadPosition far = Town.Between("a", "b", 0.75);
        Assert.Equal(Minutes(2), Milliseconds(near, far));
        // The rest of a→b, b→H1, H1→c, c→a, and the first quarter again.
        Assert.Equal(Minutes(1 + 5 + 1 + 2 + 1), Milliseconds(far, near));
    }

    [Fact]
    public void A_street_that_two_one_way_rows_make_is_a_two_way_street()
    {
        RoadGraph graph = Town.Roads.Graph;
        int edge = Town.Between("S1", "a", 0.5).Edge;
        Assert.Equal(edge, graph.Twin(graph.Twin(edge)));
        Assert.Equal(Town.Between("S1", "a", 0.25), Town.Between("a", "S1", 0.75));
        Assert.Equal(-1, graph.Twin(Town.Between("a", "b", 0.5).Edge));
    }

    [Fact]
    public void Around_a_ring_the_shorter_side_is_driven_even_from_the_same_street()
    {
        DrawnMap ring = DrawnMap.Draw(
            """
            a -9- b
            |     |
            1     1
            |     |
            c -1- d
            """
        );
        // Along a–b it would be 8.1 minutes.
        Assert.Equal(
            Minutes(0.45 + 3 + 0.45),
            ring.Roads.TravelTimes.PointToPoint(
                ring.Between("a", "b", 0.05),
                ring.Between("a", "b", 0.95),
                DrivingProfile.Ordinary
            )!.Milliseconds
        );
    }

    [Fact]
    public void The_streets_are_named_in_driving_order()
    {
        Route route = Town.Roads.TravelTimes.PointToPoint(
            Town.Between("S1", "a", 0.5),
            Town.Between("b", "H1", 0.5),
            DrivingProfile.Emergency
        )!;
        Assert.Equal(["S1-a", "a-b", "b-H1"], route.StreetNames);
        Assert.Equal(
            [Minutes(1.5), Minutes(4), Minutes(2.5)],
            route.Steps.Select(step => step.Milliseconds)
        );
    }

    [Fact]
    public void A_way_of_more_than_twelve_days_is_no_way()
    {
        // Twelve edges of a day still fit below half of the largest number of milliseconds, thirteen do not.
        string nodes =
            "id,lat,lon\n"
            + string.Concat(Enumerable.Range(0, 14).Select(n => $"{n},35.{n + 10},139\n"));
        string edges =
            "from,to,seconds\n"
            + string.Concat(Enumerable.Range(0, 13).Select(n => $"{n},{n + 1},86400\n"));
        RoadMap road = RoadNetworkLoader.Read(
            new StringReader(nodes),
            "nodes",
            new StringReader(edges),
            "edges"
        );
        RoadPosition[] ends = [road.Graph.PositionAtNode(12), road.Graph.PositionAtNode(13)];
        var times = new int[2];
        road.TravelTimes.OneToMany(
            road.Graph.PositionAtNode(0),
            ends,
            DrivingProfile.Ordinary,
            times
        );
        Assert.Equal([12 * 86_400_000, TravelTime.Unreachable], times);
    }

    [Fact]
    public void A_position_that_nobody_made_is_refused()
    {
        ITravelTimes times = Town.Roads.TravelTimes;
        Assert.Throws<ArgumentException>(() =>
            times.ManyToOne([default], Town.At("a"), DrivingProfile.Ordinary, new int[1])
        );
        Assert.Throws<ArgumentException>(() =>
            times.OneToMany(
                TwentyPlaces().At("p20"),
                [Town.At("a")],
                DrivingProfile.Ordinary,
                new int[1]
            )
        );
        Assert.Throws<ArgumentException>(() =>
            times.ManyToOne([Town.At("a")], Town.At("a"), DrivingProfile.Ordinary, new int[2])
        );
    }

    private static DrawnMap TwentyPlaces() =>
        DrawnMap.Draw(string.Join(" -1- ", Enumerable.Range(1, 20).Select(n => $"p{n}")));

    private static int Minutes(double minutes) => (int)Math.Round(minutes * 60_000);

    private static int Milliseconds(RoadPosition from, RoadPosition to)
    {
        var times = new int[1];
        Town.Roads.TravelTimes.ManyToOne([from], to, DrivingProfile.Emergency, times);
        return times[0];
    }

    private static string Drive(string from, string to)
    {
        Route? route = Town.Roads.TravelTimes.PointToPoint(
            Town.At(from),
            Town.At(to),
            DrivingProfile.Emergency
        );
        if (route is null)
        {
            return "no way";
        }

        RoadGraph graph = Town.Roads.Graph;
        string way = string.Concat(
            route.Steps.Select(step => $"→{graph.NodeName(graph.Head[step.Edge])}")
        );
        return $"{from}{way}: {route.Milliseconds / 60_000}m";
    }
}
