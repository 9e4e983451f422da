using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Import;

namespace MinaKyukyu.RoadNetwork.Tests.Import;

/// <summary>The road tables of JEMSS: several tables a file, times in days, whole numbers written <c>1.0</c>.</summary>
public sealed class JemssTests : IDisposable
{
    private const string Nodes =
        "nodes,,,\nindex,x,y,offRoadAccess,\n1.0,139,35,1.0\n2.0,139.01,35,0.0\n";

    // A thousandth of a day with lights and siren, two without.
    private const string Arcs =
        "miscData,,\narcForm,numModes,\ndirected,2,\n,,\narcs,,\nindex,fromNode,toNode,distance,mode_1,mode_2,\n1.0,1.0,2.0,0.9,0.001,0.002\n";

    private readonly string _directory = Directory.CreateTempSubdirectory("jemss-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Days_become_milliseconds_and_each_mode_has_its_own()
    {
        RoadMap roads = Load(Nodes, Arcs);
        Assert.Equal(86_400, roads.Weights(DrivingProfile.Emergency).Milliseconds[0]);
        Assert.Equal(172_800, roads.Weights(DrivingProfile.Ordinary).Milliseconds[0]);
        Assert.Equal(900, roads.Graph.LengthMeters[0], 6);
        Assert.Equal("2", roads.Graph.NodeName(1));
    }

    [Theory]
    [InlineData("2.0,139.01", "1.0,139.01", "nodes.csv", 4, "node 1 stands in the file twice")]
    [InlineData(
        "139.01,35",
        "139.01,95",
        "nodes.csv",
        4,
        "the place lies outside ±90 and ±180 degrees"
    )]
    [InlineData(
        "2.0,139.01",
        "1.5,139.01",
        "nodes.csv",
        4,
        "index '1.5' is not a whole number from 1"
    )]
    [InlineData("index,x,y", "index,x,z", "nodes.csv", 2, "there is no column y")]
    [InlineData("1.0,1.0,2.0", "1.0,1.0,3.0", "arcs.csv", 7, "toNode names an unknown node '3'")]
    [InlineData("0.001,0.002", "-0.001,0.002", "arcs.csv", 7, "mode_1 is negative")]
    [InlineData("0.001,0.002", "0.001,1.1", "arcs.csv", 7, "the edge takes more than 86,400 s")]
    [InlineData("0.001,0.002", "0.001,NaN", "arcs.csv", 7, "mode_2 'NaN' is not a number")]
    [InlineData("0.001,0.002", "0.001", "arcs.csv", 7, "mode_2 is empty")]
    [InlineData("2.0,0.9", "2.0,-0.9", "arcs.csv", 7, "distance is negative")]
    [InlineData(
        "directed,2",
        "undirected,2",
        "arcs.csv",
        3,
        "only directed arcs with two modes are read"
    )]
    [InlineData("miscData", "streets", "arcs.csv", 1, "the table miscData does not begin here")]
    public void What_cannot_be_used_is_refused_with_file_and_line(
        string from,
        string to,
        string file,
        int line,
        string reason
    )
    {
        Assert.True(
            Nodes.Contains(from, StringComparison.Ordinal)
                || Arcs.Contains(from, StringComparison.Ordinal)
        );
        var refused = Assert.Throws<RoadFileException>(() =>
            Load(
                Nodes.Replace(from, to, StringComparison.Ordinal),
                Arcs.Replace(from, to, StringComparison.Ordinal)
            )
        );
        Assert.Equal(
            (file, line, reason),
            (Path.GetFileName(refused.File), refused.Line, refused.Reason)
        );
    }

    [Fact]
    public void A_file_without_line_ends_is_refused_before_it_fills_the_memory()
    {
        var refused = Assert.Throws<RoadFileException>(() =>
            Load(Nodes + new string('1', 20_000), Arcs)
        );
        Assert.Equal(5, refused.Line);
        Assert.Contains("longer than", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_attribution_is_a_few_lines_and_no_book()
    {
        File.WriteAllText(Path.Combine(_directory, "attribution.txt"), new string('a', 1_000));
        Assert.Equal(1_000, Load(Nodes, Arcs).Attribution.Length);
        File.WriteAllText(Path.Combine(_directory, "attribution.txt"), new string('a', 1_001));
        Assert.Throws<RoadFileException>(() => Load(Nodes, Arcs));
    }

    private RoadMap Load(string nodes, string arcs)
    {
        File.WriteAllText(Path.Combine(_directory, "nodes.csv"), nodes);
        File.WriteAllText(Path.Combine(_directory, "arcs.csv"), arcs);
        return RoadNetworkLoader.Load(_directory);
    }
}
