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

    private readonly float[] _effects;

    public CategoryEffects(float[] effects) => _effects = effects;

    public ReadOnlySpan<float> Effects => _effects;

    /// <summary>NaN where no word is given.</summary>
    public float Find(int code) =>
        code < 0 ? float.NaN
        : code < _effects.Length ? _effects[code]
        : 0;

    public static CategoryEffects Of(CategoryColumn column, ReadOnlySpan<float> residuals)
    {
        var sums = new double[column.Words.Length];
        var counts = new int[column.Words.Length];
        double all = 0;
        for (int row = 0; row < residuals.Length; row++)
        {
            all += residuals[row];
            if (column.Codes[row] is >= 0 and var code)
            {
                sums[code] += residuals[row];
                counts[code]++;
            }
        }

        double pool = residuals.Length == 0 ? 0 : all / residuals.Length;
        var effects = new float[sums.Length];
        for (int code = 0; code < effects.Length; code++)
        {
            effects[code] = (float)((sums[code] - (counts[code] * pool)) / (counts[code] + Shrink));
        }

        return new CategoryEffects(effects);
    }
}
