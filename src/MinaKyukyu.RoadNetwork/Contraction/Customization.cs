using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Contraction;

/// <summary>
/// Brings a metric to the contracted roads: every arc takes the fastest of its streets, then of every triangle over a lower
/// rank. A rank's arcs are final when their turn comes, because everything below it has had its turn.
/// </summary>
internal static class Customization
{
    public static ArcTimes Of(ContractedRoads roads, ReadOnlySpan<int> edgeMilliseconds)
    {
        var up = new int[roads.ArcCount];
        var down = new int[roads.ArcCount];
        Array.Fill(up, EdgeWeights.Infinity);
        Array.Fill(down, EdgeWeights.Infinity);
        for (int edge = 0; edge < edgeMilliseconds.Length; edge++)
        {
            ref int time = ref (roads.LeadsUp[edge] ? up : down)[roads.ArcOfEdge[edge]];
            time = Math.Min(time, edgeMilliseconds[edge]);
        }

        Relax(roads, up, down);
        return new ArcTimes(new TimesByArc(roads, up), new TimesByArc(roads, down));
    }

    /// <remarks>
    /// The arcs of a triangle x &lt; r &lt; w, seen from r: down to x, and from x up to w. The arcs of r lie beside one another and
    /// are found through <c>arcTo</c>, which holds for each higher rank the arc of r to it. Indexes are those of
    /// <see cref="ContractedRoads"/>, which were checked when it was made; the inner loop does not check them again.
    /// </remarks>
    private static void Relax(ContractedRoads roads, int[] up, int[] down)
    {
        var arcTo = new int[roads.NodeCount];
        ref int upTime = ref MemoryMarshal.GetArrayDataReference(up);
        ref int downTime = ref MemoryMarshal.GetArrayDataReference(down);
        ref int head = ref MemoryMarshal.GetArrayDataReference(roads.UpHead);
        ref int arcOf = ref MemoryMarshal.GetArrayDataReference(arcTo);
        int[] upFirst = roads.UpFirst;
        for (int rank = 0; rank < roads.NodeCount; rank++)
        {
            for (int arc = upFirst[rank]; arc < upFirst[rank + 1]; arc++)
            {
                Unsafe.Add(ref arcOf, Unsafe.Add(ref head, arc)) = arc;
            }

            for (int at = roads.DownFirst[rank]; at < roads.DownFirst[rank + 1]; at++)
            {
                int leg = roads.DownArc[at];
                int toLower = Unsafe.Add(ref downTime, leg);
                int fromLower = Unsafe.Add(ref upTime, leg);
                int end = upFirst[roads.UpTail[leg] + 1];
                for (int other = leg + 1; other < end; other++)
                {
                    int arc = Unsafe.Add(ref arcOf, Unsafe.Add(ref head, other));
                    // No term is above Infinity, which is less than half of the largest number.
                    int there = toLower + Unsafe.Add(ref upTime, other);
                    int back = Unsafe.Add(ref downTime, other) + fromLower;
                    if (there < Unsafe.Add(ref upTime, arc))
                    {
                        Unsafe.Add(ref upTime, arc) = there;
                    }

                    if (back < Unsafe.Add(ref downTime, arc))
                    {
                        Unsafe.Add(ref downTime, arc) = back;
                    }
                }
            }
        }
    }
}
