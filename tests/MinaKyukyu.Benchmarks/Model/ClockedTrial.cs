using System.Diagnostics;
using MinaKyukyu.Benchmarks.Trials;

namespace MinaKyukyu.Benchmarks.Model;

/// <summary>
/// Also remembers its fastest run. On a busy machine what takes milliseconds is interrupted nearly always and what takes
/// microseconds hardly ever; then only the fastest runs of the two can be compared.
/// </summary>
internal abstract class ClockedTrial(string name) : Trial(name)
{
    public TimeSpan Fastest { get; private set; } = TimeSpan.MaxValue;

    public sealed override void Run()
    {
        long begun = Stopwatch.GetTimestamp();
        Predict();
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        Fastest = took < Fastest ? took : Fastest;
    }

    protected abstract void Predict();
}
