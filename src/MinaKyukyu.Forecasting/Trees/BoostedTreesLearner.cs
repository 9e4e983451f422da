using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>
/// Gradient boosting with pinball loss. The three quantiles share one symmetric tree a round, in which every row of a level is
/// asked the same question; each has its own leaf values. What decides the shape of a tree are whole numbers of rows, so the
/// same rows and options give the same bytes at any number of threads.
/// </summary>
/// <remarks>Safe for any number of threads; each fit takes as many as its options say.</remarks>
public sealed class BoostedTreesLearner : IQuantileLearner
{
    /// <summary>Targets and offsets are not larger; beyond, sums of them would leave the numbers of 32 bits.</summary>
    public const float LargestTarget = 1e30f;

    public string Name => "mina-trees";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A target, an offset or a feature is not what it must be; or an option is out of range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for; it is looked at before each tree.</exception>
    public IQuantilePredictor Fit(
        FeatureTable rows,
        ReadOnlySpan<float> target,
        ReadOnlySpan<float> offset,
        FitOptions options,
        CancellationToken stop
    )
    {
        Check(options);
        float[] unexplained = Unexplained(rows, target, offset);
        FeatureBins[] features = BinsOf(rows, options.Threads);
        var growth = new Growth(features, unexplained, options);
        var forest = new ForestBuilder(features, growth);
        for (int number = 0; number < options.Trees && features.Length > 0; number++)
        {
            stop.ThrowIfCancellationRequested();
            if (growth.Grow(number) is { } tree)
            {
                forest.Add(tree);
            }
        }

        return forest.Build();
    }

    public IQuantilePredictor Read(ReadOnlySpan<byte> bytes, int features) =>
        ForestFile.Read(bytes, features);

    private static FeatureBins[] BinsOf(FeatureTable rows, int threads)
    {
        // Looked at before threads are, so that the exception is the caller's own and not one of several.
        foreach (float value in rows.Values)
        {
            if (float.IsInfinity(value))
            {
                throw new ArgumentException("A feature is infinite.", nameof(rows));
            }
        }

        var features = new FeatureBins[rows.Columns.Length];
        Parallel.For(
            0,
            features.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            column =>
                features[column] = FeatureBins.Of(
                    rows.Column(column),
                    rows.Columns[column].IsRising
                )
        );
        return features;
    }

    private static float[] Unexplained(
        FeatureTable rows,
        ReadOnlySpan<float> target,
        ReadOnlySpan<float> offset
    )
    {
        if (target.Length != rows.Rows || (!offset.IsEmpty && offset.Length != rows.Rows))
        {
            throw new ArgumentException(
                "There is not one target and one offset for each row.",
                nameof(target)
            );
        }

        float[] unexplained = target.ToArray();
        for (int row = 0; row < unexplained.Length; row++)
        {
            float from = offset.IsEmpty ? 0 : offset[row];
            if (!(MathF.Abs(target[row]) <= LargestTarget && MathF.Abs(from) <= LargestTarget))
            {
                throw new ArgumentException(
                    $"The target or offset of row {row} is not a number that can be learned.",
                    nameof(target)
                );
            }

            unexplained[row] -= from;
        }

        return unexplained;
    }

    private static void Check(FitOptions options)
    {
        Require(options.Trees is >= 0 and <= SymmetricForest.MostTrees, nameof(options.Trees));
        Require(options.Depth is >= 1 and <= Shape.Levels, nameof(options.Depth));
        Require(options.Rate is > 0 and <= 1, nameof(options.Rate));
        Require(options.LeafRows >= 1, nameof(options.LeafRows));
        Require(options.RowShare is > 0 and <= 1, nameof(options.RowShare));
        Require(options.ColumnShare is > 0 and <= 1, nameof(options.ColumnShare));
        Require(options.Threads >= 1, nameof(options.Threads));
    }

    private static void Require(bool isInRange, string option)
    {
        if (!isInRange)
        {
            throw new ArgumentOutOfRangeException(nameof(option), $"{option} is out of range.");
        }
    }
}
