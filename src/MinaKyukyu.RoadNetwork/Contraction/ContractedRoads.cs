using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Contraction;

/// <summary>
/// The roads with every shortcut that any speed could need, without any speed in it: a customizable contraction hierarchy
/// (Dibbelt, Strasser, Wagner 2014). Nodes are numbered by rank. Each arc joins a lower with a higher rank and stands for both
/// directions. All arcs up from a rank lead to its ancestors: its parent, the parent's parent, and so on. Immutable.
/// </summary>
internal sealed class ContractedRoads
{
    public required int[] RankOf { get; init; }

    public required int[] NodeAt { get; init; }

    /// <summary>Arcs up from rank r are numbered from <c>UpFirst[r]</c> to before <c>UpFirst[r + 1]</c>.</summary>
    public required int[] UpFirst { get; init; }

    /// <summary>By arc, its higher rank; ascending within a rank.</summary>
    public required int[] UpHead { get; init; }

    /// <summary>By edge of the graph, the arc it became.</summary>
    public required int[] ArcOfEdge { get; init; }

    /// <summary>By rank, the lowest rank that an arc leads up to, or −1 at a root.</summary>
    public int[] Parent { get; private init; } = [];

    /// <summary>Arcs down from rank r stand in <see cref="DownArc"/> from <c>DownFirst[r]</c> to before <c>DownFirst[r + 1]</c>.</summary>
    public int[] DownFirst { get; private init; } = [];

    /// <summary>Arcs by their higher rank, the lower ranks ascending.</summary>
    public int[] DownArc { get; private init; } = [];

    /// <summary>By arc, its lower rank.</summary>
    public int[] UpTail { get; private init; } = [];

    /// <summary>Edges that became arc a stand in <see cref="Edges"/> from <c>EdgeFirst[a]</c> to before <c>EdgeFirst[a + 1]</c>.</summary>
    public int[] EdgeFirst { get; private init; } = [];

    public int[] Edges { get; private init; } = [];

    /// <summary>By edge: it leads from its arc's lower rank to the higher one.</summary>
    public bool[] LeadsUp { get; private init; } = [];

    /// <summary>Ranks on the longest way up, a root being 1 high.</summary>
    public int Height { get; private init; }

    public int NodeCount => RankOf.Length;

    public int ArcCount => UpHead.Length;

    /// <summary>From the given arrays everything that follows from them.</summary>
    public static ContractedRoads Of(
        RoadGraph graph,
        int[] nodeAt,
        int[] upFirst,
        int[] upHead,
        int[] arcOfEdge
    )
    {
        int nodeCount = nodeAt.Length;
        var rankOf = new int[nodeCount];
        for (int rank = 0; rank < nodeCount; rank++)
        {
            rankOf[nodeAt[rank]] = rank;
        }

        var parent = new int[nodeCount];
        var upTail = new int[upHead.Length];
        for (int rank = 0; rank < nodeCount; rank++)
        {
            parent[rank] = upFirst[rank] < upFirst[rank + 1] ? upHead[upFirst[rank]] : -1;
            upTail.AsSpan(upFirst[rank]..upFirst[rank + 1]).Fill(rank);
        }

        (int[] downFirst, int[] downArc) = ReverseRows.Of(upTail, upHead, nodeCount);
        (int[] edgeFirst, int[] edges) = ReverseRows.Of(arcOfEdge, arcOfEdge, upHead.Length);
        var leadsUp = new bool[arcOfEdge.Length];
        for (int edge = 0; edge < leadsUp.Length; edge++)
        {
            leadsUp[edge] = rankOf[graph.Tail[edge]] < rankOf[graph.Head[edge]];
        }

        return new ContractedRoads
        {
            RankOf = rankOf,
            NodeAt = nodeAt,
            UpFirst = upFirst,
            UpHead = upHead,
            ArcOfEdge = arcOfEdge,
            Parent = parent,
            UpTail = upTail,
            DownFirst = downFirst,
            DownArc = downArc,
            EdgeFirst = edgeFirst,
            Edges = edges,
            LeadsUp = leadsUp,
            Height = HeightOf(parent),
        };
    }

    /// <summary>
    /// Why these arrays are no contraction of the graph, or null: every rank once, arcs ascending and leading up, every edge on
    /// the arc between its ends, and every head of a rank an ancestor of it, on which the searches rely.
    /// </summary>
    public static string? FirstFault(
        RoadGraph graph,
        int[] nodeAt,
        int[] upFirst,
        int[] upHead,
        int[] arcOfEdge
    )
    {
        var rankOf = new int[nodeAt.Length];
        Array.Fill(rankOf, -1);
        for (int rank = 0; rank < nodeAt.Length; rank++)
        {
            if (rankOf[nodeAt[rank]] >= 0)
            {
                return "ranks a node twice";
            }

            rankOf[nodeAt[rank]] = rank;
        }

        for (int rank = 0; rank < nodeAt.Length; rank++)
        {
            int above = rank;
            for (int arc = upFirst[rank]; arc < upFirst[rank + 1]; arc++)
            {
                if (upHead[arc] <= above)
                {
                    return "has arcs that do not lead up";
                }

                above = upHead[arc];
            }

            // With the parent taking over every other head, each head is an ancestor.
            for (int arc = upFirst[rank] + 1; arc < upFirst[rank + 1]; arc++)
            {
                int parent = upHead[upFirst[rank]];
                if (
                    Array.BinarySearch(
                        upHead,
                        upFirst[parent],
                        upFirst[parent + 1] - upFirst[parent],
                        upHead[arc]
                    ) < 0
                )
                {
                    return "lacks a shortcut";
                }
            }
        }

        for (int edge = 0; edge < arcOfEdge.Length; edge++)
        {
            int tail = rankOf[graph.Tail[edge]];
            int head = rankOf[graph.Head[edge]];
            int lower = Math.Min(tail, head);
            int arc = arcOfEdge[edge];
            if (
                arc < upFirst[lower]
                || arc >= upFirst[lower + 1]
                || upHead[arc] != Math.Max(tail, head)
            )
            {
                return "puts an edge on another arc";
            }
        }

        return null;
    }

    /// <summary>The arc between two ranks, or −1.</summary>
    public int FindArc(int lower, int higher)
    {
        int at = Array.BinarySearch(
            UpHead,
            UpFirst[lower],
            UpFirst[lower + 1] - UpFirst[lower],
            higher
        );
        return Math.Max(at, -1);
    }

    private static int HeightOf(int[] parent)
    {
        var height = new int[parent.Length];
        int highest = 0;
        for (int rank = parent.Length - 1; rank >= 0; rank--)
        {
            height[rank] = parent[rank] < 0 ? 1 : height[parent[rank]] + 1;
            highest = Math.Max(highest, height[rank]);
        }

        return highest;
    }
}
