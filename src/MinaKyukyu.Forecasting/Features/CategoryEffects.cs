using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Features;

/// <summary>
/// What each word of a column did to runs that carried it, beyond what was expected: the mean residual, drawn to that of all runs as
/// if <see cref="Shrink"/> runs of the pool stood beside it. A word never seen has the effect of the pool.
/// </summary>
internal sealed class CategoryEffects
{
    /// <summary>Own working value: half of what is said of a station rests on itself after so many runs.</summary>
    public const double Shrink = 50;

    /// <summary>Own working value: four fifths of the runs say nearly what all say.</summary>
    private const int Parts = 5;

    private readonly float[] _effects;

    public CategoryEffects(float[] effects) => _effects = effects;

    public ReadOnlySpan<float> Effects => _effects;

    /// <summary>NaN where no word is given.</summary>
    public float Find(int code) =>
        code < 0 ? float.NaN
        : code < _effects.Length ? _effects[code]
        : 0;

    public static CategoryEffects Of(CategoryColumn column, ReadOnlySpan<float> residuals) =>
        new(Without(-1, column, residuals));

    /// <summary>
    /// For the rows that are learned from: what the word did to the runs of the other parts. With its own run in it, the effect of a
    /// rare word would tell what is to be learned.
    /// </summary>
    public static float[] OfOthers(CategoryColumn column, ReadOnlySpan<float> residuals)
    {
        var effects = new float[residuals.Length];
        for (int part = 0; part < Parts; part++)
        {
            var others = new CategoryEffects(Without(part, column, residuals));
            for (int row = part; row < effects.Length; row += Parts)
            {
                effects[row] = others.Find(column.Codes[row]);
            }
        }

        return effects;
    }

    /// <param name="part">Every so many-th row is left out; -1: none.</param>
    private static float[] Without(int part, CategoryColumn column, ReadOnlySpan<float> residuals)
    {
        var sums = new double[column.Words.Length];
        var counts = new int[column.Words.Length];
        double all = 0;
        int rows = 0;
        for (int row = 0; row < residuals.Length; row++)
        {
            if (row % Parts == part)
            {
                continue;
            }

            rows++;
            all += residuals[row];
            if (column.Codes[row] is >= 0 and var code)
            {
                sums[code] += residuals[row];
                counts[code]++;
            }
        }

        double pool = rows == 0 ? 0 : all / rows;
        var effects = new float[sums.Length];
        for (int code = 0; code < effects.Length; code++)
        {
            effects[code] = (float)((sums[code] - (counts[code] * pool)) / (counts[code] + Shrink));
        }

        return effects;
    }
}
