namespace MinaKyukyu.Forecasting.Trees;

/// <summary>
/// The shape of every tree: six decisions, each asked of every row, so a leaf is a number of six bits. The first decision is the
/// highest bit. A shallower tree asks less and its last decisions never say yes.
/// </summary>
internal static class Shape
{
    public const int Levels = 6;

    public const int Leaves = 1 << Levels;

    /// <summary>Values of one tree: the leaves of each quantile, one after the other.</summary>
    public const int Values = Quantiles.Count * Leaves;

    /// <summary>No value is larger: the decision never says yes.</summary>
    public const float Never = float.MaxValue;

    public static int BitOf(int level) => 1 << (Levels - 1 - level);
}
