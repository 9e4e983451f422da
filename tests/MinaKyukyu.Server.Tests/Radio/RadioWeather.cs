namespace MinaKyukyu.Server.Tests.Radio;

/// <summary>How good a link is, alike in both directions.</summary>
/// <param name="LostShare">Of the segments, drawn from the seed.</param>
internal sealed record RadioWeather(int BytesPerSecond, TimeSpan OneWay, double LostShare, int Seed)
{
    /// <summary>64 kbit/s, 600 ms round trip, 5 % loss.</summary>
    public static RadioWeather Bad(int seed) =>
        new(8_000, TimeSpan.FromMilliseconds(300), 0.05, seed);

    /// <summary>The first seed by which the tablet's SYN is lost, and its repeat too: 3 s pass before the second repeat arrives.</summary>
    public static RadioWeather LosingTheFirstSegmentTwice() =>
        Enumerable
            .Range(1, 100_000)
            .Select(Bad)
            .First(w =>
            {
                Random tablet = RadioWay.ChanceOf(w, RadioWay.Up);
                return tablet.NextDouble() < w.LostShare
                    && tablet.NextDouble() < w.LostShare
                    && Enumerable.Range(0, 10).All(_ => tablet.NextDouble() >= w.LostShare);
            });
}

/// <summary>One direction of a link: counts what is sent, and says when it arrives. Shared by all connections. Thread-safe.</summary>
internal sealed class RadioWay(RadioWeather? weather, int direction)
{
    /// <summary>From the tablet to the server.</summary>
    public const int Up = 0;

    public const int Down = 1;

    private static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Random _chance = ChanceOf(weather, direction);
    private TimeSpan _freeAt;

    public long Bytes { get; private set; }

    public long Segments { get; private set; }

    public long Lost { get; private set; }

    /// <summary>Each direction draws from a row of its own.</summary>
    public static Random ChanceOf(RadioWeather? weather, int direction) =>
        new(((weather?.Seed ?? 0) * 2) + direction);

    /// <summary>When a segment is there that is sent now.</summary>
    /// <param name="behind">How many segments follow it at once.</param>
    /// <remarks>
    /// A lost segment costs what it costs a real stream. With three behind it, three duplicate acknowledgements tell of it within a
    /// round trip; else, and when the repeat is lost too, only the timer does: 1 s at first (RFC 6298), doubling. Each repeat is
    /// counted. The congestion window is not modelled: nothing here is longer than the first ten segments.
    /// </remarks>
    public TimeSpan ArrivalOf(int bytes, int behind, TimeSpan now)
    {
        lock (_gate)
        {
            Count(bytes);
            if (weather is null)
            {
                return now;
            }

            TimeSpan onAir = TimeSpan.FromSeconds(
                (double)(bytes + WireSpent.HeaderBytes) / weather.BytesPerSecond
            );
            TimeSpan sent = (now > _freeAt ? now : _freeAt) + onAir;
            _freeAt = sent;
            TimeSpan timeout = FirstTimeout;
            bool isToldByOthers = behind >= 3;
            while (_chance.NextDouble() < weather.LostShare)
            {
                Lost++;
                Count(bytes);
                sent += onAir + (isToldByOthers ? 2 * weather.OneWay : timeout);
                timeout *= isToldByOthers ? 1 : 2;
                isToldByOthers = false;
            }

            return sent + weather.OneWay;
        }
    }

    private void Count(int bytes)
    {
        // A handshake's segment is counted with its connection.
        Bytes += bytes;
        Segments += bytes > 0 ? 1 : 0;
    }
}
