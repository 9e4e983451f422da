using System.IO.Compression;
using System.Text;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Snapping;

namespace MinaKyukyu.RoadNetwork;

/// <summary>The door: from road files to a <see cref="RoadMap"/>.</summary>
public static class RoadNetworkLoader
{
    // Bytes that are not UTF-8 are refused instead of becoming question marks in street names.
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Reads <c>nodes.csv[.gz]</c> and <c>edges.csv[.gz]</c> of a directory; the columns stand in the room's README.</summary>
    /// <exception cref="RoadFileException">A file is missing, there twice, or refused; names the file and, where there is one, the line.</exception>
    public static RoadMap Load(string directory, SnappingOptions? snapping = null)
    {
        string nodesFile = Find(directory, "nodes.csv");
        string edgesFile = Find(directory, "edges.csv");
        using TextReader nodes = Open(nodesFile);
        using TextReader edges = Open(edgesFile);
        return Read(nodes, nodesFile, edges, edgesFile, snapping);
    }

    /// <summary>The same from text already open; the names are used in refusals.</summary>
    /// <exception cref="RoadFileException">A table is refused.</exception>
    public static RoadMap Read(
        TextReader nodes,
        string nodesFile,
        TextReader edges,
        string edgesFile,
        SnappingOptions? snapping = null
    )
    {
        var tables = new RoadTables(DrivingRules.JapaneseAmbulance);
        tables.ReadNodes(nodes, nodesFile);
        tables.ReadEdges(edges, edgesFile);
        return tables.Build().ToMap(snapping ?? new SnappingOptions());
    }

    private static string Find(string directory, string name)
    {
        string plain = Path.Combine(directory, name);
        string compressed = plain + ".gz";
        return (File.Exists(plain), File.Exists(compressed)) switch
        {
            (true, true) => throw new RoadFileException(
                plain,
                0,
                $"stands beside {name}.gz; keep one of the two"
            ),
            (true, false) => plain,
            (false, true) => compressed,
            (false, false) => throw new RoadFileException(
                plain,
                0,
                "there is no such file, nor one with .gz"
            ),
        };
    }

    private static StreamReader Open(string file)
    {
        try
        {
            Stream stream = File.OpenRead(file);
            bool isCompressed = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            return new StreamReader(
                isCompressed ? new GZipStream(stream, CompressionMode.Decompress) : stream,
                StrictUtf8
            );
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new RoadFileException(file, 0, "the file cannot be opened", denied);
        }
    }
}
