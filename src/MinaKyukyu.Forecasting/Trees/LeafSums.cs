namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Rows of one side of a decision, and how many of them lie above what is predicted of each quantile.</summary>
internal readonly record struct LeafSums(int Rows, int AboveLow, int AboveMedian, int AboveHigh)
{
    /// <summary>Added to the rows of a leaf wherever one divides by them: a small leaf is believed less.</summary>
    public const double Doubt = 20;

    public static LeafSums operator +(LeafSums one, LeafSums other) =>
        new(
            one.Rows + other.Rows,
            one.AboveLow + other.AboveLow,
            one.AboveMedian + other.AboveMedian,
            one.AboveHigh + other.AboveHigh
        );

    public static LeafSums operator -(LeafSums one, LeafSums other) =>
        new(
            one.Rows - other.Rows,
            one.AboveLow - other.AboveLow,
            one.AboveMedian - other.AboveMedian,
            one.AboveHigh - other.AboveHigh
        );

    public static LeafSums At(ReadOnlySpan<int> counts) =>
        new(counts[0], counts[1], counts[2], counts[3]);

    /// <summary>
    /// How far this side is from what is predicted of it: the squared sum of the gradients of each quantile, over the rows. A
    /// gradient is q above and q − 1 below, so its sum is the rows above less the share 1 − q that should be. Each quantile is
    /// weighed by 1 / (q(1 − q)), the variance of its gradient, or the tails would not be heard.
    /// </summary>
    public double Score => Sum(Low, Median, High) / (Rows + Doubt);

    /// <summary>The score of two sides of one leaf where a quantile may not fall from left to right.</summary>
    public static double RisingScore(LeafSums left, LeafSums right)
    {
        LeafSums both = left + right;
        double score = 0;
        score += Rises(left.Low, left, right.Low, right)
            ? Part(left.Low, right.Low, left, right, LowWeight)
            : both.Low * both.Low * LowWeight / (both.Rows + Doubt);
        score += Rises(left.Median, left, right.Median, right)
            ? Part(left.Median, right.Median, left, right, MedianWeight)
            : both.Median * both.Median * MedianWeight / (both.Rows + Doubt);
        score += Rises(left.High, left, right.High, right)
            ? Part(left.High, right.High, left, right, HighWeight)
            : both.High * both.High * HighWeight / (both.Rows + Doubt);
        return score;
    }

    private const double LowWeight = 1 / (0.1 * 0.9);
    private const double MedianWeight = 1 / (0.5 * 0.5);
    private const double HighWeight = 1 / (0.9 * 0.1);

    private double Low => AboveLow - (0.9 * Rows);

    private double Median => AboveMedian - (0.5 * Rows);

    private double High => AboveHigh - (0.1 * Rows);

    private static double Sum(double low, double median, double high) =>
        (low * low * LowWeight) + (median * median * MedianWeight) + (high * high * HighWeight);

    private static bool Rises(double left, LeafSums one, double right, LeafSums other) =>
        left * (other.Rows + Doubt) <= right * (one.Rows + Doubt);

    private static double Part(
        double left,
        double right,
        LeafSums one,
        LeafSums other,
        double weight
    ) =>
        (left * left * weight / (one.Rows + Doubt))
        + (right * right * weight / (other.Rows + Doubt));
}
