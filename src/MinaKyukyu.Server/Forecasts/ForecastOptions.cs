using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Server.Forecasts;

/// <summary>Which model of the time to scene a node starts with, and how it learns.</summary>
/// <param name="Directory">A model directory; null: the one that the city names, if any.</param>
/// <param name="SignerFile">PEM file with the public key that signed it.</param>
public sealed record ForecastOptions(string? Directory = null, string? SignerFile = null)
{
    /// <summary>Providers whose models may be served.</summary>
    public IReadOnlyList<IQuantileLearner> Learners { get; init; } = [new BoostedTreesLearner()];

    /// <summary>Learn each night from the department's own runs.</summary>
    public bool LearnsNightly { get; init; } = true;

    /// <summary>Local hour of learning.</summary>
    /// <value>3: when the fewest calls come.</value>
    public int LearningHour { get; init; } = 3;

    /// <summary>Fewer own runs are not learned from.</summary>
    /// <value>1,000: about two weeks of sixty a day.</value>
    public int LeastRuns { get; init; } = 1_000;

    /// <summary>The newest days, from which nothing is learned: they judge.</summary>
    public TimeSpan JudgedBy { get; init; } = TimeSpan.FromDays(14);
}
