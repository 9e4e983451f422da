using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Import.Osm;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>Two whole extracts. NodesRead, WaysRead and RelationsRead are what <c>osmium fileinfo -e</c> says.</summary>
/// <remarks>
/// The other counts were confirmed by a second count in another language over what <c>osmium tags-filter</c> writes as text for
/// <c>w/highway</c>, <c>n/barrier</c> and <c>r/type=restriction</c>.
/// </remarks>
public class ExtractTests
{
    private static readonly Lazy<ImportedTown> Malta = new(() => Read("malta"));
    private static readonly Lazy<ImportedTown> Milan = new(() => Read("milan_small"));

    [Fact]
    public void Malta_is_read_whole()
    {
        OsmImportReport report = Malta.Value.Report;
        Assert.Equal(
            (252_937, 40_028, 527),
            (report.NodesRead, report.WaysRead, report.RelationsRead)
        );
        Assert.Equal((15_066, 637), (report.DrivableWays, report.Areas));
        Assert.Equal((24_094, 97, 291), (report.Nodes, report.RingsCut, report.Barriers));
        Assert.Equal((181, 0), (report.Restrictions.Count, report.RestrictionsLeftOut));
        Assert.Equal((0, 0), (report.MissingNodes, report.UnreadableMaxSpeeds));
        Assert.Equal(
            new OsmHeader(
                "Osmium (http://wiki.openstreetmap.org/wiki/Osmium)",
                "",
                new DateTimeOffset(2016, 11, 9, 20, 28, 2, TimeSpan.Zero),
                new GeoBounds(new GeoPoint(35.77776, 14.0988), new GeoPoint(36.11909, 14.61755))
            ),
            report.Header
        );
    }

    [Fact]
    public void Milan_is_read_whole()
    {
        OsmImportReport report = Milan.Value.Report;
        Assert.Equal(
            (262_352, 69_043, 2_350),
            (report.NodesRead, report.WaysRead, report.RelationsRead)
        );
        Assert.Equal((45_174, 519), (report.DrivableWays, report.Areas));
        Assert.Equal((46_449, 138, 1_148), (report.Nodes, report.RingsCut, report.Barriers));
        Assert.Equal((1_274, 23), (report.Restrictions.Count, report.RestrictionsLeftOut));
        Assert.Equal((0, 0), (report.MissingNodes, report.UnreadableMaxSpeeds));
        Assert.Equal("0.43.1", report.Header.WritingProgram);
        Assert.Null(report.Header.DataOf);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_edge_has_a_way_a_length_and_somebody_who_drives_it(bool isMilan)
    {
        ImportedTown town = isMilan ? Milan.Value : Malta.Value;
        RoadGraph graph = town.Graph;
        Assert.Equal(town.Report.EdgeRows, town.Report.WayOfEdgeRow.Count);
        // Too narrow or too low in two directions, of several pieces each; all others are driven by somebody.
        int undriven = Enumerable
            .Range(0, graph.EdgeCount)
            .Count(edge =>
                town.Ordinary.Milliseconds[edge] == EdgeWeights.Infinity
                && town.Emergency.Milliseconds[edge] == EdgeWeights.Infinity
            );
        Assert.InRange(undriven, 2, 20 * (town.Report.TooNarrow + town.Report.TooLow));
        Assert.InRange(
            town.Roads.Report.Edges,
            (int)(0.99 * town.Report.EdgeRows),
            town.Report.EdgeRows
        );
        for (int edge = 0; edge < graph.EdgeCount; edge++)
        {
            // No class is driven faster than a motorway with lights and siren.
            double kmh = graph.LengthMeters[edge] * 3_600 / town.Emergency.Milliseconds[edge];
            Assert.True(kmh < 81 || graph.LengthMeters[edge] < 10, $"edge {edge}: {kmh} km/h");
            Assert.Equal(Polylines.LengthMeters(graph.Line(edge)), graph.LengthMeters[edge], 1e-6);
        }
    }

    [Theory]
    [InlineData(false, 0.87)]
    [InlineData(true, 0.97)]
    public void Nearly_all_of_the_streets_hang_together(bool isMilan, double leastShare)
    {
        // Malta is two islands that ferries join.
        ImportReport report = (isMilan ? Milan.Value : Malta.Value).Roads.Report;
        Assert.InRange((double)report.LargestComponentNodes / report.Nodes, leastShare, 1);
    }

    private static ImportedTown Read(string name)
    {
        string file = Path.Combine(AppContext.BaseDirectory, "data", "roads", $"{name}.osm.pbf");
        using FileStream stream = File.OpenRead(file);
        return ImportedTown.Read(stream, file);
    }
}
