namespace MinaKyukyu.Benchmarks.Networks;

/// <summary>How large the invented prefecture is.</summary>
/// <param name="FewestStreets">A town has at least so many streets each way.</param>
/// <param name="MostStreets">And at most so many.</param>
internal sealed record PrefectureSize(
    int TownsEast,
    int TownsNorth,
    int FewestStreets,
    int MostStreets
)
{
    /// <summary>About 450,000 nodes and 1.3 million directed edges: a Japanese prefecture of middle size.</summary>
    public static readonly PrefectureSize Whole = new(16, 10, 25, 75);

    /// <summary>A few hundred nodes, for tests.</summary>
    public static readonly PrefectureSize Tiny = new(2, 2, 6, 9);
}
