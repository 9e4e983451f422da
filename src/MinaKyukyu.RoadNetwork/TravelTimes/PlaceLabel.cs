namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>The label of one standing place: the ranks that it can climb to, ascending, and what that takes. Its arrays are used again for the next label.</summary>
internal struct PlaceLabel
{
    /// <summary>Labels of one place differ by a few ranks; so much room is left that most of them fit.</summary>
    private const int Room = 32;

    private int[]? _ranks;
    private int[]? _times;
    private int _count;

    public readonly ReadOnlySpan<int> Ranks => _ranks.AsSpan(0, _count);

    /// <summary>Milliseconds between the place and each of <see cref="Ranks"/>.</summary>
    public readonly ReadOnlySpan<int> Times => _times.AsSpan(0, _count);

    public void Replace(ReadOnlySpan<int> ranks, ReadOnlySpan<int> times)
    {
        if (_ranks is null || _ranks.Length < ranks.Length)
        {
            _ranks = new int[ranks.Length + Room];
            _times = new int[ranks.Length + Room];
        }

        ranks.CopyTo(_ranks);
        times.CopyTo(_times);
        _count = ranks.Length;
    }
}
