using System.Text.Json;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.EndToEnd.Tests.Roads;

/// <summary><c>mina roads</c> as an operator types it.</summary>
public sealed class RoadsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("cch")]
    [InlineData("dijkstra")]
    public async Task A_matrix_has_every_pair_in_file_order_and_echoes_what_it_was_given(
        string engine
    )
    {
        string roads = await BuildAsync(
            "osm_node_id,lon,lat,colour\na,139,35,red\nb,139.01,35,\nc,139.02,35,\nx,139.2,35.2,\ny,139.3,35.2,\n",
            "seconds,to,from,oneway\n60,b,a,True\n61.0005,a,b,False\n30,c,b,\n2,c,c,\n20,c,b,\n0,y,x,\n"
        );
        Write("sources.txt", "a\n c \n\n35,139.0\nx\n");
        Write("targets.txt", "c\na\n35.0,139.005\n");
        (int exit, string output, _) = await MinaProcess.RunAsync(
            "roads",
            "matrix",
            "--roads",
            roads,
            "--sources",
            _directory.In("sources.txt"),
            "--targets",
            _directory.In("targets.txt"),
            "--engine",
            engine
        );
        Assert.Equal(0, exit);
        Assert.Equal(
            """
            source,target,milliseconds
            a,c,80000
            a,a,0
            a,"35.0,139.005",30000
            c,c,0
            c,a,
            c,"35.0,139.005",
            "35,139.0",c,80000
            "35,139.0",a,0
            "35,139.0","35.0,139.005",30000
            x,c,
            x,a,
            x,"35.0,139.005",

            """,
            output
        );
    }

    [Theory]
    [InlineData("a\nnowhere\n", 2)]
    [InlineData("35,139\n95,139\n", 2)]
    [InlineData("35,139,7\n", 1)]
    public async Task An_unknown_place_is_named_with_its_line_and_nothing_is_printed(
        string sources,
        int line
    )
    {
        string roads = await BuildAsync("id,lat,lon\na,35,139\n", "from,to,seconds\n");
        Write("sources.txt", sources);
        Write("targets.txt", "a\n");
        (int exit, string output, string errors) = await MinaProcess.RunAsync(
            "roads",
            "matrix",
            "--roads",
            roads,
            "--sources",
            _directory.In("sources.txt"),
            "--targets",
            _directory.In("targets.txt")
        );
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains($"sources.txt:{line}:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_far_from_any_road_is_guessed_and_said_to_be_guessed()
    {
        string roads = await BuildAsync(
            "id,lat,lon\na,35,139\nb,35,139.01\n",
            "from,to,seconds\na,b,60\n"
        );
        Write("places.txt", "36,139\n");
        Write("targets.txt", "b\n");
        (int exit, string output, string errors) = await MinaProcess.RunAsync(
            "roads",
            "matrix",
            "--roads",
            roads,
            "--sources",
            _directory.In("places.txt"),
            "--targets",
            _directory.In("targets.txt")
        );
        Assert.Equal(0, exit);
        Assert.Matches("\"36,139\",b,[1-9][0-9]+\n", output);
        Assert.Contains("STRAIGHT_LINE", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_roads_are_named_with_file_and_line_and_leave_no_file()
    {
        Write("nodes.csv", "id,lat,lon\na,35,139\n");
        Write("edges.csv", "from,to,seconds\na,a,86400.1\n");
        (int exit, string output, string errors) = await MinaProcess.RunAsync(
            "roads",
            "build",
            "--in",
            _directory.Path,
            "--out",
            _directory.In("city.roads")
        );
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("edges.csv:2:", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.In("city.roads")));
    }

    [Fact]
    public async Task Bench_finds_every_time_equal_and_info_finds_every_section_whole()
    {
        string roads = _directory.In("tachikawa.roads");
        string source = Path.Combine(MinaProcess.Root, "samples", "tachikawa", "roads");
        Assert.Equal(
            0,
            (await MinaProcess.RunAsync("roads", "build", "--in", source, "--out", roads)).Exit
        );
        (int exit, string output, _) = await MinaProcess.RunAsync(
            "roads",
            "bench",
            "--roads",
            roads,
            "--units",
            "20",
            "--queries",
            "30",
            "--json"
        );
        JsonElement bench = JsonDocument.Parse(output).RootElement;
        Assert.Equal(0, exit);
        Assert.Equal(600, bench.GetProperty("equal").GetInt64());
        Assert.Equal(0, bench.GetProperty("unequal").GetInt64());
        foreach (
            string figure in new[]
            {
                "cch_p50_us",
                "cch_p99_us",
                "moving_p50_us",
                "dijkstra_p50_us",
                "dijkstra_p99_us",
                "labels_us_p50",
            }
        )
        {
            Assert.True(bench.GetProperty(figure).GetDouble() > 0, figure);
        }

        (exit, output, _) = await MinaProcess.RunAsync(
            "roads",
            "info",
            "--roads",
            roads,
            "--verify",
            "--json"
        );
        JsonElement info = JsonDocument.Parse(output).RootElement;
        Assert.Equal(0, exit);
        Assert.True(info.GetProperty("whole").GetBoolean());
        Assert.Equal(4_106, info.GetProperty("nodes").GetInt32());
        Assert.Contains(
            "OpenStreetMap",
            info.GetProperty("attribution").GetString(),
            StringComparison.Ordinal
        );

        byte[] bytes = await File.ReadAllBytesAsync(roads);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(roads, bytes);
        (exit, output, _) = await MinaProcess.RunAsync(
            "roads",
            "info",
            "--roads",
            roads,
            "--verify"
        );
        Assert.Equal(1, exit);
        Assert.Contains("damaged", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_isochrone_is_GeoJSON_that_grows_with_its_minutes()
    {
        string source = Path.Combine(MinaProcess.Root, "samples", "tachikawa", "roads");
        double[] areas = [await AreaAsync(source, "2"), await AreaAsync(source, "4")];
        Assert.InRange(areas[0], 1e-6, areas[1] / 2);
    }

    [Theory]
    [InlineData("2026-04-01T17:00", "weekday-16")]
    [InlineData("2026-04-01T17:00:00+09:00", "weekday-16")]
    [InlineData("2026-04-01T17:00:00Z", "weekday-00")]
    [InlineData("2026-04-04", "weekend-00")]
    public async Task A_moment_without_an_offset_is_told_by_the_clocks_of_the_roads(
        string at,
        string part
    )
    {
        string source = Path.Combine(MinaProcess.Root, "samples", "tachikawa", "roads");
        (int exit, string output, string errors) = await MinaProcess.RunAsync(
            "roads",
            "bench",
            "--roads",
            source,
            "--units",
            "1",
            "--queries",
            "1",
            "--at",
            at
        );
        Assert.True(exit == 0, errors);
        Assert.Contains($"/emergency/{part}/clear", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("matrix --roads R --at yesterday")]
    [InlineData("matrix --roads R")]
    [InlineData("isochrone --roads R --from here --minutes 3")]
    [InlineData("isochrone --roads R --from 35,139 --minutes 0")]
    [InlineData("bench --roads R --units 0")]
    [InlineData("matrix --roads R --sources S --targets T --engine fast")]
    [InlineData("info --roads nothing-there.roads")]
    public async Task Wrong_words_and_missing_files_end_with_2(string words) =>
        Assert.Equal(2, (await MinaProcess.RunAsync(["roads", .. words.Split(' ')])).Exit);

    private static async Task<double> AreaAsync(string roads, string minutes)
    {
        (int exit, string output, _) = await MinaProcess.RunAsync(
            "roads",
            "isochrone",
            "--roads",
            roads,
            "--from",
            "35.7005,139.4157",
            "--minutes",
            minutes
        );
        Assert.Equal(0, exit);
        JsonElement collection = JsonDocument.Parse(output).RootElement;
        Assert.Equal("FeatureCollection", collection.GetProperty("type").GetString());
        JsonElement[] features = [.. collection.GetProperty("features").EnumerateArray()];
        Assert.Equal(["MultiPolygon", "MultiLineString"], features.Select(TypeOf));
        return features[0]
            .GetProperty("geometry")
            .GetProperty("coordinates")
            .EnumerateArray()
            .Sum(polygon => polygon.EnumerateArray().Sum(Area));
    }

    private static string? TypeOf(JsonElement feature) =>
        feature.GetProperty("geometry").GetProperty("type").GetString();

    /// <summary>In square degrees, positive where the ring runs against the clock, as RFC 7946 wants the outer one.</summary>
    private static double Area(JsonElement ring)
    {
        (double X, double Y)[] points =
        [
            .. ring.EnumerateArray().Select(at => (at[0].GetDouble(), at[1].GetDouble())),
        ];
        Assert.Equal(points[0], points[^1]);
        return points.Zip(points.Skip(1), (a, b) => ((a.X * b.Y) - (b.X * a.Y)) / 2).Sum();
    }

    private async Task<string> BuildAsync(string nodes, string edges)
    {
        Write("nodes.csv", nodes);
        Write("edges.csv", edges);
        string roads = _directory.In("city.roads");
        (int exit, _, string errors) = await MinaProcess.RunAsync(
            "roads",
            "build",
            "--in",
            _directory.Path,
            "--out",
            roads
        );
        Assert.True(exit == 0, errors);
        return roads;
    }

    private void Write(string name, string text) => File.WriteAllText(_directory.In(name), text);
}
