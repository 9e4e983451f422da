using MinaKyukyu.Forecasting.Calibration;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Models;

/// <summary>Everything that was learned: what the numbers are, the trees on them, and how far off those were. Immutable.</summary>
internal sealed record LearnedModel(
    FeatureRecipe Recipe,
    IQuantilePredictor Predictor,
    Corrections Corrections,
    PartMedians Parts,
    ConstantBaselines Baselines
)
{
    /// <summary>
    /// How much of a longer road the prediction takes as given: ten times as far is at least 10^0.75 times as long, also beyond
    /// what training saw. The trees may add to it but, by their constraint, never take away. Own working value.
    /// </summary>
    private const float RoadShare = 0.75f;

    /// <summary>For runs of a department that this model never saw; null where the schema tells no department.</summary>
    public LearnedModel? Newcomer { get; init; }

    public RunSchema Schema => Recipe.Schema;

    /// <summary>The model that answers for a department by its word.</summary>
    public LearnedModel For(string? department) =>
        Newcomer is null || (department is not null && Knows(department)) ? this : Newcomer;

    public bool Knows(string department) =>
        Schema.Department is { } column
        && Recipe.Words[Schema.Columns.IndexOf(Schema.Find(column)!)].Contains(department);

    /// <summary>What predictions start from, as a logarithm.</summary>
    public static float OffsetOf(FeatureRecipe recipe, float expectedSeconds) =>
        PreparedRuns.LogOf(expectedSeconds) * (recipe.Expected.IsByRouter ? RoadShare : 1);

    /// <summary>Quantiles of all runs before any correction, as logarithms.</summary>
    public LogQuantiles Predict(PreparedRuns runs) =>
        Predict(Recipe, Predictor, runs.Table, runs.Expected);

    public static LogQuantiles Predict(
        FeatureRecipe recipe,
        IQuantilePredictor predictor,
        FeatureTable table,
        float[] expected
    )
    {
        var raw = LogQuantiles.Of(table.Rows);
        predictor.Predict(
            table.Values,
            Math.Max(1, table.Rows),
            table.Rows,
            raw.Low,
            raw.Median,
            raw.High
        );
        for (int row = 0; row < table.Rows; row++)
        {
            float offset = OffsetOf(recipe, expected[row]);
            raw.Low[row] += offset;
            raw.Median[row] += offset;
            raw.High[row] += offset;
        }

        return raw;
    }

    /// <summary>Corrected logarithms as seconds: in order, finite, and never farther from the expected than a right road allows.</summary>
    public Quantiles SecondsOf(Correction raw, Correction correction, float expectedSeconds)
    {
        float low = Within(raw.Low + correction.Low, expectedSeconds, 0.5f, 2.5f);
        float median = Within(raw.Median + correction.Median, expectedSeconds, 0.5f, 2.5f);
        float high = Within(raw.High + correction.High, expectedSeconds, 0.5f, 4);
        // The median is the best known of the three; the limits give way to it.
        return new Quantiles(Math.Min(low, median), median, Math.Max(high, median));
    }

    /// <summary>A wrong model can only rescale a right road. Without a road, the schema's own limits hold.</summary>
    private float Within(float logarithm, float expectedSeconds, float least, float most)
    {
        float seconds = MathF.Exp(logarithm) - FeatureRecipe.ShortestSeconds;
        float from = (float)Schema.LeastSeconds;
        float until = (float)Schema.MostSeconds;
        if (Recipe.Expected.IsByRouter)
        {
            float around = expectedSeconds + FeatureRecipe.ShortestSeconds;
            from = Math.Max(from, (around * least) - FeatureRecipe.ShortestSeconds);
            until = Math.Max(
                from,
                Math.Min(until, (around * most) - FeatureRecipe.ShortestSeconds)
            );
        }

        return float.IsNaN(seconds)
            ? Math.Clamp(expectedSeconds, from, until)
            : Math.Clamp(seconds, from, until);
    }
}
