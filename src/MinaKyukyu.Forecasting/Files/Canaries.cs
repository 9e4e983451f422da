using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Calibration;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Models;

namespace MinaKyukyu.Forecasting.Files;

/// <summary>Questions with known answers: a model that answers otherwise, or always the same, is not the one that was made.</summary>
internal static class Canaries
{
    private const int Count = 16;

    /// <summary>One millisecond: the last digit of a float may differ from machine to machine.</summary>
    private const int Tolerance = 2;

    public static ImmutableArray<Canary> Of(LearnedModel model, PreparedRuns runs)
    {
        int rows = runs.Runs.Count;
        var canaries = ImmutableArray.CreateBuilder<Canary>();
        for (int i = 0; i < Math.Min(Count, rows); i++)
        {
            int row = (int)((long)i * rows / Math.Min(Count, rows));
            ImmutableArray<float?> features =
            [
                .. Enumerable
                    .Range(0, runs.Table.Columns.Length)
                    .Select(c => runs.Table.Column(c)[row])
                    .Select(value => float.IsNaN(value) ? (float?)null : value),
            ];
            ImmutableArray<int> cell = [.. runs.CellCodes.Select(codes => codes[row])];
            canaries.Add(
                new Canary(
                    features,
                    runs.Expected[row],
                    cell,
                    Answer(model, features, runs.Expected[row], cell)
                )
            );
        }

        return canaries.ToImmutable();
    }

    /// <exception cref="InvalidDataException">An answer differs, or all are the same.</exception>
    public static void Check(LearnedModel model, ModelManifest manifest)
    {
        var medians = new HashSet<int>();
        foreach (Canary canary in manifest.Canaries)
        {
            if (
                canary.Features.Length != model.Recipe.Columns.Length
                || canary.Cell.Length != model.Corrections.ByColumn.Length
                || canary.Milliseconds.Length != 3
            )
            {
                throw new InvalidDataException("a canary does not fit the model");
            }

            ImmutableArray<int> answer = Answer(
                model,
                canary.Features,
                canary.ExpectedSeconds,
                canary.Cell
            );
            if (answer.Zip(canary.Milliseconds, (a, b) => Math.Abs((long)a - b)).Max() > Tolerance)
            {
                throw new InvalidDataException(
                    "the model answers a canary otherwise than when it was made"
                );
            }

            medians.Add(answer[1]);
        }

        if (medians.Count < 2)
        {
            throw new InvalidDataException("the model answers everything the same");
        }
    }

    private static ImmutableArray<int> Answer(
        LearnedModel model,
        ImmutableArray<float?> features,
        float expectedSeconds,
        ImmutableArray<int> cell
    )
    {
        Span<float> row = [.. features.Select(value => value ?? float.NaN)];
        Span<float> low = stackalloc float[1];
        Span<float> median = stackalloc float[1];
        Span<float> high = stackalloc float[1];
        model.Predictor.Predict(row, 1, 1, low, median, high);
        float offset = LearnedModel.OffsetOf(model.Recipe, expectedSeconds);
        Quantiles seconds = model.SecondsOf(
            new Correction(low[0] + offset, median[0] + offset, high[0] + offset),
            model.Corrections.Find(cell.AsSpan()),
            expectedSeconds
        );
        return [Whole(seconds.Low), Whole(seconds.Median), Whole(seconds.High)];
    }

    private static int Whole(float seconds) => (int)MathF.Round(seconds * 1_000);
}
