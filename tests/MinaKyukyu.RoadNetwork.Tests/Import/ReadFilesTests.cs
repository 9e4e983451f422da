using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.RoadNetwork.Tests.Import;

public class ReadFilesTests
{
    private const string Nodes =
        "lon,elevation,osm_node_id,lat\n139.4,80,a,35.7\n139.41,81,b,35.71\n139.42,82,c,35.71\n";

    [Fact]
    public void Columns_are_found_by_name_and_unknown_ones_ignored()
    {
        RoadMap map = Read(
            "oneway,to,surface,seconds,from\nyes,b,asphalt,60,a\nno,c,gravel,30,b\n"
        );
        Assert.Equal(3, map.Graph.NodeCount);
        Assert.Equal(90_000, Milliseconds(map, "a", "c"));
        Assert.Equal(TravelTime.Unreachable, Milliseconds(map, "c", "a"));
        Assert.True(map.Report.HasOneMetric);
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("0.0004", 1)]
    [InlineData("0.0005", 1)]
    [InlineData("0.0014", 1)]
    [InlineData("0.0015", 2)]
    [InlineData("1.2344", 1_234)]
    [InlineData("1.2345", 1_235)]
    [InlineData("1e-9", 1)]
    [InlineData("86400", 86_400_000)]
    public void Seconds_become_whole_milliseconds_halves_up_and_never_none(
        string seconds,
        int milliseconds
    ) =>
        Assert.Equal(
            milliseconds,
            Milliseconds(Read($"from,to,seconds\na,b,{seconds}\n"), "a", "b")
        );

    [Fact]
    public void Of_parallel_rows_the_faster_wins_and_loops_are_left_out()
    {
        RoadMap map = Read("from,to,seconds\na,b,60\na,a,5\na,b,40\na,b,50\nb,c,10\n");
        Assert.Equal(40_000, Milliseconds(map, "a", "b"));
        Assert.Equal(
            (5, 2, 1, 2, 2),
            (
                map.Report.EdgeRows,
                map.Report.Edges,
                map.Report.SelfLoopsDropped,
                map.Report.ParallelRows,
                map.Report.ParallelEdgesDropped
            )
        );
    }

    [Fact]
    public void Each_profile_takes_its_own_faster_row()
    {
        // With the traffic the short lane wins; with lights and siren the longer main road does.
        const string lane = "a,b,300,residential,\n";
        const string main = "a,b,540,primary,\n";
        foreach (string rows in new[] { lane + main, main + lane })
        {
            RoadMap map = Read("from,to,length_m,highway,maxspeed\n" + rows);
            Assert.Equal(2, map.Graph.EdgeCount);
            Assert.Equal(
                540 / 30.0 * 3_600,
                Milliseconds(map, "a", "b", DrivingProfile.Ordinary),
                1.0
            );
            Assert.Equal(
                300 / 24.0 * 3_600,
                Milliseconds(map, "a", "b", DrivingProfile.Emergency),
                1.0
            );
        }
    }

    [Fact]
    public void A_parallel_street_on_a_line_of_its_own_is_kept()
    {
        RoadMap map = Read(
            "from,to,seconds,geometry_wkt\na,b,60,\na,b,90,\"LINESTRING (139.4 35.7, 139.4 35.71, 139.41 35.71)\"\n"
        );
        Assert.Equal(2, map.Graph.EdgeCount);
        Assert.Equal((1, 0), (map.Report.ParallelRows, map.Report.ParallelEdgesDropped));
        Assert.Equal(60_000, Milliseconds(map, "a", "b"));
    }

