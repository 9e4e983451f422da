using MinaKyukyu.Forecasting.Calibration;

namespace MinaKyukyu.Forecasting.Tests.Calibration;

public sealed class CorrectionsTests
{
    private const int Seed = 101;

    [Fact]
    public void Nine_of_ten_new_runs_are_within_P90_and_one_within_P10_whatever_was_predicted()
    {
        // The model is wrong on all three: too early, and much too sure.
        (LogQuantiles predicted, float[] observed, int[] town) = Draw(20_000, Seed);
        var corrections = Corrections.Of(
            [town],
            [.. Enumerable.Range(0, 10_000)],
            predicted,
            observed
        );
        for (int code = 0; code < 3; code++)
        {
            int[] rows = [.. Enumerable.Range(10_000, 10_000).Where(row => town[row] == code)];
            double Within(Func<Correction, float> quantile) =>
                rows.Count(row =>
                    observed[row] <= quantile(predicted.Row(row) + corrections.Find([town[row]]))
                ) / (double)rows.Length;
            Assert.InRange(Within(q => q.Low), 0.08, 0.12);
            Assert.InRange(Within(q => q.Median), 0.47, 0.53);
            Assert.InRange(Within(q => q.High), 0.88, 0.92);
        }
    }

    [Fact]
    public void Also_after_forty_runs_nine_of_ten_are_covered_on_average()
    {
        const int rounds = 2_000;
        int high = 0;
        int low = 0;
        for (int round = 0; round < rounds; round++)
        {
            (LogQuantiles predicted, float[] observed, _) = Draw(41, Seed + round);
            var correction = Correction.Of([.. Enumerable.Range(0, 40)], predicted, observed);
            Correction last = predicted.Row(40) + correction;
            high += observed[40] <= last.High ? 1 : 0;
            low += observed[40] <= last.Low ? 1 : 0;
        }

        // What split-conformal promises, 0.9 to 0.9 + 1/41, and three standard errors of 2,000 rounds.
        Assert.InRange((double)high / rounds, 0.88, 0.945);
        Assert.InRange((double)low / rounds, 0.055, 0.12);
    }

    [Fact]
    public void Of_fewer_than_ten_runs_nothing_is_known_and_limits_are_half_and_double()
    {
        (LogQuantiles predicted, float[] observed, _) = Draw(9, Seed);
        Assert.Equal(
            Correction.Unknown,
            Correction.Of([.. Enumerable.Range(0, 9)], predicted, observed)
        );
        Assert.Equal(0.5, Math.Exp(Correction.Unknown.Low), 2);
        Assert.Equal(2, Math.Exp(Correction.Unknown.High), 1);
    }

    [Fact]
    public void A_town_with_few_runs_and_one_never_seen_get_the_correction_of_all()
    {
        (LogQuantiles predicted, float[] observed, int[] town) = Draw(3_000, Seed);
        int few = 0;
        for (int row = 0; row < town.Length; row++)
        {
            if (town[row] == 2 && few++ >= Corrections.LeastRows - 1)
            {
                town[row] = 1;
            }
        }

        var corrections = Corrections.Of(
            [town],
            [.. Enumerable.Range(0, 3_000)],
            predicted,
            observed
        );
        Assert.Equal(corrections.All, corrections.Find([2]));
        Assert.Equal(corrections.All, corrections.Find([77]));
        Assert.Equal(corrections.All, corrections.Find([-1]));
        Assert.NotEqual(corrections.All, corrections.Find([1]));
    }

    /// <summary>Three towns of which each has its own error, larger on one side.</summary>
    private static (LogQuantiles Predicted, float[] Observed, int[] Town) Draw(int rows, int seed)
    {
        var chance = new Random(seed);
        var predicted = LogQuantiles.Of(rows);
        var observed = new float[rows];
        var town = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            float usual = 5 + (2 * chance.NextSingle());
            town[row] = chance.Next(3);
            predicted.Low[row] = usual - 0.05f;
            predicted.Median[row] = usual;
            predicted.High[row] = usual + 0.05f;
            observed[row] =
                usual
                + (float)(
                    0.1
                    + (0.1 * town[row])
                    + ((0.1 + (0.1 * town[row])) * DrawnRuns.Normal(chance))
                    - (0.2 * Math.Log(1 - chance.NextDouble()))
                );
        }

        return (predicted, observed, town);
    }
}
