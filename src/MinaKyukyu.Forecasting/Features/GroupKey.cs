namespace MinaKyukyu.Forecasting.Features;

/// <summary>The values of up to four categories as one number, the first category highest.</summary>
internal static class GroupKey
{
    public const int MostColumns = 4;
    private const int Bits = 15;

    /// <summary>Words beyond are unknown to groups, as a word never seen is.</summary>
    public const int MostWords = (1 << Bits) - 2;

    /// <param name="depth">So many columns from the first; the others stand for all of their values.</param>
    public static ulong Of(ReadOnlySpan<int> codes, int depth)
    {
        ulong key = 0;
        for (int i = 0; i < depth; i++)
        {
            int code = codes[i];
            ulong part = code is >= 0 and < MostWords ? (ulong)(code + 1) : 0;
            key = (key << Bits) | part;
        }

        // The depth itself is part of the name, so that "all" differs from "the missing word".
        return key | ((ulong)depth << 60);
    }
}
