using System.Diagnostics;

namespace MinaKyukyu.Tablet.Tests;

/// <summary>For what other threads and processes do: looked at again and again, with an end.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<bool> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(watch.Elapsed < Most, $"Not within {Most.TotalSeconds} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }
}