    // Own working values of Driving/speeds.csv: residential 16 and 24 km/h, others the same; over a posted limit by 20 at most.
    [Theory]
    [InlineData("residential", "", 16, 24)]
    [InlineData("residential", "10", 10, 24)]
    [InlineData("primary", "20", 20, 40)]
    [InlineData("primary", "60", 30, 43)]
    [InlineData("primary", "10 mph", 16, 36)]
    [InlineData("primary", "\"['40', '20']\"", 20, 40)]
    [InlineData("\"['primary', 'residential']\"", "", 16, 24)]
    [InlineData("bridleway", "", 16, 24)]
    [InlineData("", "walk", 16, 24)]
    public void Class_and_limit_make_the_speed(
        string highway,
        string maxSpeed,
        double ordinaryKmh,
        double emergencyKmh
    )
    {
        RoadMap map = Read($"from,to,length_m,highway,maxspeed\na,b,1000,{highway},{maxSpeed}\n");
        Assert.Equal(
            3_600_000 / ordinaryKmh,
            Milliseconds(map, "a", "b", DrivingProfile.Ordinary),
            0.51
        );
        Assert.Equal(
            3_600_000 / emergencyKmh,
            Milliseconds(map, "a", "b", DrivingProfile.Emergency),
            0.51
        );
    }

    [Fact]
    public void What_was_guessed_is_counted()
    {
        ImportReport report = Read(
            "from,to,length_m,highway,maxspeed\na,b,10,bridleway,\nb,c,10,\"['primary', 'road']\",signals\n"
        ).Report;
        Assert.Equal(
            (1, 1, 1),
            (report.UnknownRoadClasses, report.AmbiguousRoadClasses, report.UnreadableMaxSpeeds)
        );
    }

    [Fact]
    public void A_line_that_misses_its_nodes_is_moved_to_them_and_counted()
    {
        RoadMap map = Read(
            "from,to,seconds,geometry_wkt\na,b,60,\"LINESTRING (139.4001 35.7, 139.405 35.706, 139.41 35.71)\"\n"
        );
        Assert.Equal(1, map.Report.LinesMovedToTheirNodes);
        Assert.Equal(map.Graph.PlaceOf(0), map.Graph.Line(0)[0]);
        Assert.Equal(3, map.Graph.Line(0).Length);
    }

    [Fact]
    public void Names_of_merged_streets_stand_side_by_side()
    {
        RoadMap map = Read("from,to,seconds,name\na,b,60,\"['芋窪街道', '平成新道']\"\n");
        Assert.Equal("芋窪街道・平成新道", map.Graph.StreetName(0));
    }

    [Fact]
    public void A_map_without_edges_has_places_but_no_ways()
    {
        RoadMap map = Read("from,to,seconds\n");
        Assert.Equal(3, map.Report.StronglyConnectedComponents);
        Assert.Equal(0, Milliseconds(map, "a", "a"));
        Assert.Equal(TravelTime.Unreachable, Milliseconds(map, "a", "b"));
        Assert.Null(map.Snapper.Snap(map.Graph.PlaceOf(0)));
    }

    [Fact]
    public void Every_street_is_drawn_once_by_class()
    {
        RoadMap map = Read(
            "from,to,length_m,highway\na,b,10,primary\nb,a,10,primary\nb,c,10,residential\nc,b,10,residential\n"
        );
        ILookup<string, RoadSegment> segments = map.ListSegmentsByClass();
        Assert.False(Assert.Single(segments["primary"]).IsOneWay);
        Assert.False(Assert.Single(segments["residential"]).IsOneWay);
        Assert.Equal(2, segments.Count);
        map = Read("from,to,length_m,highway\na,b,10,primary\nb,c,10,residential\n");
        Assert.True(Assert.Single(map.ListSegmentsByClass()["residential"]).IsOneWay);
        Assert.Equal(
            (35.7, 139.42),
            (map.Bounds.SouthWest.Latitude, map.Bounds.NorthEast.Longitude)
        );
    }

    private static RoadMap Read(string edges) =>
        RoadNetworkLoader.Read(new StringReader(Nodes), "nodes", new StringReader(edges), "edges");

    private static int Milliseconds(
        RoadMap map,
        string from,
        string to,
        DrivingProfile profile = DrivingProfile.Ordinary
    )
    {
        var times = new int[1];
        RoadPosition source = map.Graph.PositionAtNode(map.Graph.FindNode(from)!.Value);
        RoadPosition target = map.Graph.PositionAtNode(map.Graph.FindNode(to)!.Value);
        map.TravelTimes.ManyToOne([source], target, profile, times);
        return times[0];
    }
}
