using System.Text;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Import.Osm;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>Everything that an OpenStreetMap file may not be, each with the file and the reason.</summary>
public class RefusedPbfTests
{
    private static readonly string[] Features = ["OsmSchema-V0.6", "DenseNodes"];

    [Theory]
    [InlineData("<?xml version='1.0'?><osm/>", "no blob begins here")]
    [InlineData("id,lat,lon\n1,2,3\n", "no blob begins here")]
    [InlineData("\0\0\0", "no blob begins here")]
    [InlineData("\0\0\0\0", "no blob begins here")]
    [InlineData("\0\u0001\0\u0001", "no blob begins here")]
    [InlineData("\0\0\0\u0005abc", "the file ends inside it")]
    public void A_foreign_file_is_refused(string text, string reason) =>
        Assert.Equal(Sentence(0, reason), Refusal(Encoding.Latin1.GetBytes(text)).Reason);

    [Fact]
    public void An_empty_file_is_refused() => Assert.Equal("the file is empty", Refusal([]).Reason);

    [Fact]
    public void A_file_without_a_road_is_refused()
    {
        RoadFileException refusal = Refusal(
            OsmTown.Draw("a b").Way("ab", "waterway=river").ToPbf()
        );
        Assert.Equal("there is no road that anybody may drive", refusal.Reason);
        Assert.Equal(("town.osm.pbf", 0), (refusal.File, refusal.Line));
    }

    [Fact]
    public void A_feature_that_this_reader_lacks_is_named() =>
        Assert.Equal(
            Sentence(0, "it needs a reader that knows 'HistoricalInformation'"),
            Refusal(new PbfWriter().Header([.. Features, "HistoricalInformation"])).Reason
        );

