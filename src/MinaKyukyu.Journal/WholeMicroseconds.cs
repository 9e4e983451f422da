namespace MinaKyukyu.Journal;

/// <summary>Moments as the journal keeps them: whole microseconds since 1970-01-01T00:00Z, 64 bits.</summary>
public static class WholeMicroseconds
{
    public static long Since1970(DateTimeOffset moment) =>
        (moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Moment(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The moment, cut to what the journal keeps.</summary>
    public static DateTimeOffset Cut(DateTimeOffset moment) => Moment(Since1970(moment));
}
