using System.Diagnostics;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Files;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Tests.Cities;
using MinaKyukyu.RoadNetwork.Tests.Import.Osm;
using MinaKyukyu.RoadNetwork.Tests.Tachikawa;
using MinaKyukyu.RoadNetwork.Tests.TravelTimes;
using MinaKyukyu.TestKit;
using Xunit.Abstractions;

namespace MinaKyukyu.RoadNetwork.Tests.Files;

public sealed class RoadFileTests(ITestOutputHelper output) : IDisposable
{
    private const string Nodes = "id,lat,lon\na,35,139\nb,35.01,139\nc,35.01,139.01\n";
    private const string Edges =
        "from,to,length_m,highway,name\na,b,900,primary,北通り\nb,a,900,primary,北通り\nb,c,800,residential,\n";

    private readonly string _directory = Directory
        .CreateTempSubdirectory("road-file-tests-")
        .FullName;

    private readonly string _sources = Directory.CreateTempSubdirectory("road-tables-").FullName;

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        Directory.Delete(_sources, recursive: true);
    }

    [Fact]
    public void A_built_file_answers_like_the_roads_it_was_built_from()
    {
        string file = Build(TachikawaRoads.Directory);
        RoadMap built = RoadNetworkLoader.Load(file);
        RoadMap read = TachikawaRoads.Map;
        var sunday = new DateTimeOffset(2026, 4, 5, 3, 0, 0, TimeSpan.FromHours(9));
        RoadPosition[] places = RoadComparison.SomePlaces(read.Graph, new Random(1), 30);
        foreach (DrivingProfile profile in Enum.GetValues<DrivingProfile>())
        {
            Assert.Null(
                RoadComparison.FirstDifference(
                    built.TravelTimes,
                    read.SlowTravelTimes(),
                    places,
                    places,
                    profile
                )
            );
            Assert.Null(
                RoadComparison.FirstDifference(
                    built.At(sunday).TravelTimes,
                    read.At(sunday).SlowTravelTimes(),
                    places,
                    places,
                    profile
                )
            );
        }

        Assert.Equal(
            read.MetricVersion(DrivingProfile.Emergency),
            built.MetricVersion(DrivingProfile.Emergency)
        );
        Assert.Equal(read.Graph.ListSegments().Count(), built.Graph.ListSegments().Count());
        Assert.Equal(read.Graph.StreetName(17), built.Graph.StreetName(17));
        Assert.Equal(read.Graph.NodeName(17), built.Graph.NodeName(17));
        Assert.Equal(read.Graph.Line(17), built.Graph.Line(17));
        Assert.Equal(read.Report.Nodes, built.Report.Nodes);
    }

    [Theory]
    [InlineData("jemss_edmonton_roads_osm.zip", 2)]
    [InlineData("malta.osm.pbf", 24)]
    public void Every_kind_of_roads_becomes_a_file(string source, int metrics)
    {
        string file = Build(City.FileOf(source));
        IReadOnlyList<RoadSectionState> sections = RoadFiles.ListSections(file, verify: true);
        Assert.All(sections, section => Assert.Null(section.Damage));
        Assert.Equal(
            metrics,
            sections.Count(section => section.Name.StartsWith("metric ", StringComparison.Ordinal))
        );
        Assert.Contains(
            source.EndsWith(".pbf", StringComparison.Ordinal) ? "OpenStreetMap" : "not stated",
            RoadFiles.Describe(file).Attribution,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Forbidden_turns_go_with_the_roads()
    {
        ImportedTown town = TurnTown();
        string file = Write(town);
        RoadMap built = RoadNetworkLoader.Load(file);
        RoadPosition[] places =
        [
            .. Enumerable
                .Range(0, built.Graph.NodeCount)
                .Select(node => built.Graph.PositionAtNode(node)),
            .. Enumerable
                .Range(0, built.Graph.EdgeCount)
                .Select(edge => built.Graph.PositionOn(edge, 0.5)),
        ];
        Assert.Null(
            RoadComparison.FirstDifference(
                built.TravelTimes,
                town.Map.SlowTravelTimes(),
                places,
                places,
                DrivingProfile.Ordinary
            )
        );
        Assert.Equal(town.Graph.Arrays.Junction, built.Graph.Arrays.Junction);
        Assert.Equal(town.Graph.Arrays.Arrival, built.Graph.Arrays.Arrival);
        Assert.Equal(town.Graph.Components.LargestSize, built.Graph.Components.LargestSize);
        Assert.Equal(
            town.Map.MetricVersion(DrivingProfile.Ordinary),
            built.MetricVersion(DrivingProfile.Ordinary)
        );
    }

    [Theory]
    [InlineData("junction", -1, "holds -1 where")]
    [InlineData("junction", 1_000, "holds 1000 where")]
    [InlineData("junction", 0, "has copies that belong to no junction")]
    [InlineData("arrival", 1_000, "holds 1000 where")]
    [InlineData("arrival", 0, "has copies that belong to no junction")]
    public void Copies_that_belong_to_no_junction_are_refused(
        string what,
        int value,
        string expected
    )
    {
        ImportedTown town = TurnTown();
        string before = town.Roads.Fingerprint();
        int[] spoilt = what == "junction" ? town.Graph.Arrays.Junction : town.Graph.Arrays.Arrival;
        spoilt[^1] = value;
        Assert.NotEqual(before, town.Roads.Fingerprint());
        string file = Write(town);
        Assert.Contains(
            expected,
            Assert.Throws<RoadFileException>(() => RoadNetworkLoader.Load(file)).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_same_roads_give_the_same_bytes()
    {
        string one = Build(TachikawaRoads.Directory, "one.roads");
        string other = Build(TachikawaRoads.Directory, "other.roads");
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(other));
    }

    [Fact]
    public void Whose_data_they_are_goes_with_the_roads()
    {
        string source = WriteTables(Nodes, Edges);
        File.WriteAllText(Path.Combine(source, "attribution.txt"), "架空の道路 / invented roads\n");
        Assert.Equal(
            "架空の道路 / invented roads",
            RoadNetworkLoader.Load(Build(source)).Attribution
        );
    }

    [Fact]
    public void What_is_refused_leaves_what_stood_there_untouched_and_nothing_beside_it()
    {
        string file = Build(WriteTables(Nodes, Edges));
        byte[] before = File.ReadAllBytes(file);
        string broken = WriteTables(Nodes, Edges + "b,x,1,primary,\n");
        var refused = Assert.Throws<RoadFileException>(() => RoadFiles.Build(broken, file));
        Assert.Equal(5, refused.Line);
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            RoadFiles.Build(
                TachikawaRoads.Directory,
                file,
                progress: progress =>
                {
                    if (progress.Stage.StartsWith("emergency", StringComparison.Ordinal))
                    {
                        stop.Cancel();
                    }
                },
                stop: stop.Token
            )
        );
        Assert.Equal(before, File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(_directory));
    }

    [Fact]
    public void No_altered_byte_anywhere_leads_to_an_answer()
    {
        string file = Build(WriteTables(Nodes, Edges));
        byte[] whole = File.ReadAllBytes(file);
        int[] truth = Answers(RoadNetworkLoader.Load(file));
        string damaged = Path.Combine(_directory, "damaged.roads");
        int refused = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] bytes = [.. whole];
            bytes[at] ^= 0x10;
            File.WriteAllBytes(damaged, bytes);
            try
            {
                Assert.Equal(truth, Answers(RoadNetworkLoader.Load(damaged)));
                Assert.Fail($"Byte {at} was altered and nobody noticed.");
            }
            catch (RoadFileException)
            {
                refused++;
            }
        }

        output.WriteLine($"{refused} altered files refused");
        Assert.Equal(whole.Length, refused);
    }

    [Fact]
    public void No_file_cut_short_leads_to_an_answer()
    {
        string file = Build(WriteTables(Nodes, Edges));
        byte[] whole = File.ReadAllBytes(file);
        string cut = Path.Combine(_directory, "cut.roads");
        for (int length = 0; length < whole.Length; length += 1 + (length / 40))
        {
            File.WriteAllBytes(cut, whole[..length]);
            Assert.Throws<RoadFileException>(() => RoadNetworkLoader.Load(cut));
        }
    }

    [Fact]
    public void A_damaged_metric_is_named_and_the_others_go_on_answering()
    {
        string file = Build(TachikawaRoads.Directory);
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^5] ^= 1;
        File.WriteAllBytes(file, bytes);
        RoadSectionState damaged = Assert.Single(
            RoadFiles.ListSections(file, verify: true),
            section => section.Damage is not null
        );
        Assert.Equal("metric emergency/weekend-20", damaged.Name);
        RoadMap roads = RoadNetworkLoader.Load(file);
        Assert.Equal(Answers(TachikawaRoads.Map), Answers(roads));
        var saturdayNight = new DateTimeOffset(2026, 4, 4, 21, 0, 0, TimeSpan.FromHours(9));
        Assert.Throws<RoadFileException>(() => Answers(roads.At(saturdayNight)));
    }

    [Fact]
    public void A_file_changed_after_it_was_opened_changes_no_answer()
    {
        string file = Build(TachikawaRoads.Directory);
        RoadMap roads = RoadNetworkLoader.Load(file);
        int[] before = Answers(roads);
        using (
            var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)
        )
        {
            stream.SetLength(1_000);
        }

        Assert.Equal(before, Answers(roads));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MINAROAD")]
    [InlineData("id,lat,lon\n1,2,3\n")]
    public void What_is_no_road_file_is_said_to_be_none(string text)
    {
        string file = Path.Combine(_directory, "foreign.roads");
        File.WriteAllText(file, text);
        Assert.Equal(
            "is not a road file",
            Assert.Throws<RoadFileException>(() => RoadNetworkLoader.Load(file)).Reason
        );
    }

    [Fact]
    public void A_file_of_another_version_is_asked_to_be_built_again()
    {
        string file = Build(WriteTables(Nodes, Edges));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[8]++;
        File.WriteAllBytes(file, bytes);
        Assert.Contains(
            "build it again",
            Assert.Throws<RoadFileException>(() => RoadNetworkLoader.Load(file)).Reason,
            StringComparison.Ordinal
        );
    }

    private static int[] Answers(RoadMap roads)
    {
        int count = Math.Min(5, roads.Graph.NodeCount);
        RoadPosition[] places =
        [
            .. Enumerable.Range(0, count).Select(node => roads.Graph.PositionAtNode(node)),
        ];
        var times = new int[count];
        var all = new List<int>();
        foreach (DrivingProfile profile in Enum.GetValues<DrivingProfile>())
        {
            foreach (RoadPosition place in places)
            {
                roads.TravelTimes.OneToMany(place, places, profile, times);
                all.AddRange(times);
            }
        }

        // Every part of the week is asked, so that no metric stays unread; but not on a map that is itself such a part.
        if (roads.Bucket == TimeBucket.Usual && roads.Graph.NodeCount < 10)
        {
            var monday = new DateTimeOffset(2026, 4, 6, 0, 0, 0, TimeSpan.FromHours(9));
            for (int hours = 0; hours < 7 * 24; hours += 4)
            {
                RoadMap then = roads.At(monday.AddHours(hours));
                all.AddRange(then.Bucket == TimeBucket.Usual ? [] : Answers(then));
            }

            all.Add(
                roads.Attribution.Length
                    + roads.Snapper.ListStreets(roads.Graph.PlaceOf(0), 1).Count
            );
        }

        return [.. all];
    }

    private string Build(string source, string name = "built.roads")
    {
        string file = Path.Combine(_directory, name);
        var clock = Stopwatch.StartNew();
        RoadFiles.Build(source, file);
        output.WriteLine($"{name}: {clock.ElapsedMilliseconds} ms");
        return file;
    }

    private static ImportedTown TurnTown() =>
        OsmTown
            .Draw("  c\na b d")
            .Way("ab", "highway=residential")
            .Way("bc", "highway=residential")
            .Way("bd", "highway=residential")
            .Turn("no_left_turn", ["from 1", "via b", "to 2"], "except=emergency")
            .Turn("only_right_turn", ["from 2", "via b", "to 1"])
            .Import();

    private string Write(ImportedTown town)
    {
        string file = Path.Combine(_directory, "town.roads");
        RoadFile.Write(file, town.Roads, town.Map.Frame.Metrics.Roads);
        return file;
    }

    private string WriteTables(string nodes, string edges)
    {
        string directory = Directory
            .CreateDirectory(Path.Combine(_sources, $"{edges.Length}"))
            .FullName;
        File.WriteAllText(Path.Combine(directory, "nodes.csv"), nodes);
        File.WriteAllText(Path.Combine(directory, "edges.csv"), edges);
        return directory;
    }
}
