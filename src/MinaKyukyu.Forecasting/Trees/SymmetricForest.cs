using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Fitted trees, flat: what is asked stands beside what is asked next.</summary>
internal sealed class SymmetricForest : IQuantilePredictor
{
    /// <summary>More than any model needs; a file that says more is refused before memory is taken for it.</summary>
    public const int MostTrees = 65_536;

    private readonly double[] _importance;

    /// <param name="features">How many columns a row has.</param>
    /// <param name="step">Of all values that are whole numbers here; a power of two.</param>
    /// <param name="starts">From where each quantile starts, in steps.</param>
    /// <param name="asked">The column of each decision, tree after tree.</param>
    /// <param name="thresholds">A decision says yes above its threshold; not to a missing value.</param>
    /// <param name="flips">−0 where the signs of value and threshold are changed first, so that missing values go with the large; else 0.</param>
    /// <param name="leaves"><see cref="Shape.Values"/> for each tree, in steps; no sum of starts and leaves leaves 32 bits.</param>
    public SymmetricForest(
        int features,
        float step,
        int[] starts,
        int[] asked,
        float[] thresholds,
        float[] flips,
        int[] leaves,
        double[] importance
    )
    {
        Features = features;
        Step = step;
        Starts = starts;
        Asked = asked;
        Thresholds = thresholds;
        Flips = flips;
        Leaves = leaves;
        _importance = importance;
    }

    public IReadOnlyList<double> Importance => _importance;

    internal int Features { get; }

    internal int Trees => Asked.Length / Shape.Levels;

    internal float Step { get; }

    internal int[] Starts { get; }

    internal int[] Asked { get; }

    internal float[] Thresholds { get; }

    internal float[] Flips { get; }

    internal int[] Leaves { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// Low, median and high are sorted at the end. The smallest, middle and largest of three functions that do not fall along a
    /// feature do not fall along it either, so what was promised of rising features holds.
    /// </remarks>
    public void Predict(
        ReadOnlySpan<float> columns,
        int stride,
        int rows,
        Span<float> low,
        Span<float> median,
        Span<float> high
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, rows);
        if (rows == 0)
        {
            return;
        }

        if (Features > 0 && columns.Length < ((Features - 1) * (long)stride) + rows)
        {
            throw new ArgumentException("The columns do not hold so many rows.", nameof(columns));
        }

        ForestKernel.Predict(
            this,
            columns,
            stride,
            low[..rows],
            median[..rows],
            high[..rows],
            ForestKernel.Widest
        );
    }

    public void Write(Stream to) => ForestFile.Write(this, to);
}
