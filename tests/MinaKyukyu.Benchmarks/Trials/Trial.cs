namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>Answers that were compared with Dijkstra's.</summary>
internal readonly record struct Agreement(long Equal, long Unequal)
{
    public static Agreement operator +(Agreement one, Agreement other) =>
        new(one.Equal + other.Equal, one.Unequal + other.Unequal);

    public static Agreement Of(ReadOnlySpan<int> answers, ReadOnlySpan<int> truth)
    {
        int equal = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            equal += answers[i] == truth[i] ? 1 : 0;
        }

        return new Agreement(equal, truth.Length - equal);
    }
}

/// <summary>
/// One thing that is measured, again and again with another question each time. The same object is timed by BenchmarkDotNet,
/// by the table, and checked by the tests.
/// </summary>
internal abstract class Trial(string name)
{
    public string Name { get; } = name;

    /// <summary>Once more. This alone is timed.</summary>
    public abstract void Run();

    /// <summary>
    /// Keeps the answer of the last run, quickly; the comparison with Dijkstra comes later, when it disturbs nobody's caches.
    /// </summary>
    public abstract Func<Agreement> Keep();
}
