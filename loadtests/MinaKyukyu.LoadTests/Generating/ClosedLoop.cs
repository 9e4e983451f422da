using MinaKyukyu.LoadTests.Measuring;

namespace MinaKyukyu.LoadTests.Generating;

/// <summary>
/// The usual and wrong way, kept as the control: asks again only after the answer, so a stall is seen by one call and hides
/// everybody who would have come meanwhile.
/// </summary>
internal static class ClosedLoop
{
    public static async Task<Tally> RunAsync(
        LoadProfile profile,
        TimeSpan duration,
        TimeProvider time,
        CancellationToken stop
    )
    {
        var tally = new Tally();
        long began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < duration)
        {
            long sent = time.GetTimestamp();
            tally.CountSent(TimeSpan.Zero);
            TimeSpan? serverSide = await profile.SendAsync(stop);
            tally.CountCompleted(time.GetElapsedTime(sent), serverSide, null);
        }

        return tally;
    }
}
