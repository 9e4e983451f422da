namespace MinaKyukyu.Tablet.Queue;

/// <summary>How long to wait before the next try: exponential, full jitter, so that tablets that lost the same radio do not return together.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest, TimeSpan shortest, Random chance)
{
    /// <param name="tries">How many tries failed in a row, from 1.</param>
    /// <param name="asked">What the server asked for; waited at least.</param>
    public TimeSpan Next(int tries, TimeSpan? asked = null)
    {
        // Beyond 2^20 the bound has long been reached; the limit keeps the product finite.
        double ceiling = Math.Min(
            longest.TotalMilliseconds,
            first.TotalMilliseconds * Math.Pow(2, Math.Min(tries - 1, 20))
        );
        double drawn = Math.Max(shortest.TotalMilliseconds, chance.NextDouble() * ceiling);
        double floor = Math.Min(asked?.TotalMilliseconds ?? 0, longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Max(drawn, floor));
    }
}
