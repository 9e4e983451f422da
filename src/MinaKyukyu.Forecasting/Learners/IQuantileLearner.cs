namespace MinaKyukyu.Forecasting.Learners;

/// <summary>Fits P10, P50 and P90 of a target. The same rows and options give the same predictions, at any number of threads.</summary>
/// <remarks>A learner that knows no quantile gives the centre three times: calibration makes limits of it.</remarks>
public interface IQuantileLearner
{
    /// <summary>As it stands in a model's manifest.</summary>
    string Name { get; }

    /// <param name="target">One for each row; finite.</param>
    /// <param name="offset">What the prediction starts from in each row; it is added to what is learned. Empty: 0.</param>
    IQuantilePredictor Fit(
        FeatureTable rows,
        ReadOnlySpan<float> target,
        ReadOnlySpan<float> offset,
        FitOptions options,
        CancellationToken stop
    );

    /// <exception cref="InvalidDataException">Not what <see cref="IQuantilePredictor.Write"/> wrote for so many features.</exception>
    IQuantilePredictor Read(ReadOnlySpan<byte> bytes, int features);
}

/// <summary>What was fitted: immutable, safe for any number of threads.</summary>
public interface IQuantilePredictor
{
    /// <summary>Share of the explained error that each feature took away, in the order of the columns; sums to 1, or all 0.</summary>
    IReadOnlyList<double> Importance { get; }

    /// <summary>Predicts rows that stand column after column. Allocates nothing.</summary>
    /// <param name="columns">Value of row r in column c stands at c × <paramref name="stride"/> + r.</param>
    /// <param name="stride">At least <paramref name="rows"/>.</param>
    /// <param name="low">P10 of each row, without the offset; not above the median.</param>
    void Predict(
        ReadOnlySpan<float> columns,
        int stride,
        int rows,
        Span<float> low,
        Span<float> median,
        Span<float> high
    );

    void Write(Stream to);
}

/// <summary>How trees are grown.</summary>
public sealed record FitOptions
{
    public int Trees { get; init; } = 400;
    public int Depth { get; init; } = 6;
    public double Rate { get; init; } = 0.1;
    public int LeafRows { get; init; } = 100;
    public double RowShare { get; init; } = 0.8;
    public double ColumnShare { get; init; } = 0.8;
    public int Seed { get; init; } = 1;
    public int Threads { get; init; } = Environment.ProcessorCount;
}
