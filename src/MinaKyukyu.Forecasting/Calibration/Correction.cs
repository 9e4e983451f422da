namespace MinaKyukyu.Forecasting.Calibration;

/// <summary>What is added to predicted quantiles, in logarithms, so that they hold what they promise.</summary>
internal readonly record struct Correction(float Low, float Median, float High)
{
    /// <summary>Where nothing at all is known: half and double. Own working value.</summary>
    public static Correction Unknown { get; } = new(-0.7f, 0, 0.7f);

    public static Correction operator +(Correction a, Correction b) =>
        new(a.Low + b.Low, a.Median + b.Median, a.High + b.High);

    /// <summary>
    /// Split-conformal: of n runs that the model never learned from, the ⌈(n+1)·0.9⌉-th smallest error of P90 covers nine of ten
    /// new ones, P10 mirrored; the median is put in the middle.
    /// </summary>
    public static Correction Of(
        IReadOnlyList<int> rows,
        LogQuantiles predicted,
        ReadOnlySpan<float> observed
    )
    {
        if (rows.Count < 10)
        {
            return Unknown;
        }

        return new Correction(
            -Smallest(Errors(rows, predicted.Low, observed, sign: -1), 0.9),
            Smallest(Errors(rows, predicted.Median, observed, sign: 1), 0.5),
            Smallest(Errors(rows, predicted.High, observed, sign: 1), 0.9)
        );
    }

    private static float Smallest(float[] errors, double share)
    {
        Array.Sort(errors);
        int rank = (int)Math.Ceiling((errors.Length + 1) * share);
        return errors[Math.Min(rank, errors.Length) - 1];
    }

    private static float[] Errors(
        IReadOnlyList<int> rows,
        float[] predicted,
        ReadOnlySpan<float> observed,
        int sign
    )
    {
        var errors = new float[rows.Count];
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = sign * (observed[rows[i]] - predicted[rows[i]]);
        }

        return errors;
    }
}

/// <summary>P10, P50 and P90 of many runs as logarithms, by row.</summary>
internal sealed record LogQuantiles(float[] Low, float[] Median, float[] High)
{
    public static LogQuantiles Of(int rows) =>
        new(new float[rows], new float[rows], new float[rows]);

    public Correction Row(int row) => new(Low[row], Median[row], High[row]);

    public LogQuantiles Plus(Func<int, Correction> correctionOf)
    {
        LogQuantiles sum = Of(Low.Length);
        for (int row = 0; row < Low.Length; row++)
        {
            Correction moved = Row(row) + correctionOf(row);
            (sum.Low[row], sum.Median[row], sum.High[row]) = (moved.Low, moved.Median, moved.High);
        }

        return sum;
    }
}
