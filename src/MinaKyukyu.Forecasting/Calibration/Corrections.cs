using System.Collections.Immutable;

namespace MinaKyukyu.Forecasting.Calibration;

/// <summary>
/// Corrections of all runs, and on top of them those of each word of each calibrated column: borough and urgency each have their own,
/// so that few runs suffice. Immutable.
/// </summary>
/// <param name="ByColumn">For each calibrated column, by code; a code beyond has none of its own.</param>
internal sealed record Corrections(
    Correction All,
    ImmutableArray<ImmutableArray<Correction>> ByColumn
)
{
    /// <summary>Fewer runs do not give a word a correction of its own.</summary>
    public const int LeastRows = 200;

    public static Corrections Of(
        ImmutableArray<int[]> columns,
        IReadOnlyList<int> rows,
        LogQuantiles predicted,
        ReadOnlySpan<float> observed
    )
    {
        var all = Correction.Of(rows, predicted, observed);
        LogQuantiles corrected = predicted.Plus(_ => all);
        var byColumn = ImmutableArray.CreateBuilder<ImmutableArray<Correction>>();
        foreach (int[] codes in columns)
        {
            // What the columns before have put right is not put right again.
            ImmutableArray<Correction> own = OfColumn(codes, rows, corrected, observed);
            byColumn.Add(own);
            corrected = corrected.Plus(row => Find(own, codes[row]));
        }

        return new Corrections(all, byColumn.ToImmutable());
    }

    public Correction Find(ReadOnlySpan<int> cell)
    {
        Correction sum = All;
        for (int c = 0; c < ByColumn.Length; c++)
        {
            sum += Find(ByColumn[c], cell[c]);
        }

        return sum;
    }

    public static Correction Find(ImmutableArray<Correction> own, int code) =>
        (uint)code < (uint)own.Length ? own[code] : default;

    private static ImmutableArray<Correction> OfColumn(
        int[] codes,
        IReadOnlyList<int> rows,
        LogQuantiles predicted,
        ReadOnlySpan<float> observed
    )
    {
        int words = rows.Count == 0 ? 0 : Math.Max(0, rows.Max(row => codes[row]) + 1);
        var members = new List<int>[words];
        foreach (int row in rows)
        {
            if (codes[row] >= 0)
            {
                (members[codes[row]] ??= []).Add(row);
            }
        }

        var own = new Correction[words];
        for (int code = 0; code < words; code++)
        {
            if (members[code] is { Count: >= LeastRows } enough)
            {
                own[code] = Correction.Of(enough, predicted, observed);
            }
        }

        return [.. own];
    }
}
