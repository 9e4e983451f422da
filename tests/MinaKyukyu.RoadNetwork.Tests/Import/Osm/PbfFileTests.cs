using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Import.Osm;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>Every form of the container and its blocks that a writer may choose.</summary>
public class PbfFileTests
{
    private static readonly string[] Features = ["OsmSchema-V0.6", "DenseNodes"];

    private static OsmTown Town =>
        OsmTown
            .Draw("a b c")
            .Tag('b', "barrier=bollard", "bollard=removable")
            .Way("abc", "highway=residential", "name=芋窪街道");

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Dense_and_plain_nodes_and_zipped_and_raw_blobs_read_the_same(
        bool isDense,
        bool isZipped
    )
    {
        ImportedTown town = ImportedTown.Read(Town.ToPbf(isDense, isZipped));
        Assert.Equal(new GeoPoint(35.7, 139.4), Place(town, "a"));
        Assert.Equal(new GeoPoint(35.7, 139.4018), Place(town, "c"));
        Assert.Equal("car –, ambulance ⇄", town.Between("a", "c"));
        Assert.Equal("芋窪街道", town.Graph.StreetName(town.Edge("a", "b")));
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1_000, 0, 0)]
    [InlineData(100, 35_000_000_000, 139_000_000_000)]
    [InlineData(100, -1_000, 2_000)]
    public void Places_come_out_exactly_whatever_the_scale(
        int granularity,
        long latitudeOffset,
        long longitudeOffset
    )
    {
        var writer = new PbfWriter
        {
            Granularity = granularity,
            LatitudeOffset = latitudeOffset,
            LongitudeOffset = longitudeOffset,
        };
        ImportedTown town = ImportedTown.Read(Town.ToPbf(writer));
        Assert.Equal(new GeoPoint(35.7, 139.4018), Place(town, "c"));
    }

    [Fact]
    public void The_header_tells_program_source_moment_and_bounds()
    {
        byte[] box = PbfWriter.Message(bounds =>
        {
            PbfWriter.Zigzag(bounds, 1, 139_400_000_000);
            PbfWriter.Zigzag(bounds, 2, 139_500_000_000);
            PbfWriter.Zigzag(bounds, 3, 35_800_000_000);
            PbfWriter.Zigzag(bounds, 4, 35_700_000_000);
        });
        OsmHeader header = Read(
            new PbfWriter().Header(
                more =>
                {
                    PbfWriter.Bytes(more, 1, box);
                    PbfWriter.Bytes(more, 16, "osmium"u8.ToArray());
                    PbfWriter.Bytes(more, 17, "a survey"u8.ToArray());
                    PbfWriter.Number(more, 32, 1_700_000_000);
                },
                Features
            )
        );
        Assert.Equal(
            new OsmHeader(
                "osmium",
                "a survey",
                new DateTimeOffset(2023, 11, 14, 22, 13, 20, TimeSpan.Zero),
                new GeoBounds(new GeoPoint(35.7, 139.4), new GeoPoint(35.8, 139.5))
            ),
            header
        );
    }

    [Fact]
    public void What_a_header_does_not_tell_is_not_known() =>
        Assert.Equal(new OsmHeader("", "", null, null), Read(new PbfWriter().Header(Features)));

    [Fact]
    public void Kinds_of_blobs_that_nobody_knows_are_passed_over()
    {
        OsmHeader header = Read(
            new PbfWriter().Header(Features).Blob("SomebodysIndex", [1, 2, 3, 4])
        );
        Assert.Equal("", header.WritingProgram);
    }

    [Fact]
    public void Reading_begins_where_the_stream_stands_and_tells_how_far_it_is()
    {
        byte[] file = Town.ToPbf();
        using var stream = new MemoryStream([0xFF, 0xFF, .. file]);
        stream.Position = 2;
        var told = new List<RoadBuildProgress>();
        var builder = new RoadGraphBuilder();
        OsmImport.Read(stream, "town", builder, DrivingRules.JapaneseAmbulance, told.Add);
        Assert.Equal(["ways", "nodes", "edges"], told.Select(step => step.Stage).Distinct());
        Assert.All(told, step => Assert.Equal(file.Length, step.Total));
        Assert.All(
            told.GroupBy(step => step.Stage),
            stage => Assert.Equal(file.Length, stage.Max(step => step.Done))
        );
    }

    [Fact]
    public void An_import_that_is_stopped_ends()
    {
        using var stream = new MemoryStream(Town.ToPbf());
        Assert.Throws<OperationCanceledException>(() =>
            OsmImport.Read(
                stream,
                "town",
                new RoadGraphBuilder(),
                DrivingRules.JapaneseAmbulance,
                stop: new CancellationToken(canceled: true)
            )
        );
    }

    [Fact]
    public void A_stream_that_cannot_be_set_back_is_a_mistake_of_the_caller()
    {
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        Assert.Throws<ArgumentException>(() => new OsmPbfFile(pipe, "pipe"));
    }

    private static OsmHeader Read(PbfWriter writer)
    {
        using var stream = new MemoryStream(writer.ToArray());
        return new OsmPbfFile(stream, "town").Read(new Nobody());
    }

    private static GeoPoint Place(ImportedTown town, string letter) =>
        town.Graph.PlaceOf(town.Graph.FindNode(OsmTown.Name(letter))!.Value);
}

/// <summary>Takes everything, looks at its tags and keeps nothing.</summary>
internal sealed class Nobody : IOsmElements
{
    public bool WantsNodes { get; init; } = true;

    public bool Wants(long node) => true;

    public void Node(long id, double latitude, double longitude, OsmTags tags) =>
        tags.Find("nothing");

    public void Way(long id, IReadOnlyList<long> nodes, OsmTags tags) => tags.Find("nothing");

    public void Relation(long id, IReadOnlyList<OsmMember> members, OsmTags tags) =>
        tags.Find("nothing");
}
