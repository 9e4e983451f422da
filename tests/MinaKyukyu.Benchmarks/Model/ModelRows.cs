using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Benchmarks.Model;

/// <summary>Invented rows of as many features as a time-to-scene model has; some values are missing.</summary>
internal sealed record ModelRows(FeatureTable Table, float[] Target)
{
    public const int Features = 20;

    public static ModelRows Of(int rows, int seed)
    {
        var chance = new Random(seed);
        float[] values = new float[rows * Features];
        for (int at = 0; at < values.Length; at++)
        {
            values[at] = chance.Next(20) == 0 ? float.NaN : chance.NextSingle();
        }

        // Every feature counts for something, so that the trees of both sides grow to their depth.
        float[] target = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            target[row] = chance.NextSingle();
            for (int column = 0; column < Features; column++)
            {
                float value = values[(column * rows) + row];
                target[row] += float.IsNaN(value) ? 0.3f : MathF.Sin(value * (1 + column));
            }
        }

        return new ModelRows(
            new FeatureTable(
                rows,
                [.. Enumerable.Range(0, Features).Select(column => new FeatureColumn($"{column}"))],
                values
            ),
            target
        );
    }

    /// <summary>The same values, row after row.</summary>
    public float[] ByRow()
    {
        float[] turned = new float[Table.Values.Length];
        for (int at = 0; at < turned.Length; at++)
        {
            turned[at] = Table.Column(at % Features)[at / Features];
        }

        return turned;
    }
}
