namespace MinaKyukyu.RoadNetwork.Contraction;

/// <summary>The lower ranks that both ends of an arc have an arc down to, lowest first.</summary>
internal ref struct LowerTriangles
{
    private readonly ContractedRoads _roads;
    private readonly int _lowEnd;
    private readonly int _highEnd;
    private int _low;
    private int _high;

    public LowerTriangles(ContractedRoads roads, int arc)
    {
        _roads = roads;
        int tail = roads.UpTail[arc];
        int head = roads.UpHead[arc];
        (_low, _lowEnd) = (roads.DownFirst[tail], roads.DownFirst[tail + 1]);
        (_high, _highEnd) = (roads.DownFirst[head], roads.DownFirst[head + 1]);
    }

    /// <summary>The arc between the lower rank and the arc's own lower end.</summary>
    public int ToLow { get; private set; }

    /// <summary>The arc between the lower rank and the arc's own higher end.</summary>
    public int ToHigh { get; private set; }

    public bool Next()
    {
        while (_low < _lowEnd && _high < _highEnd)
        {
            int low = _roads.DownArc[_low];
            int high = _roads.DownArc[_high];
            int order = _roads.UpTail[low].CompareTo(_roads.UpTail[high]);
            _low += order <= 0 ? 1 : 0;
            _high += order >= 0 ? 1 : 0;
            if (order == 0)
            {
                (ToLow, ToHigh) = (low, high);
                return true;
            }
        }

        return false;
    }
}
