namespace MinaKyukyu.Forecasting.Trees;

/// <summary>One grown tree.</summary>
/// <param name="Splits">At most <see cref="Shape.Levels"/>, the first asked first.</param>
/// <param name="Values"><see cref="Shape.Values"/>: what is added to each quantile, by leaf; in steps of the grid, already times the rate.</param>
internal sealed record Tree(IReadOnlyList<Split> Splits, int[] Values);
