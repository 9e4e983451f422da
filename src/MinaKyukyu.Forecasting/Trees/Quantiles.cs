namespace MinaKyukyu.Forecasting.Trees;

/// <summary>The three quantiles that are learned together, in the order in which everything here keeps them.</summary>
internal static class Quantiles
{
    public const int Count = 3;

    public static ReadOnlySpan<double> Shares => [0.1, 0.5, 0.9];
}