    [Fact]
    public void Data_before_the_header_and_a_second_header_are_refused()
    {
        var writer = new PbfWriter();
        Assert.Equal(
            Sentence(0, "an OpenStreetMap file begins with its header"),
            Refusal(writer.Block(writer.Ways())).Reason
        );
        Assert.EndsWith(
            "a second file begins here",
            Refusal(new PbfWriter().Header(Features).Header(Features)).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_blob_is_named_by_its_first_byte()
    {
        int header = new PbfWriter().Header(Features).ToArray().Length;
        Assert.Equal(
            Sentence(header, "its fields cannot be told apart"),
            Refusal(new PbfWriter().Header(Features).Blob("OSMData", [0x0A, 0x7F])).Reason
        );
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(7)]
    public void Other_compressions_than_zlib_are_refused(int field) =>
        AssertRefused(
            "it is compressed otherwise than with zlib",
            PbfWriter.Message(blob => PbfWriter.Bytes(blob, field, [1, 2, 3]))
        );

    [Fact]
    public void Sizes_beyond_the_format_are_refused_before_anything_is_read()
    {
        var tooLong = new PbfWriter().Raw("OSMHeader", [], claimedLength: (32 * 1024 * 1024) + 1);
        Assert.Equal(
            Sentence(0, "its header has no type or no possible size"),
            Refusal(tooLong).Reason
        );
        var ended = new PbfWriter().Raw("OSMHeader", [1], claimedLength: 32 * 1024 * 1024);
        Assert.Equal(Sentence(0, "the file ends inside it"), Refusal(ended).Reason);
    }

    [Theory]
    [InlineData((64 * 1024 * 1024) + 1, "its inflated size is not said or not possible")]
    [InlineData(-1, "its inflated size is not said or not possible")]
    [InlineData(64 * 1024 * 1024, "it is not as long as it says")]
    [InlineData(3, "it is not as long as it says")]
    public void A_blob_that_is_not_as_long_as_it_says_is_refused(int claimed, string reason)
    {
        RoadFileException refusal = Refusal(
            new PbfWriter().Header(Features).Blob("OSMData", [0x88, 0x01, 0x64, 0x88], claimed)
        );
        Assert.EndsWith(reason, refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it must have content in one form")]
    [InlineData("0A 00 1A 00", "it must have content in one form")]
    [InlineData("1A 02 78 9C", "its inflated size is not said or not possible")]
    [InlineData("10 05 1A 02 00 00", "it cannot be inflated")]
    [InlineData("08 05", "field 1 is not of the kind it should be")]
    [InlineData("00 00", "its fields cannot be told apart")]
    public void A_blob_without_proper_content_is_refused(string bytes, string reason) =>
        AssertRefused(reason, Bytes(bytes));

    // A block as bytes: 0A text table, 12 group; in a group 1A is a way, 22 a relation.
    [Theory]
    [InlineData(
        "0A 02 0A 00 12 0A 1A 08 08 01 12 01 00 1A 01 05",
        "it names a text that is not there"
    )]
    [InlineData("0A 02 0A 00 12 08 1A 06 08 01 12 02 00 00", "its fields cannot be told apart")]
    [InlineData(
        "0A 02 0A 00 12 07 1A 05 08 01 1A 01 00",
        "its keys and values are not of one number"
    )]
    [InlineData("0A 02 0A 00 12 06 1A 04 08 01 40 02", "field 8 is not packed")]
    [InlineData("0A 02 0A 00 12 06 1A 04 08 01 08 02", "field 1 stands there twice")]
    [InlineData("0A 02 0A 00 12 04 1A 02 12 00", "field 1 is missing or no number")]
    [InlineData("0A 03 0A 01 FF 12 0A 1A 08 08 01 12 01 00 1A 01 00", "a text is not UTF-8")]
    [InlineData(
        "0A 02 0A 00 12 0D 22 0B 08 01 42 01 00 4A 00 52 02 00 00",
        "its members, roles and kinds are not of one number"
    )]
    [InlineData("12 01 0B", "its fields cannot be told apart")]
    public void Ways_and_relations_that_do_not_fit_together_are_refused(
        string bytes,
        string reason
    ) => AssertRefused(reason, Bytes(bytes), wrap: true);

    // In a group 0A is a node, 12 a bunch of dense nodes.
    [Theory]
    [InlineData("12 0B 12 09 0A 01 02 42 01 02 4A 01", "its fields cannot be told apart")]
    [InlineData(
        "12 0C 12 0A 0A 01 02 42 02 02 02 4A 01 02",
        "its nodes, places and tags are not of one number"
    )]
    [InlineData("12 05 12 03 0A 01 02", "its fields cannot be told apart")]
    [InlineData(
        "12 10 0A 0E 08 02 40 80 A0 AF C6 F8 BB 01 48 02",
        "its fields cannot be told apart"
    )]
    [InlineData("12 04 0A 02 08 02", "field 8 is missing or no number")]
    public void Nodes_that_do_not_fit_together_are_refused(string bytes, string reason) =>
        AssertRefused(reason, Bytes(bytes), wrap: true, wantsNodes: true);

    [Fact]
    public void A_place_outside_the_earth_is_refused_by_its_node()
    {
        var writer = new PbfWriter();
        writer
            .Header(Features)
            .Block(writer.DenseNodes([new OsmNode(1, 35, 139), new OsmNode(2, 91, 139)]))
            .Block(writer.Ways(new OsmWay(7, [1, 2], "highway=service")));
        Assert.EndsWith(
            "node 2 lies outside ±90 and ±180 degrees",
            Refusal(writer).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_road_around_half_of_the_earth_is_refused_by_its_way()
    {
        var writer = new PbfWriter();
        writer
            .Header(Features)
            .Block(writer.DenseNodes([new OsmNode(1, 35, 0), new OsmNode(2, -35, 179)]))
            .Block(writer.Ways(new OsmWay(7, [1, 2], "highway=service")));
        Assert.Equal("a part of way 7 takes more than 86,400 s", Refusal(writer).Reason);
    }

    [Fact]
    public void A_way_of_more_nodes_than_any_has_is_refused()
    {
        var writer = new PbfWriter();
        writer
            .Header(Features)
            .Block(writer.Ways(new OsmWay(7, new long[100_001], "highway=service")));
        Assert.EndsWith(
            "a way or a relation has too many parts",
            Refusal(writer).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void More_texts_than_any_block_has_are_refused()
    {
        byte[] table = [.. Enumerable.Range(0, 1_000_001).SelectMany(_ => new byte[] { 0x0A, 0 })];
        AssertRefused(
            "it has too many texts",
            PbfWriter.Message(block => PbfWriter.Bytes(block, 1, table)),
            wrap: true
        );
    }

    private static void AssertRefused(
        string reason,
        byte[] bytes,
        bool wrap = false,
        bool wantsNodes = false
    )
    {
        PbfWriter writer = new PbfWriter { IsZipped = false }.Header(Features);
        int offset = writer.ToArray().Length;
        writer = wrap ? writer.Blob("OSMData", bytes) : writer.Raw("OSMData", bytes);
        using var stream = new MemoryStream(writer.ToArray());
        var file = new OsmPbfFile(stream, "town");
        RoadFileException refusal = Assert.Throws<RoadFileException>(() =>
            file.Read(new Nobody { WantsNodes = wantsNodes })
        );
        Assert.Equal(Sentence(offset, reason), refusal.Reason);
    }

    private static string Sentence(int offset, string reason) =>
        $"the blob at byte {offset} of this OpenStreetMap PBF file cannot be used: {reason}";

    private static RoadFileException Refusal(PbfWriter writer) => Refusal(writer.ToArray());

    private static RoadFileException Refusal(byte[] file) =>
        Assert.Throws<RoadFileException>(() => ImportedTown.Read(file));

    private static byte[] Bytes(string text) =>
        Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
