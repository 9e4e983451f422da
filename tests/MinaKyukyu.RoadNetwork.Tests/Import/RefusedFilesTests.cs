using System.IO.Compression;
using System.Text;
using MinaKyukyu.RoadNetwork.Import;

namespace MinaKyukyu.RoadNetwork.Tests.Import;

/// <summary>Everything that a road file may not say, each with the file, the line and the reason.</summary>
public sealed class RefusedFilesTests : IDisposable
{
    private const string Nodes = "id,lat,lon\na,35.7,139.4\nb,35.71,139.41\n";
    private const string Edges = "from,to,seconds\na,b,60\n";
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("roads-");

    [Theory]
    [InlineData("id,lat\na,35.7\n", 1, "there is no column lon")]
    [InlineData("name,lat,lon\na,35.7,139.4\n", 1, "there is no column id or osm_node_id")]
    [InlineData("", 1, "the file is empty")]
    [InlineData("id,lat,lon\n", 1, "there is no node")]
    [InlineData("id,lat,lon\na,35.7,139.4\n,35.7,139.4\n", 3, "the node has no id")]
    [InlineData("id,lat,lon\na,35.7,139.4\na,35.8,139.4\n", 3, "node a stands in the file twice")]
    [InlineData("id,lat,lon\n\na,north,139.4\n", 3, "lat 'north' is not a number")]
    [InlineData("id,lat,lon\na,35.7\n", 2, "lon is empty")]
    [InlineData("id,lat,lon\na,NaN,139.4\n", 2, "lat 'NaN' is not a number")]
    [InlineData("id,lat,lon\na,139.4,35.7\n", 2, "the place lies outside ±90 and ±180 degrees")]
    [InlineData("id,lat,lon\na,35.7,139.4\n\"b,35.7,139.4\n", 3, "the row is not proper CSV")]
    public void Nodes_that_cannot_be_used_are_refused(string nodes, int line, string reason)
    {
        RoadFileException refusal = Refusal(nodes, Edges);
        Assert.Equal(("the nodes", line, reason), (refusal.File, refusal.Line, refusal.Reason));
        Assert.Equal($"the nodes:{line}: {reason}", refusal.Message);
    }

    [Theory]
    [InlineData("to,seconds\nb,60\n", 1, "there is no column from")]
    [InlineData("from,seconds\na,60\n", 1, "there is no column to")]
    [InlineData("from,to\na,b\n", 1, "there is no column seconds or length_m")]
    [InlineData("from,to,length_m\na,b,100\n", 1, "there is no column highway")]
    [InlineData("from,to,seconds\na,b,60\na,c,60\n", 3, "to names an unknown node 'c'")]
    [InlineData("from,to,seconds\nc,b,60\n", 2, "from names an unknown node 'c'")]
    [InlineData("from,to,seconds\na,b,60\nb,a,-1\n", 3, "seconds is negative")]
    [InlineData("from,to,seconds\na,b,-0.0001\n", 2, "seconds is negative")]
    [InlineData("from,to,seconds\na,b,NaN\n", 2, "seconds 'NaN' is not a number")]
    [InlineData("from,to,seconds\na,b,Infinity\n", 2, "seconds 'Infinity' is not a number")]
    [InlineData("from,to,seconds\na,b,1e999\n", 2, "seconds '1e999' is not a number")]
    [InlineData("from,to,seconds\na,b,soon\n", 2, "seconds 'soon' is not a number")]
    [InlineData("from,to,seconds\na,b\n", 2, "seconds is empty")]
    [InlineData("from,to,seconds\na,b,86400.001\n", 2, "the edge takes more than 86,400 s")]
    [InlineData("from,to,length_m,highway\na,b,NaN,primary\n", 2, "length_m 'NaN' is not a number")]
    [InlineData("from,to,length_m,highway\na,b,-5,primary\n", 2, "length_m is negative")]
    [InlineData("from,to,length_m,highway\na,b,,primary\n", 2, "length_m is empty")]
    [InlineData(
        "from,to,length_m,highway\na,b,90000000,primary\n",
        2,
        "the edge takes more than 86,400 s"
    )]
    [InlineData(
        "from,to,seconds,geometry_wkt\na,b,1,LINESTRING (139.4\n",
        2,
        "geometry_wkt cannot be read"
    )]
    [InlineData(
        "from,to,seconds,geometry_wkt\na,b,1,POINT (139.4 35.7)\n",
        2,
        "geometry_wkt is not a line of lon lat"
    )]
    [InlineData(
        "from,to,seconds,geometry_wkt\na,b,1,\"LINESTRING (35.7 139.4, 35.71 139.41)\"\n",
        2,
        "geometry_wkt is not a line of lon lat"
    )]
    public void Edges_that_cannot_be_used_are_refused(string edges, int line, string reason)
    {
        RoadFileException refusal = Refusal(Nodes, edges);
        Assert.Equal(("the edges", line, reason), (refusal.File, refusal.Line, refusal.Reason));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Write("nodes.csv", Nodes);
        RoadFileException refusal = Assert.Throws<RoadFileException>(() =>
            RoadNetworkLoader.Load(_directory.FullName)
        );
        Assert.EndsWith("edges.csv", refusal.File, StringComparison.Ordinal);
        Assert.Equal("there is no such file, nor one with .gz", refusal.Reason);
    }

