namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>The standard normal law.</summary>
internal static class NormalLaw
{
    // Acklam's rational approximation of the inverse; relative error below 1.2e-9.
    private static readonly double[] CentreAbove =
    [
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00,
    ];

    private static readonly double[] CentreBelow =
    [
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
        1,
    ];

    private static readonly double[] TailAbove =
    [
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00,
    ];

    private static readonly double[] TailBelow =
    [
        7.784695709041462e-03,
        3.224671290700398e-01,
        2.445134137142996e+00,
        3.754408661907416e+00,
        1,
    ];

    // Chebyshev fit of the complementary error function (Press and others, Numerical Recipes, 1992); relative error below 1.2e-7.
    private static readonly double[] ErrorFunction =
    [
        0.17087277,
        -0.82215223,
        1.48851587,
        -1.13520398,
        0.27886807,
        -0.18628806,
        0.09678418,
        0.37409196,
        1.00002368,
        -1.26551223,
    ];

    private const int PointsPerUnit = 256;
    private const int Widest = 8;

    // Drawn once and read between its points: the laws of a simulated year ask a hundred million times. Error below 1e-6.
    private static readonly double[] Shares =
    [
        .. Enumerable
            .Range(0, (2 * Widest * PointsPerUnit) + 1)
            .Select(point => ExactShare(((double)point / PointsPerUnit) - Widest)),
    ];

    /// <summary>Share of the law below <paramref name="z"/>.</summary>
    public static double Share(double z)
    {
        double point = (z + Widest) * PointsPerUnit;
        if (!(point > 0))
        {
            return 0;
        }

        int below = (int)Math.Min(point, Shares.Length);
        return below < Shares.Length - 1
            ? Shares[below] + ((point - below) * (Shares[below + 1] - Shares[below]))
            : 1;
    }

    /// <param name="share">Between 0 and 1, both exclusive.</param>
    public static double Quantile(double share)
    {
        const double tail = 0.02425;
        if (share > 1 - tail)
        {
            return -Quantile(1 - share);
        }

        if (share < tail)
        {
            double q = Math.Sqrt(-2 * Math.Log(share));
            return Polynomial(TailAbove, q) / Polynomial(TailBelow, q);
        }

        double middle = share - 0.5;
        double square = middle * middle;
        return middle * Polynomial(CentreAbove, square) / Polynomial(CentreBelow, square);
    }

    private static double ExactShare(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2);
        double t = 1 / (1 + (0.5 * x));
        double tail = 0.5 * t * Math.Exp((-x * x) + Polynomial(ErrorFunction, t));
        return z >= 0 ? 1 - tail : tail;
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        double sum = 0;
        foreach (double coefficient in coefficients)
        {
            sum = (sum * x) + coefficient;
        }

        return sum;
    }
}
