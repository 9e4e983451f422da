using MinaKyukyu.RoadNetwork.Contraction;

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

    public bool HasAny(ReadOnlySpan<int> ranks)
    {
        foreach (int rank in ranks)
        {
            if (IsChanged(rank))
            {
                return true;
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
