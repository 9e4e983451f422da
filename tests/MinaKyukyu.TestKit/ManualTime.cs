namespace MinaKyukyu.TestKit;

/// <summary>Time that moves only when a test says so: the wall clock, the monotonic clock and the timers.</summary>
/// <remarks>Timers fire inside <see cref="Advance"/>, on the caller's thread, in the order in which they are due, each seeing its own moment.</remarks>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private TimeSpan monotonic;
    private DateTimeOffset wall = start;
    private long created;

    /// <summary>Starts at an invented moment: 2026-04-01T00:00Z.</summary>
    public ManualTime()
        : this(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Timers that are due at some moment to come.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (gate)
            {
                return timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return wall;
        }
    }

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return monotonic.Ticks;
        }
    }

    /// <summary>Moves both clocks on and fires what falls due, however often.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target;
        lock (gate)
        {
            target = monotonic + by;
        }

        while (NextDue(target) is { } due)
        {
            due.Fire();
        }
    }

    /// <summary>Moves the wall clock alone, either way, as an administrator or a time server does. No timer notices.</summary>
    public void JumpWall(TimeSpan by)
    {
        lock (gate)
        {
            wall += by;
        }
    }

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    )
    {
        ManualTimer timer = new(this, callback, state, Interlocked.Increment(ref created));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on to the first timer that is due by then and returns it; moves on to the target and returns null when there is none.</summary>
    private ManualTimer? NextDue(TimeSpan target)
    {
        lock (gate)
        {
            ManualTimer? first = timers
                .Where(timer => timer.DueAt <= target)
                .OrderBy(timer => timer.DueAt)
                .ThenBy(timer => timer.Order)
                .FirstOrDefault();
            TimeSpan until = first?.DueAt ?? target;
            if (until > monotonic)
            {
                wall += until - monotonic;
                monotonic = until;
            }

            first?.Rearm();
            return first;
        }
    }

    private sealed class ManualTimer(
        ManualTime time,
        TimerCallback callback,
        object? state,
        long order
    ) : ITimer
    {
        private TimeSpan period;
        private bool isDisposed;

        public long Order => order;

        public TimeSpan DueAt { get; private set; }

        public void Fire() => callback(state);

        /// <summary>Called under the gate.</summary>
        public void Rearm()
        {
            time.timers.Remove(this);
            if (period > TimeSpan.Zero)
            {
                DueAt += period;
                time.timers.Add(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (time.gate)
            {
                if (isDisposed)
                {
                    return false;
                }

                time.timers.Remove(this);
                period = newPeriod;
                if (dueTime >= TimeSpan.Zero)
                {
                    DueAt = time.monotonic + dueTime;
                    time.timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                isDisposed = true;
                time.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
