using System.IO.Compression;
using System.Text;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Import.Osm;

namespace MinaKyukyu.RoadNetwork.Import;

/// <summary>Where roads come from: finds out what kind of files they are, opens them, and lets them be read.</summary>
internal static class RoadSource
{
    /// <summary>Beside tables: one or a few lines that say whose data they are.</summary>
    public const string AttributionFile = "attribution.txt";

    /// <summary>It stands beside pictures: a few lines.</summary>
    private const int LongestAttribution = 1_000;

    private const string NotStated = "source not stated";

    // Bytes that are not UTF-8 are refused instead of becoming question marks in street names.
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Whether the name is that of roads to be imported, rather than of a road file already built.</summary>
    public static bool Knows(string source) =>
        Directory.Exists(source)
        || source.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
        || source.EndsWith(OsmExtract.Ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// An OpenStreetMap extract (<c>.osm.pbf</c>); or a directory, or a <c>.zip</c> of one, with <c>nodes.csv[.gz]</c> and either <c>edges.csv[.gz]</c> (our tables) or
    /// <c>arcs.csv[.gz]</c> (those of JEMSS).
    /// </summary>
    /// <exception cref="RoadFileException">A file is missing, there twice, of a kind that nobody reads, or refused.</exception>
    public static ImportedRoads Read(
        string source,
        DrivingRules rules,
        Action<RoadBuildProgress>? progress,
        CancellationToken stop
    )
    {
        if (Directory.Exists(source))
        {
            return ReadTables(new DirectoryTables(source), rules, progress);
        }

        if (!File.Exists(source))
        {
            throw new RoadFileException(source, 0, "there is no such file or directory");
        }

        if (source.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            using var tables = ZippedTables.Open(source);
            return ReadTables(tables, rules, progress);
        }

        if (source.EndsWith(OsmExtract.Ending, StringComparison.OrdinalIgnoreCase))
        {
            return OsmExtract.Read(source, rules, progress, stop);
        }

        throw new RoadFileException(
            source,
            0,
            "is neither a directory of tables, nor .zip of one, nor .osm.pbf"
        );
    }

    private static ImportedRoads ReadTables(
        ITables tables,
        DrivingRules rules,
        Action<RoadBuildProgress>? progress
    )
    {
        bool isJemss = tables.Find("arcs.csv") is not null && tables.Find("edges.csv") is null;
        string nodesName = Require(tables, "nodes.csv");
        string edgesName = Require(tables, isJemss ? "arcs.csv" : "edges.csv");
        using TextReader nodes = Open(tables, nodesName);
        using TextReader edges = Open(tables, edgesName);
        string nodesFile = tables.FullName(nodesName);
        string edgesFile = tables.FullName(edgesName);
        string attribution = Attribution(tables);
        progress?.Invoke(new RoadBuildProgress("nodes", 0, 0));
        if (isJemss)
        {
            var jemss = new JemssTables(rules);
            jemss.ReadNodes(nodes, nodesFile);
            progress?.Invoke(new RoadBuildProgress("edges", 0, 0));
            jemss.ReadArcs(edges, edgesFile);
            return jemss.Build(attribution);
        }

        var own = new RoadTables(rules);
        own.ReadNodes(nodes, nodesFile);
        progress?.Invoke(new RoadBuildProgress("edges", 0, 0));
        own.ReadEdges(edges, edgesFile);
        return own.Build(attribution);
    }

    private static string Require(ITables tables, string name) =>
        tables.Find(name)
        ?? throw new RoadFileException(
            tables.FullName(name),
            0,
            "there is no such file, nor one with .gz"
        );

    private static string Attribution(ITables tables)
    {
        if (tables.Find(AttributionFile) is not { } name)
        {
            return NotStated;
        }

        using TextReader reader = Open(tables, name);
        try
        {
            var text = new char[LongestAttribution + 1];
            int length = reader.ReadBlock(text);
            return length <= LongestAttribution
                ? new string(text, 0, length).Trim()
                : throw new RoadFileException(
                    tables.FullName(name),
                    0,
                    $"is longer than {LongestAttribution} letters"
                );
        }
        catch (Exception damage) when (damage is DecoderFallbackException or InvalidDataException)
        {
            throw new RoadFileException(tables.FullName(name), 0, "is not UTF-8", damage);
        }
    }

    private static StreamReader Open(ITables tables, string name)
    {
        try
        {
            Stream stream = tables.Open(name);
            bool isCompressed = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            return new StreamReader(
                isCompressed ? new GZipStream(stream, CompressionMode.Decompress) : stream,
                StrictUtf8
            );
        }
        catch (Exception denied)
            when (denied is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RoadFileException(
                tables.FullName(name),
                0,
                "the file cannot be opened",
                denied
            );
        }
    }
}
