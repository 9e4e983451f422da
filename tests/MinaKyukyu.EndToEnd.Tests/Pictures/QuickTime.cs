namespace MinaKyukyu.EndToEnd.Tests.Pictures;

/// <summary>The machine's clock, set back by some hours and moved on by hand, so that an evening passes in a second.</summary>
internal sealed class QuickTime(TimeSpan back) : TimeProvider
{
    private long _aheadTicks = -back.Ticks;

    public override DateTimeOffset GetUtcNow() =>
        System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _aheadTicks));

    public void Pass(TimeSpan span) => Interlocked.Add(ref _aheadTicks, span.Ticks);

    public void Pass(int seconds) => Pass(TimeSpan.FromSeconds(seconds));
}