    [Fact]
    public void A_file_that_is_there_plain_and_compressed_is_refused()
    {
        Write("nodes.csv", Nodes);
        WriteCompressed("nodes.csv.gz", Nodes);
        Write("edges.csv", Edges);
        RoadFileException refusal = Assert.Throws<RoadFileException>(() =>
            RoadNetworkLoader.Load(_directory.FullName)
        );
        Assert.EndsWith("nodes.csv", refusal.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_and_compressed_files_read_the_same()
    {
        Write("nodes.csv", Nodes);
        WriteCompressed("edges.csv.gz", Edges);
        Assert.Equal(1, RoadNetworkLoader.Load(_directory.FullName).Graph.EdgeCount);
    }

    [Fact]
    public void A_damaged_archive_is_refused_by_name()
    {
        Write("nodes.csv", Nodes);
        byte[] whole = Compressed(
            Edges
                + string.Concat(Enumerable.Range(0, 5_000).Select(n => $"a,b,{n}.{n * n % 997}\n"))
        );
        File.WriteAllBytes(Path.Combine(_directory.FullName, "edges.csv.gz"), Damaged(whole));
        RoadFileException refusal = Assert.Throws<RoadFileException>(() =>
            RoadNetworkLoader.Load(_directory.FullName)
        );
        Assert.EndsWith("edges.csv.gz", refusal.File, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(_directory.FullName, "edges.csv.gz"), Edges);
        refusal = Assert.Throws<RoadFileException>(() =>
            RoadNetworkLoader.Load(_directory.FullName)
        );
        Assert.Equal("the bytes are damaged or not UTF-8", refusal.Reason);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_instead_of_becoming_question_marks()
    {
        Write("nodes.csv", Nodes);
        byte[] shiftJis =
        [
            .. Encoding.ASCII.GetBytes("from,to,seconds,name\na,b,60,"),
            0x90,
            0xC2,
            0x94,
            0xF6,
        ];
        File.WriteAllBytes(Path.Combine(_directory.FullName, "edges.csv"), shiftJis);
        RoadFileException refusal = Assert.Throws<RoadFileException>(() =>
            RoadNetworkLoader.Load(_directory.FullName)
        );
        Assert.Equal("the bytes are damaged or not UTF-8", refusal.Reason);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static RoadFileException Refusal(string nodes, string edges) =>
        Assert.Throws<RoadFileException>(() =>
            RoadNetworkLoader.Read(
                new StringReader(nodes),
                "the nodes",
                new StringReader(edges),
                "the edges"
            )
        );

    private void Write(string name, string text) =>
        File.WriteAllText(Path.Combine(_directory.FullName, name), text);

    private void WriteCompressed(string name, string text) =>
        File.WriteAllBytes(Path.Combine(_directory.FullName, name), Compressed(text));

    private static byte[] Compressed(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionMode.Compress))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static byte[] Damaged(byte[] whole)
    {
        for (int i = whole.Length / 2; i < (whole.Length / 2) + 64; i++)
        {
            whole[i] ^= 0xFF;
        }

        return whole;
    }
}
