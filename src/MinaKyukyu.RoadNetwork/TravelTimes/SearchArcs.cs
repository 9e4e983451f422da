using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>The edges of one metric in one direction, packed for searching: node and weight lie side by side in memory.</summary>
internal sealed class SearchArcs
{
    private SearchArcs(int[] first, Arc[] arcs)
    {
        First = first;
        Arcs = arcs;
    }

    public int[] First { get; }

    public Arc[] Arcs { get; }

    public static SearchArcs Forward(RoadGraph graph, EdgeWeights weights)
    {
        var arcs = new Arc[graph.EdgeCount];
        for (int edge = 0; edge < arcs.Length; edge++)
        {
            arcs[edge] = new Arc(graph.Head[edge], weights.Milliseconds[edge]);
        }

        return new SearchArcs(graph.FirstOut.ToArray(), arcs);
    }

    public static SearchArcs Backward(RoadGraph graph, EdgeWeights weights)
    {
        var arcs = new Arc[graph.EdgeCount];
        for (int i = 0; i < arcs.Length; i++)
        {
            int edge = graph.InEdges[i];
            arcs[i] = new Arc(graph.Tail[edge], weights.Milliseconds[edge]);
        }

        return new SearchArcs(graph.FirstIn.ToArray(), arcs);
    }

    internal readonly record struct Arc(int Node, int Milliseconds);
}
