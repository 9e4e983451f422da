namespace MinaKyukyu.Forecasting.Trees;

/// <summary>One feature cut into bins; a bin is the number of thresholds that a value exceeds.</summary>
/// <param name="Thresholds">Rising; at most 254. Between two bins of rows there is one.</param>
/// <param name="Bins">The bin of each row.</param>
internal sealed record FeatureBins(float[] Thresholds, byte[] Bins, bool HasMissing, bool IsRising)
{
    public const int Most = 255;

    /// <summary>The bin of rows whose value is missing; it stands after all others.</summary>
    public const byte Missing = 255;

    /// <param name="column">NaN is missing; nothing is infinite.</param>
    public static FeatureBins Of(ReadOnlySpan<float> column, bool isRising)
    {
        float[] sorted = new float[column.Length];
        int known = 0;
        foreach (float value in column)
        {
            if (!float.IsNaN(value))
            {
                sorted[known++] = value;
            }
        }

        Array.Sort(sorted, 0, known);
        float[] thresholds = [.. ThresholdsOf(sorted.AsSpan(0, known))];
        byte[] bins = new byte[column.Length];
        for (int row = 0; row < column.Length; row++)
        {
            bins[row] = float.IsNaN(column[row]) ? Missing : BinOf(thresholds, column[row]);
        }

        return new FeatureBins(thresholds, bins, known < column.Length, isRising);
    }

    private static byte BinOf(float[] thresholds, float value)
    {
        int low = 0;
        int high = thresholds.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (value > thresholds[middle])
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (byte)low;
    }

    /// <summary>Each distinct value alone while they fit; else about equally many rows between two thresholds.</summary>
    private static List<float> ThresholdsOf(ReadOnlySpan<float> sorted)
    {
        int distinct = sorted.IsEmpty ? 0 : 1;
        for (int at = 1; at < sorted.Length; at++)
        {
            distinct += sorted[at] > sorted[at - 1] ? 1 : 0;
        }

        List<float> thresholds = [];
        int begun = 0;
        for (int at = 1; at < sorted.Length; at++)
        {
            int binsLeft = Most - thresholds.Count;
            bool isFull =
                distinct <= Most || (long)(at - begun) * binsLeft >= sorted.Length - begun;
            if (sorted[at] > sorted[at - 1] && isFull && binsLeft > 1)
            {
                thresholds.Add(Between(sorted[at - 1], sorted[at]));
                begun = at;
            }
        }

        return thresholds;
    }

    /// <summary>At least the lower value, and less than the upper.</summary>
    private static float Between(float lower, float upper)
    {
        float middle = (float)(((double)lower + upper) / 2);
        return middle >= lower && middle < upper ? middle : lower;
    }
}
