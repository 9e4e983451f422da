namespace MinaKyukyu.Redis;

/// <summary>How this process speaks to Redis.</summary>
public sealed class RedisOptions
{
    /// <summary>HOST:PORT.</summary>
    public required string Address { get; init; }

    /// <summary>After how long a command counts as failed, 5 ms to 1 s.</summary>
    /// <value>50 ms: about a thousand times the usual time of a look-up on the same network.</value>
    public TimeSpan CommandWithin { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>For how long Redis is left alone after ten failures, 0.5 s to 5 min.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many commands may be under way; one more is a miss at once, nothing waits.</summary>
    public int CommandsUnderWay { get; init; } = 64;

    /// <summary>Largest value that is written or believed; a larger one is a miss.</summary>
    /// <value>2 MiB: twice the largest answer that a source of records may give.</value>
    public int LargestValueBytes { get; init; } = 2 << 20;

    internal RedisOptions Checked()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Address);
        ArgumentOutOfRangeException.ThrowIfLessThan(CommandWithin, TimeSpan.FromMilliseconds(5));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CommandWithin, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Rest, TimeSpan.FromMilliseconds(500));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rest, TimeSpan.FromMinutes(5));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(CommandsUnderWay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LargestValueBytes);
        return this;
    }
}
