using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Tests.Trees;

/// <summary>Invented ambulance runs with a target that is known: the same seed, the same runs.</summary>
internal sealed class Runs
{
    /// <summary>Kilometres by road, hour of the day, rain (missing on one run of five), and a number that means nothing.</summary>
    public static readonly ImmutableArray<FeatureColumn> Columns =
    [
        new("kilometres", IsRising: true),
        new("hour"),
        new("rain"),
        new("nothing"),
    ];

    private Runs(FeatureTable table, float[] target) => (Table, Target) = (table, target);

    public FeatureTable Table { get; }

    public float[] Target { get; }

    /// <summary>Minutes: 2 a kilometre, 3 more at night, 4 more in rain, and a doubt that grows with the way.</summary>
    public static Runs Of(int rows, int seed)
    {
        var chance = new Random(seed);
        float[] values = new float[rows * Columns.Length];
        float[] target = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            float kilometres = 10 * chance.NextSingle();
            float hour = chance.Next(24);
            bool isRaining = chance.Next(4) == 0;
            values[row] = kilometres;
            values[rows + row] = hour;
            values[(2 * rows) + row] =
                chance.Next(5) == 0 ? float.NaN
                : isRaining ? 1
                : 0;
            values[(3 * rows) + row] = chance.NextSingle();
            float doubt = chance.NextSingle() + chance.NextSingle();
            target[row] =
                (2 * kilometres)
                + (hour < 6 ? 3 : 0)
                + (isRaining ? 4 : 0)
                + (doubt * (1 + (0.3f * kilometres)));
        }

        return new Runs(new FeatureTable(rows, Columns, values), target);
    }

    public IQuantilePredictor Fit(FitOptions options) =>
        new BoostedTreesLearner().Fit(Table, Target, [], options, CancellationToken.None);
}

/// <summary>P10, P50 and P90 of rows.</summary>
internal sealed record Predicted(float[] Low, float[] Median, float[] High)
{
    public static Predicted Of(IQuantilePredictor predictor, FeatureTable table) =>
        Of(predictor, table.Values, table.Rows, table.Rows);

    public static Predicted Of(
        IQuantilePredictor predictor,
        ReadOnlySpan<float> columns,
        int stride,
        int rows
    )
    {
        var into = new Predicted(new float[rows], new float[rows], new float[rows]);
        predictor.Predict(columns, stride, rows, into.Low, into.Median, into.High);
        return into;
    }

    public IEnumerable<float> All => [.. Low, .. Median, .. High];

    public static byte[] Bytes(IQuantilePredictor predictor)
    {
        using var stream = new MemoryStream();
        predictor.Write(stream);
        return stream.ToArray();
    }
}
