using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Files;
using MinaKyukyu.RoadNetwork.Import;

namespace MinaKyukyu.RoadNetwork;

/// <summary>How far the building of a road file is.</summary>
/// <param name="Stage">What is read or reckoned now: <c>nodes</c>, <c>order</c>, <c>emergency/weekday-08</c>.</param>
/// <param name="Done">Of <paramref name="Total"/>; both 0 where nobody knows.</param>
public readonly record struct RoadBuildProgress(string Stage, long Done, long Total);

/// <summary>One section of a road file.</summary>
/// <param name="Damage">Why it cannot be used; null where its checksum fits, or nobody looked.</param>
public sealed record RoadSectionState(string Name, long Bytes, string? Damage);

/// <summary>The second door: builds road files and looks into them.</summary>
public static class RoadFiles
{
    /// <summary>
    /// Reads roads, orders and contracts them, and writes the file. The same roads and profile give the same bytes. Until it is
    /// whole the file stands under another name; when anything fails, what stood there before is untouched.
    /// </summary>
    /// <param name="source">A directory of tables, a .zip of one, or an .osm.pbf file.</param>
    /// <param name="profile">A driving profile, or null for the one that ships with the room.</param>
    /// <exception cref="RoadFileException">The source or the profile is refused.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static RoadFileInfo Build(
        string source,
        string file,
        string? profile = null,
        Action<RoadBuildProgress>? progress = null,
        CancellationToken stop = default
    )
    {
        DrivingRules rules = profile is null
            ? DrivingRules.JapaneseAmbulance
            : DrivingRules.Read(profile);
        ImportedRoads roads = RoadSource.Read(source, rules, progress, stop);
        ContractedRoads contracted = roads.Contract(
            done => progress?.Invoke(new RoadBuildProgress("order", done, roads.Graph.NodeCount)),
            stop
        );
        int metrics = 0;
        RoadFile.Write(
            file,
            roads,
            contracted,
            key =>
                progress?.Invoke(
                    new RoadBuildProgress(key.ToString(), metrics++, roads.Usual.Keys.Count)
                ),
            stop
        );
        using RoadFileReader reader = RoadFileReader.Open(file);
        return RoadFile.ReadInfo(reader);
    }

    /// <summary>What the file says of itself, after its header and that one section were checked.</summary>
    /// <exception cref="RoadFileException">Missing, not a road file, of another version, or damaged.</exception>
    public static RoadFileInfo Describe(string file)
    {
        using RoadFileReader reader = RoadFileReader.Open(file);
        return RoadFile.ReadInfo(reader);
    }

    /// <summary>The sections of a file; checked against their checksums if asked for.</summary>
    /// <exception cref="RoadFileException">Missing, not a road file, of another version, or its header is damaged.</exception>
    public static IReadOnlyList<RoadSectionState> ListSections(string file, bool verify)
    {
        using RoadFileReader reader = RoadFileReader.Open(file);
        return
        [
            .. reader.Sections.Select(section => new RoadSectionState(
                section.Name,
                section.Length,
                verify ? DamageOf(reader, section.Name) : null
            )),
        ];
    }

    private static string? DamageOf(RoadFileReader reader, string section)
    {
        try
        {
            reader.Read(section);
            return null;
        }
        catch (RoadFileException damaged)
        {
            return damaged.Reason;
        }
    }
}
