using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Order;

namespace MinaKyukyu.RoadNetwork.Contraction;

/// <summary>Removes node after node in their order, joining the higher neighbours of each with one another.</summary>
internal static class Contractor
{
    /// <summary>
    /// Only the lowest of the higher neighbours, the parent, has to take over the others: it will join them with one another
    /// when its own turn comes.
    /// </summary>
    public static ContractedRoads Contract(RoadGraph graph, Streets streets, int[] nodeAt)
    {
        int count = nodeAt.Length;
        var rankOf = new int[count];
        for (int rank = 0; rank < count; rank++)
        {
            rankOf[nodeAt[rank]] = rank;
        }

        var upFirst = new int[count + 1];
        var upHead = new List<int>(2 * streets.Neighbour.Length);
        var firstChild = new int[count];
        var nextSibling = new int[count];
        var seenAt = new int[count];
        Array.Fill(firstChild, -1);
        Array.Fill(seenAt, -1);
        for (int rank = 0; rank < count; rank++)
        {
            int begin = upHead.Count;
            int node = nodeAt[rank];
            for (int at = streets.First[node]; at < streets.First[node + 1]; at++)
            {
                Join(rankOf[streets.Neighbour[at]], rank);
            }

            for (int child = firstChild[rank]; child >= 0; child = nextSibling[child])
            {
                for (int arc = upFirst[child]; arc < upFirst[child + 1]; arc++)
                {
                    Join(upHead[arc], rank);
                }
            }

            upHead.Sort(begin, upHead.Count - begin, null);
            upFirst[rank + 1] = upHead.Count;
            if (upHead.Count > begin)
            {
                int parent = upHead[begin];
                (nextSibling[rank], firstChild[parent]) = (firstChild[parent], rank);
            }
        }

        int[] heads = [.. upHead];
        return ContractedRoads.Of(
            graph,
            nodeAt,
            upFirst,
            heads,
            ArcsOfEdges(graph, rankOf, upFirst, heads)
        );

        void Join(int neighbour, int rank)
        {
            if (neighbour > rank && seenAt[neighbour] != rank)
            {
                seenAt[neighbour] = rank;
                upHead.Add(neighbour);
            }
        }
    }

    private static int[] ArcsOfEdges(RoadGraph graph, int[] rankOf, int[] upFirst, int[] upHead)
    {
        var arcs = new int[graph.EdgeCount];
        for (int edge = 0; edge < arcs.Length; edge++)
        {
            int tail = rankOf[graph.Tail[edge]];
            int head = rankOf[graph.Head[edge]];
            int lower = Math.Min(tail, head);
            arcs[edge] = Array.BinarySearch(
                upHead,
                upFirst[lower],
                upFirst[lower + 1] - upFirst[lower],
                Math.Max(tail, head)
            );
        }

        return arcs;
    }
}
