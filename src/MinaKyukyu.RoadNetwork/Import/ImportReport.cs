using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Import;

/// <summary>What an import read, left out and repaired; every repair is counted here, none is silent.</summary>
/// <param name="Nodes">Junctions in the graph, their copies not counted.</param>
/// <param name="EdgeRows">Rows of the edge file, each one directed edge.</param>
/// <param name="Edges">Directed edges in the graph, connectors not counted.</param>
/// <param name="SelfLoopsDropped">Rows from a node to itself; no shortest way uses them.</param>
/// <param name="ParallelRows">Rows between two nodes that an earlier row already joined in that direction; the faster wins in every search.</param>
/// <param name="ParallelEdgesDropped">Those of them left out, because another on the same line is at least as fast in every profile.</param>
/// <param name="UnknownRoadClasses">Rows whose class the speed table does not name; they take its row for others.</param>
/// <param name="AmbiguousRoadClasses">Rows that name several classes; the slowest was taken.</param>
/// <param name="UnreadableMaxSpeeds">Rows whose posted limit is not a number; it was ignored.</param>
/// <param name="LinesMovedToTheirNodes">Rows whose drawn line ended more than a metre from its nodes; its ends were moved.</param>
/// <param name="StronglyConnectedComponents">Parts in which every junction reaches every other, forbidden turns aside; all are kept.</param>
/// <param name="LargestComponentNodes">Junctions of the largest of them.</param>
/// <param name="HasOneMetric">The file gave seconds of its own, so both profiles have the same weights.</param>
public sealed record ImportReport(
    int Nodes,
    int EdgeRows,
    int Edges,
    int SelfLoopsDropped,
    int ParallelRows,
    int ParallelEdgesDropped,
    int UnknownRoadClasses,
    int AmbiguousRoadClasses,
    int UnreadableMaxSpeeds,
    int LinesMovedToTheirNodes,
    int StronglyConnectedComponents,
    int LargestComponentNodes,
    bool HasOneMetric
)
{
    /// <summary>Counts that only this kind of file has, by what was counted, in a fixed order; those of 0 left out.</summary>
    public IReadOnlyList<ImportCount> Further { get; init; } = [];

    /// <summary>The report of tables that need no repair but that of their edges.</summary>
    internal static ImportReport Of(RoadGraph graph, RoadGraphBuilder builder, int edgeRows) =>
        new(
            builder.Junctions,
            edgeRows,
            builder.Streets,
            builder.SelfLoopsDropped,
            builder.ParallelRows,
            builder.ParallelEdgesDropped,
            UnknownRoadClasses: 0,
            AmbiguousRoadClasses: 0,
            UnreadableMaxSpeeds: 0,
            LinesMovedToTheirNodes: 0,
            graph.Components.Count,
            graph.Components.LargestSize,
            HasOneMetric: false
        );
}

/// <summary>How often something was left out, guessed or found.</summary>
public readonly record struct ImportCount(string What, int Count);
