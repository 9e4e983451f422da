using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>What an arc of a metric is made of: one street of its own weight, or the two sides of a lower triangle.</summary>
internal readonly struct ArcParts(ContractedRoads roads)
{
    /// <summary>−1 where the arc is two sides.</summary>
    public int StreetOf(int arc, bool goesUp, int time, EdgeWeights weights)
    {
        for (int at = roads.EdgeFirst[arc]; at < roads.EdgeFirst[arc + 1]; at++)
        {
            int edge = roads.Edges[at];
            if (roads.LeadsUp[edge] == goesUp && weights.Through(edge) == time)
            {
                return edge;
            }
        }

        return -1;
    }

    /// <summary>
    /// The side driven down to the lower rank, then the side driven up from it; of several the lowest rank. A high rank has arcs
    /// down to very many: those of the arc's lower end are few, and their other side is looked for only where it can fit.
    /// </summary>
    public (int Down, int Up) SidesOf(int arc, bool goesUp, int time, ArcTimes times)
    {
        int low = roads.UpTail[arc];
        int high = roads.UpHead[arc];
        TimesByArc nearSide = goesUp ? times.Down : times.Up;
        TimesByArc farSide = goesUp ? times.Up : times.Down;
        for (int at = roads.DownFirst[low]; at < roads.DownFirst[low + 1]; at++)
        {
            int near = roads.DownArc[at];
            if (nearSide[near] >= time)
            {
                continue;
            }

            int far = roads.FindArc(roads.UpTail[near], high);
            if (far >= 0 && nearSide[near] + farSide[far] == time)
            {
                return goesUp ? (near, far) : (far, near);
            }
        }

        throw new InvalidOperationException("An arc's time belongs to no street and no triangle.");
    }
}
