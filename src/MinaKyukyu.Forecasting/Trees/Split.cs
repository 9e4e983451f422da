namespace MinaKyukyu.Forecasting.Trees;

/// <summary>One decision: rows whose bin is above <paramref name="Bin"/> go right.</summary>
/// <param name="Bin">The last of the feature's bins when only missing values go right.</param>
/// <param name="IsMissingRight">Where a row without a value goes.</param>
/// <param name="Gain">By how much the score of the level rises; 0 when nothing was found.</param>
internal readonly record struct Split(int Feature, int Bin, bool IsMissingRight, double Gain)
{
    public static readonly Split None = new(-1, 0, IsMissingRight: false, 0);

    public bool IsFound => Feature >= 0;

    public bool GoesRight(byte bin) => bin == FeatureBins.Missing ? IsMissingRight : bin > Bin;

    public float ThresholdIn(FeatureBins feature) =>
        Bin < feature.Thresholds.Length ? feature.Thresholds[Bin] : Shape.Never;
}
