using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>The time from one place to every node: one climb, then one sweep from the highest rank down (PHAST; Delling and others 2011).</summary>
internal static class OneToAll
{
    /// <returns>By node, milliseconds or <see cref="EdgeWeights.Infinity"/>.</returns>
    public static int[] From(Metric metric, RoadPosition source)
    {
        ContractedRoads roads = metric.Roads;
        int[] byRank = ArrayPool<int>.Shared.Rent(roads.NodeCount);
        Array.Fill(byRank, EdgeWeights.Infinity, 0, roads.NodeCount);
        Climb(metric, source, byRank);
        int[] byNode = Sweep(roads, metric.Times.Down, byRank);
        ArrayPool<int>.Shared.Return(byRank);
        return byNode;
    }

    /// <summary>Writes what the climb from the source takes to the ranks that it comes by.</summary>
    private static void Climb(Metric metric, RoadPosition source, int[] byRank)
    {
        (EdgeEnd one, EdgeEnd other) = metric.Ends.Exits(source);
        var climb = new Climb(metric.Roads);
        climb.From(one, other, metric.Times.Up);
        for (int i = 0; i < climb.Ranks.Length; i++)
        {
            byRank[climb.Ranks[i]] = climb.Times[i];
        }
    }

    /// <remarks>Arcs lead up to ranks, which were checked when the roads were made; the inner loop does not check them again.</remarks>
    private static int[] Sweep(ContractedRoads roads, TimesByArc down, int[] byRank)
    {
        int[] byNode = GC.AllocateUninitializedArray<int>(roads.NodeCount);
        int[] upFirst = roads.UpFirst;
        ref int head = ref MemoryMarshal.GetArrayDataReference(roads.UpHead);
        ref int there = ref MemoryMarshal.GetArrayDataReference(byRank);
        for (int rank = roads.NodeCount - 1; rank >= 0; rank--)
        {
            int first = upFirst[rank];
            ref int heads = ref Unsafe.Add(ref head, first);
            ref int times = ref Unsafe.AsRef(in down.RowAt(rank, first));
            int arcs = upFirst[rank + 1] - first;
            int time = byRank[rank];
            for (int arc = 0; arc < arcs; arc++)
            {
                time = Math.Min(
                    time,
                    Unsafe.Add(ref there, Unsafe.Add(ref heads, arc)) + Unsafe.Add(ref times, arc)
                );
            }

            byRank[rank] = time;
            byNode[roads.NodeAt[rank]] = time;
        }

        return byNode;
    }
}
