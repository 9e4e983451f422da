namespace MinaKyukyu.LoadTests.Measuring;

/// <summary>What one profile saw in one run. Safe to use from many threads.</summary>
internal sealed class Tally
{
    private readonly Lock _one = new();
    private readonly SortedDictionary<string, long> _errors = new(StringComparer.Ordinal);

    /// <summary>From the intended start to the answer, refusals and failures included: a fast error must not look like a lost call.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>The server's own word about how long it worked, where an answer holds one.</summary>
    public LatencyHistogram ServerSide { get; } = new();

    /// <summary>From the intended to the real start: the generator's own fault.</summary>
    public LatencyHistogram Lag { get; } = new();

    public long Sent { get; private set; }

    public long Completed { get; private set; }

    /// <summary>Not sent, because too many were in flight. A run with any is void.</summary>
    public long Dropped { get; private set; }

    public IReadOnlyDictionary<string, long> Errors => _errors;

    public long ErrorCount => _errors.Values.Sum();

    public void CountSent(TimeSpan lag)
    {
        lock (_one)
        {
            Sent++;
            Lag.Record(lag);
        }
    }

    public void CountDropped()
    {
        lock (_one)
        {
            Dropped++;
        }
    }

    /// <param name="error">The status of a call that failed; null when it did not.</param>
    public void CountCompleted(TimeSpan latency, TimeSpan? serverSide, string? error)
    {
        lock (_one)
        {
            Completed++;
            Latency.Record(latency);
            if (serverSide is { } worked)
            {
                ServerSide.Record(worked);
            }

            if (error is not null)
            {
                _errors[error] = _errors.GetValueOrDefault(error) + 1;
            }
        }
    }
}
