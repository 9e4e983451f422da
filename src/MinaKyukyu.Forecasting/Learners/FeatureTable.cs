using System.Collections.Immutable;

namespace MinaKyukyu.Forecasting.Learners;

/// <summary>What a learner sees: numbers, one column a feature. NaN is a missing value; nothing is infinite.</summary>
/// <param name="values">Column after column, each <paramref name="rows"/> long, rows in the order of time.</param>
public sealed class FeatureTable(int rows, ImmutableArray<FeatureColumn> columns, float[] values)
{
    public int Rows { get; } = rows;

    public ImmutableArray<FeatureColumn> Columns { get; } = columns;

    /// <summary>Column after column: value of row r in column c stands at c × <see cref="Rows"/> + r.</summary>
    public ReadOnlySpan<float> Values => values;

    public ReadOnlySpan<float> Column(int column) => values.AsSpan(column * Rows, Rows);
}

/// <summary>One feature, by the name under which the model card lists it.</summary>
/// <param name="IsRising">Physics asks that a larger value never makes the prediction smaller.</param>
public sealed record FeatureColumn(string Name, bool IsRising = false);
