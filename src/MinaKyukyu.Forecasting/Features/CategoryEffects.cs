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

    public float Find(int code) => (uint)code < (uint)_effects.Length ? _effects[code] : 0;

    public static CategoryEffects Of(CategoryColumn column, ReadOnlySpan<float> residuals)
    {
        var tally = new Tally(column.Words.Length);
        for (int row = 0; row < residuals.Length; row++)
        {
            tally.Add(column.Codes[row], residuals[row]);
        }

        return new CategoryEffects([
            .. Enumerable.Range(0, column.Words.Length).Select(tally.Effect),
        ]);
    }

    /// <summary>Each row by the rows before it: what training sees was never told by the row itself.</summary>
    public static void InTimeOrder(
        CategoryColumn column,
        ReadOnlySpan<float> residuals,
        Span<float> into
    )
    {
        var tally = new Tally(column.Words.Length);
        for (int row = 0; row < residuals.Length; row++)
        {
            into[row] = tally.Effect(column.Codes[row]);
            tally.Add(column.Codes[row], residuals[row]);
        }
    }

    private sealed class Tally(int words)
    {
        private readonly double[] _sums = new double[words];
        private readonly int[] _counts = new int[words];
        private double _sum;
        private int _count;

        public void Add(int code, float residual)
        {
            _sum += residual;
            _count++;
            if (code >= 0)
            {
                _sums[code] += residual;
                _counts[code]++;
            }
        }

        public float Effect(int code)
        {
            double pool = _count == 0 ? 0 : _sum / _count;
            return code < 0
                ? 0
                : (float)((_sums[code] - (_counts[code] * pool)) / (_counts[code] + Shrink));
        }
    }
}
