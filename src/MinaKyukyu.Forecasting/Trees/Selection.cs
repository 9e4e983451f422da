namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Finds a quantile without sorting. The answer is a value, so it does not depend on how it was found.</summary>
internal static class Selection
{
    /// <summary>The smallest value that at least this share of all values do not exceed. Reorders them.</summary>
    /// <param name="values">At least one; none is NaN.</param>
    public static float Quantile(Span<float> values, double share)
    {
        int wanted = Math.Clamp((int)Math.Ceiling(share * values.Length) - 1, 0, values.Length - 1);
        int low = 0;
        int high = values.Length - 1;
        while (low < high)
        {
            (int left, int right) = Part(values, low, high);
            if (wanted <= right)
            {
                high = right;
            }
            else if (wanted >= left)
            {
                low = left;
            }
            else
            {
                break;
            }
        }

        return values[wanted];
    }

    /// <summary>Hoare's partition about the middle one of three; equal values stop both sides, so that ties stay cheap.</summary>
    private static (int Left, int Right) Part(Span<float> values, int low, int high)
    {
        float pivot = MiddleOf(values[low], values[(low + high) / 2], values[high]);
        int left = low;
        int right = high;
        while (left <= right)
        {
            while (values[left] < pivot)
            {
                left++;
            }

            while (values[right] > pivot)
            {
                right--;
            }

            if (left <= right)
            {
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }
        }

        return (left, right);
    }

    private static float MiddleOf(float a, float b, float c) =>
        MathF.Max(MathF.Min(a, b), MathF.Min(MathF.Max(a, b), c));
}
