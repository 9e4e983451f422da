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
        (EdgeEnd one, EdgeEnd other) = metric.Ends.Exits(source);
        var climb = new Climb(roads);
        climb.From(one, other, metric.Times.Up);
        var byRank = new int[roads.NodeCount];
        Array.Fill(byRank, EdgeWeights.Infinity);
        for (int i = 0; i < climb.Ranks.Length; i++)
        {
            byRank[climb.Ranks[i]] = climb.Times[i];
        }

        var byNode = new int[roads.NodeCount];
        for (int rank = roads.NodeCount - 1; rank >= 0; rank--)
        {
            int time = byRank[rank];
            for (int arc = roads.UpFirst[rank]; arc < roads.UpFirst[rank + 1]; arc++)
            {
                time = Math.Min(time, byRank[roads.UpHead[arc]] + metric.Times.Down[arc]);
            }

            byRank[rank] = time;
            byNode[roads.NodeAt[rank]] = time;
        }

        return byNode;
    }
}
