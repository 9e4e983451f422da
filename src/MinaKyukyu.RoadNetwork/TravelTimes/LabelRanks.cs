namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>The ranks of one place's label, ascending; their array is used again for the next label.</summary>
internal struct LabelRanks
{
    /// <summary>Labels of one place differ by a few ranks; so much room is left that most of them fit.</summary>
    private const int Room = 32;

    private int[]? _ranks;
    private int _count;

    public readonly ReadOnlySpan<int> All => _ranks.AsSpan(0, _count);

    public void Replace(ReadOnlySpan<int> ranks)
    {
        if (_ranks is null || _ranks.Length < ranks.Length)
        {
            _ranks = new int[ranks.Length + Room];
        }

        ranks.CopyTo(_ranks);
        _count = ranks.Length;
    }
}
