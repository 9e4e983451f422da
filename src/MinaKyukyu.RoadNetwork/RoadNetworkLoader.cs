using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Files;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Snapping;

namespace MinaKyukyu.RoadNetwork;

/// <summary>The door: from road files to a <see cref="RoadMap"/>.</summary>
public static class RoadNetworkLoader
{
    /// <summary>
    /// Opens a road file that was built before, or reads what <see cref="RoadFiles.Build"/> reads and makes what it needs in
    /// memory.
    /// </summary>
    /// <exception cref="RoadFileException">A file is missing or refused; names the file and, where there is one, the line.</exception>
    public static RoadMap Load(string fileOrDirectory, SnappingOptions? snapping = null) =>
        RoadSource.Knows(fileOrDirectory)
            ? RoadSource
                .Read(fileOrDirectory, DrivingRules.JapaneseAmbulance, null, default)
                .ToMap(snapping ?? new SnappingOptions())
            : RoadFile.Open(fileOrDirectory, snapping ?? new SnappingOptions());

    /// <summary>Whether <see cref="Load"/> opens a built road file under that name, rather than roads as they come.</summary>
    public static bool IsRoadFile(string fileOrDirectory) =>
        File.Exists(fileOrDirectory) && !RoadSource.Knows(fileOrDirectory);

    /// <summary>Reads the two tables from text already open; the names are used in refusals.</summary>
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
        return tables.Build("").ToMap(snapping ?? new SnappingOptions());
    }
}
