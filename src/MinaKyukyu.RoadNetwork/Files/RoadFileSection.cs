namespace MinaKyukyu.RoadNetwork.Files;

/// <summary>A part of a road file with a checksum of its own.</summary>
/// <param name="Name">ASCII, at most <see cref="RoadFileFormat.NameBytes"/> letters.</param>
/// <param name="Sha256">Over the section's bytes, 32 of them.</param>
internal sealed record RoadFileSection(string Name, long Offset, long Length, byte[] Sha256);

/// <summary>
/// The layout of a road file: eight letters, the version, the number of sections, then for each section its name, offset,
/// length and SHA-256, then a SHA-256 over all of this; then the sections. Little-endian.
/// </summary>
internal static class RoadFileFormat
{
    public const string Magic = "MINAROAD";
    public const int Version = 2;
    public const int NameBytes = 32;
    public const int HashBytes = 32;
    public const int MostSections = 64;
    public const int SectionBytes = NameBytes + 8 + 8 + HashBytes;
    public const int FixedBytes = 8 + 4 + 4;

    public const string Info = "info";
    public const string Nodes = "nodes";
    public const string Edges = "edges";
    public const string Weights = "weights";
    public const string Order = "order";
    public const string Topology = "topology";

    public static string MetricSection(Driving.MetricKey key) => $"metric {key}";

    public static int HeaderBytes(int sections) =>
        FixedBytes + (sections * SectionBytes) + HashBytes;
}
