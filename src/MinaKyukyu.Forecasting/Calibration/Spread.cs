using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Calibration;

/// <summary>How far departments lie apart: a new one lies as far from their middle, nobody knows to which side.</summary>
internal static class Spread
{
    /// <summary>The mean of the departments' own corrections, the limits wider by one standard deviation; null for fewer than two departments.</summary>
    public static Correction? Over(
        RunTable runs,
        IReadOnlyList<int> rows,
        LogQuantiles predicted,
        ReadOnlySpan<float> observed
    )
    {
        CategoryColumn words = runs.Categories(runs.Schema.Find(runs.Schema.Department!)!);
        var own = new List<Correction>();
        foreach (IGrouping<int, int> members in rows.GroupBy(row => words.Codes[row]))
        {
            int[] enough = [.. members];
            if (members.Key >= 0 && enough.Length >= Corrections.LeastRows)
            {
                own.Add(Correction.Of(enough, predicted, observed));
            }
        }

        if (own.Count < 2)
        {
            return null;
        }

        return new Correction(
            (float)(own.Average(c => c.Low) - DeviationOf(own, c => c.Low)),
            own.Average(c => c.Median),
            (float)(own.Average(c => c.High) + DeviationOf(own, c => c.High))
        );
    }

    private static double DeviationOf(List<Correction> own, Func<Correction, float> partOf)
    {
        double mean = own.Average(partOf);
        double squares = own.Sum(c => (partOf(c) - mean) * (partOf(c) - mean));
        return Math.Sqrt(squares / (own.Count - 1));
    }
}
