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
        int[] upFirst = roads.UpFirst;
        int[] upHead = roads.UpHead;
        int[] down = metric.Times.Down;
        int[] byRank = Climbed(metric, source);
        var byNode = new int[roads.NodeCount];
        for (int rank = byRank.Length - 1; rank >= 0; rank--)
        {
            int time = byRank[rank];
            int end = upFirst[rank + 1];
            for (int arc = upFirst[rank]; arc < end; arc++)
            {
                time = Math.Min(time, byRank[upHead[arc]] + down[arc]);
            }

            byRank[rank] = time;
            byNode[roads.NodeAt[rank]] = time;
        }

        return byNode;
    }

    /// <summary>By rank, what the climb from the source takes; <see cref="EdgeWeights.Infinity"/> where it does not come by.</summary>
    private static int[] Climbed(Metric metric, RoadPosition source)
    {
        (EdgeEnd one, EdgeEnd other) = metric.Ends.Exits(source);
        var climb = new Climb(metric.Roads);
        climb.From(one, other, metric.Times.Up);
        var byRank = new int[metric.Roads.NodeCount];
        Array.Fill(byRank, EdgeWeights.Infinity);
        for (int i = 0; i < climb.Ranks.Length; i++)
        {
            byRank[climb.Ranks[i]] = climb.Times[i];
        }

        return byRank;
    }
}
