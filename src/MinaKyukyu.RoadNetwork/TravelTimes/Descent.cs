using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// Times between one place and any nodes, reckoned only for the nodes that are asked for and the ranks above them, and kept
/// until the next place (lazy RPHAST; Strasser and Zeitz 2021). Used again and again; not safe for threads.
/// </summary>
internal sealed class Descent(ContractedRoads roads)
{
    private readonly Climb _climb = new(roads);
    private readonly int[] _time = new int[roads.NodeCount];
    private readonly int[] _labelledInRound = new int[roads.NodeCount];
    private readonly int[] _settledInRound = new int[roads.NodeCount];
    private readonly int[] _path = new int[roads.Height];
    private int _round;

    /// <summary>Begins with a new place.</summary>
    /// <param name="arcTimes">Those of the label: <see cref="ArcTimes.Down"/> for ways to the place, <see cref="ArcTimes.Up"/> for ways from it.</param>
    public void Begin(EdgeEnd one, EdgeEnd other, TimesByArc arcTimes)
    {
        if (_round == int.MaxValue)
        {
            Array.Clear(_labelledInRound);
            Array.Clear(_settledInRound);
            _round = 0;
        }

        _round++;
        _climb.From(one, other, arcTimes);
        for (int i = 0; i < _climb.Ranks.Length; i++)
        {
            int rank = _climb.Ranks[i];
            _time[rank] = _climb.Times[i];
            _labelledInRound[rank] = _round;
        }
    }

    /// <summary>Milliseconds between the node and the place, or <see cref="EdgeWeights.Infinity"/>.</summary>
    /// <param name="arcTimes">The opposite of those given to <see cref="Begin"/>.</param>
    public int TimeTo(int node, TimesByArc arcTimes)
    {
        int asked = roads.RankOf[node];
        int length = 0;
        for (
            int rank = asked;
            rank >= 0 && _settledInRound[rank] != _round;
            rank = roads.Parent[rank]
        )
        {
            _path[length++] = rank;
        }

        while (length > 0)
        {
            Settle(_path[--length], arcTimes);
        }

        return _time[asked];
    }

    private void Settle(int rank, TimesByArc arcTimes)
    {
        int time = _labelledInRound[rank] == _round ? _time[rank] : EdgeWeights.Infinity;
        int arc = roads.UpFirst[rank];
        foreach (int arcTime in arcTimes.Row(rank))
        {
            time = Math.Min(time, arcTime + _time[roads.UpHead[arc++]]);
        }

        _time[rank] = time;
        _settledInRound[rank] = _round;
    }
}
