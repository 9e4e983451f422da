using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// From which ranks an arc takes another time in one metric than in another. Only ranks that are asked about are looked at, each
/// once. Used again and again; not safe for threads.
/// </summary>
internal sealed class ChangedRanks(ContractedRoads roads)
{
    // By rank, the round in which it was last looked at: as it is where nothing differs, negated where something does.
    private readonly int[] _seenInRound = new int[roads.NodeCount];
    private TimesByArc? _before;
    private TimesByArc? _after;
    private int _round;

    /// <summary>Begins with two other metrics.</summary>
    public void Begin(TimesByArc before, TimesByArc after)
    {
        if (_round == int.MaxValue)
        {
            Array.Clear(_seenInRound);
            _round = 0;
        }

        _round++;
        (_before, _after) = (before, after);
    }

    /// <summary>Lets go of the two metrics.</summary>
    public void End() => (_before, _after) = (null, null);

    /// <summary>
    /// Whether a label of the metric before is another one in the metric after, though its place is left or reached as before. It is, if
    /// an arc by which one of its times came takes another time, or if an arc now leads somewhere sooner.
    /// </summary>
    public bool AreFeltBy(in PlaceLabel label)
    {
        ReadOnlySpan<int> ranks = label.Ranks;
        for (int i = 0; i < ranks.Length; i++)
        {
            if (IsChanged(ranks[i]) && ChangesAbove(ranks[i], label.Times[i], label))
            {
                return true;
            }
        }

        return false;
    }

    private bool ChangesAbove(int rank, int time, in PlaceLabel label)
    {
        ReadOnlySpan<int> before = _before!.Row(rank);
        ReadOnlySpan<int> after = _after!.Row(rank);
        ReadOnlySpan<int> heads = roads.UpHead.AsSpan(roads.UpFirst[rank], before.Length);
        for (int arc = 0; arc < heads.Length; arc++)
        {
            if (before[arc] != after[arc])
            {
                int at = label.Ranks.BinarySearch(heads[arc]);
                int there = at < 0 ? EdgeWeights.Infinity : label.Times[at];
                if (time + before[arc] == there || time + after[arc] < there)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsChanged(int rank)
    {
        int seen = _seenInRound[rank];
        if (Math.Abs(seen) != _round)
        {
            seen = _before!.IsSameRow(_after!, rank) ? _round : -_round;
            _seenInRound[rank] = seen;
        }

        return seen < 0;
    }
}
