using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>From an OpenStreetMap extract (PBF) to the rows of a road graph.</summary>
internal static class OsmImport
{
    /// <summary>
    /// Reads the file twice, first for the ways, then for the places of the nodes that they name, so that only roads are ever
    /// held in memory.
    /// </summary>
    /// <param name="stream">Must seek; read from where it stands, left open.</param>
    /// <param name="file">Name for refusals.</param>
    /// <param name="builder">Empty; takes the nodes and edges. Useless after an exception.</param>
    /// <exception cref="RoadFileException">The file is damaged, foreign, or holds no road.</exception>
    /// <exception cref="OperationCanceledException">Asked for while reading.</exception>
    public static OsmImportReport Read(
        Stream stream,
        string file,
        RoadGraphBuilder builder,
        DrivingRules rules,
        Action<RoadBuildProgress>? progress = null,
        CancellationToken stop = default
    )
    {
        var pbf = new OsmPbfFile(stream, file);
        var counts = new OsmCounts();
        var restrictions = new TurnRestrictions(rules.Access, counts);
        var ways = new DrivableWays(new WayRules(rules, counts), restrictions, counts);
        OsmHeader header = pbf.Read(ways, Tell("ways"), stop);
        var nodes = new UsedNodes(ways.Ways, rules.Access);
        pbf.Read(nodes, Tell("nodes"), stop);
        var roads = new OsmRoads(nodes, builder, file);
        roads.Add(ways.Ways, stop);
        if (roads.WayOfEdgeRow.Count == 0)
        {
            throw new RoadFileException(file, 0, "there is no road that anybody may drive");
        }

        IReadOnlyList<TurnRestriction> kept = restrictions.Between(
            ways.Ways.Select(way => way.Id).ToHashSet()
        );
        roads.Keep(kept);
        Tell("edges")(pbf.Bytes);
        return new OsmImportReport
        {
            Header = header,
            NodesRead = nodes.NodesRead,
            WaysRead = counts.WaysRead,
            RelationsRead = counts.RelationsRead,
            DrivableWays = ways.Ways.Count,
            Nodes = roads.Nodes,
            EdgeRows = roads.WayOfEdgeRow.Count,
            MissingNodes = nodes.Missing,
            WaysCutByMissingNodes = roads.WaysCutByMissingNodes,
            RingsCut = roads.RingsCut,
            Areas = counts.Areas,
            Barriers = nodes.Barriers,
            TooNarrow = counts.TooNarrow,
            TooLow = counts.TooLow,
            UnreadableMaxSpeeds = counts.UnreadableMaxSpeeds,
            UnreadableOneWays = counts.UnreadableOneWays,
            UnreadableMeasures = counts.UnreadableMeasures,
            UnknownAccessValues = counts.UnknownAccessValues,
            ConditionalWays = counts.ConditionalWays,
            RestrictionsLeftOut = counts.RestrictionsLeftOut,
            RestrictionsWithoutTurn = roads.RestrictionsWithoutTurn,
            Restrictions = kept,
            WayOfEdgeRow = roads.WayOfEdgeRow,
        };

        Action<long> Tell(string stage) =>
            bytes => progress?.Invoke(new RoadBuildProgress(stage, bytes, pbf.Bytes));
    }
}
