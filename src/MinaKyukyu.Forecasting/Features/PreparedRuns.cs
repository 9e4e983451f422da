using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Features;

/// <summary>Runs as a model sees them, each as of its own decision: later runs change nothing in a row.</summary>
internal sealed class PreparedRuns
{
    private readonly int[][] _codes;
    private readonly float[]?[]? _effectsOfOthers;
    private FeatureTable? _table;

    private PreparedRuns(FeatureRecipe recipe, RunTable runs, float[]?[]? effectsOfOthers = null)
    {
        _effectsOfOthers = effectsOfOthers;
        Recipe = recipe;
        Runs = runs;
        _codes = [.. runs.Schema.Columns.Select((column, c) => Recode(column, c))];
        GroupCodes = PickCodes(runs.Schema.UsableOf(runs.Schema.ExpectBy));
        CellCodes = PickCodes(runs.Schema.UsableOf(runs.Schema.CalibrateBy));
        Expected = ExpectedOf();
        Residuals =
        [
            .. runs.ObservedSeconds.Select(
                (observed, row) => LogOf(observed) - LogOf(Expected[row])
            ),
        ];
    }

    public FeatureRecipe Recipe { get; }

    public RunTable Runs { get; }

    /// <summary>Codes by the columns of <see cref="RunSchema.ExpectBy"/>.</summary>
    public ImmutableArray<int[]> GroupCodes { get; }

    /// <summary>Codes by the columns of <see cref="RunSchema.CalibrateBy"/>.</summary>
    public ImmutableArray<int[]> CellCodes { get; }

    /// <summary>Seconds that are expected of each run before anything is learned.</summary>
    public float[] Expected { get; }

    /// <summary>Logarithm of the observed over the expected.</summary>
    public float[] Residuals { get; }

    public static float LogOf(float seconds) => MathF.Log(seconds + FeatureRecipe.ShortestSeconds);

    /// <summary>Learns the recipe from these runs. In their table, a run's own time is in no effect of its words.</summary>
    public static PreparedRuns Learn(RunTable runs)
    {
        RunSchema schema = runs.Schema;
        ImmutableArray<ImmutableArray<string>> words =
        [
            .. schema.Columns.Select(column =>
                column.HasWords ? runs.Categories(column).Words : []
            ),
        ];
        var expected = Expectation.Of(runs);
        // Effects rest on residuals, and residuals on what is expected: two steps, one recipe.
        var plain = new PreparedRuns(
            new FeatureRecipe(schema, words, expected, [], [.. schema.Live.Select(_ => 0f)]),
            runs
        );
        ImmutableArray<CategoryEffects?> effects =
        [
            .. schema.Columns.Select(column =>
                column.Kind == RunColumnKind.Category
                    ? CategoryEffects.Of(runs.Categories(column), plain.Residuals)
                    : null
            ),
        ];
        ImmutableArray<float> usual =
        [
            .. schema.Live.Select(live =>
                live.Of is { } of ? Mean(runs.Numbers(schema.Find(of)!)) : Mean(plain.Residuals)
            ),
        ];
        return new PreparedRuns(
            new FeatureRecipe(schema, words, expected, effects, usual),
            runs,
            [
                .. schema.Columns.Select(column =>
                    column.Kind == RunColumnKind.Category
                        ? CategoryEffects.OfOthers(runs.Categories(column), plain.Residuals)
                        : null
                ),
            ]
        );
    }

    /// <summary>Brings runs to a recipe that was learned elsewhere.</summary>
    public static PreparedRuns Of(FeatureRecipe recipe, RunTable runs) => new(recipe, runs);

    public FeatureTable Table => _table ??= Sweep();

    /// <summary>Code of the row's word by the recipe; beyond its words, or -1, for one that training never saw.</summary>
    public int Code(int column, int row) => _codes[column][row];

    public void CellOf(int row, Span<int> into)
    {
        for (int c = 0; c < CellCodes.Length; c++)
        {
            into[c] = CellCodes[c][row];
        }
    }

    private ImmutableArray<int[]> PickCodes(ImmutableArray<RunColumn> columns) =>
        [.. columns.Select(column => _codes[Runs.Schema.Columns.IndexOf(column)])];

    private int[] Recode(RunColumn column, int c)
    {
        if (!column.HasWords)
        {
            return [];
        }

        CategoryColumn words = Runs.Categories(column);
        ImmutableArray<string> known = Recipe.Words[c];
        if (words.Words.SequenceEqual(known))
        {
            return words.Codes;
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string word in known.Concat(words.Words))
        {
            places.TryAdd(word, places.Count);
        }

        int[] codes = [.. words.Words.Select(word => places[word])];
        return Array.ConvertAll(words.Codes, code => code < 0 ? code : codes[code]);
    }

    private float[] ExpectedOf()
    {
        float[]? router = Runs.NumbersOf(RunMeaning.RouterSeconds);
        var expected = new float[Runs.Count];
        Span<int> group = stackalloc int[GroupCodes.Length];
        for (int row = 0; row < expected.Length; row++)
        {
            for (int c = 0; c < group.Length; c++)
            {
                group[c] = GroupCodes[c][row];
            }

            expected[row] = Recipe.Expected.Seconds(router?[row] ?? float.NaN, group);
        }

        return expected;
    }

    /// <summary>Once through time: before a run is written, all runs that ended before it was decided were told.</summary>
    private FeatureTable Sweep()
    {
        int rows = Runs.Count;
        var values = new float[Recipe.Features.Length * rows];
        LiveAverages live = Recipe.NewLive();
        int[] byEnd = [.. Enumerable.Range(0, rows).OrderBy(Runs.EndedAtMs)];
        int ended = 0;
        float[][] numbers = NumberColumns();
        Span<float> numbersOfRow = stackalloc float[numbers.Length];
        Span<int> codesOfRow = stackalloc int[numbers.Length];
        for (int row = 0; row < rows; row++)
        {
            long now = Runs.DecidedAtMs[row];
            for (; ended < rows && Runs.EndedAtMs(byEnd[ended]) <= now; ended++)
            {
                int past = byEnd[ended];
                KnownRun told = Known(past, numbers, numbersOfRow, codesOfRow);
                Recipe.Tell(told, Residuals[past], Runs.EndedAtMs(past), live);
            }

            KnownRun known = Known(row, numbers, numbersOfRow, codesOfRow);
            Recipe.Write(known, Expected[row], live, values, rows, row);
            WriteEffectsOfOthers(values, row);
        }

        return new FeatureTable(rows, Recipe.Columns, values);
    }

    private void WriteEffectsOfOthers(float[] values, int row)
    {
        if (_effectsOfOthers is null)
        {
            return;
        }

        for (int f = 0; f < Recipe.Features.Length; f++)
        {
            Feature feature = Recipe.Features[f];
            if (feature.Kind == FeatureKind.Category)
            {
                values[(f * Runs.Count) + row] = _effectsOfOthers[feature.Index]![row];
            }
        }
    }

    private float[][] NumberColumns() =>
        [.. Runs.Schema.Columns.Select(column => column.HasNumbers ? Runs.Numbers(column) : [])];

    private KnownRun Known(int row, float[][] numbers, Span<float> numbersOfRow, Span<int> codes)
    {
        for (int c = 0; c < numbers.Length; c++)
        {
            numbersOfRow[c] = numbers[c].Length == 0 ? float.NaN : numbers[c][row];
            codes[c] = _codes[c].Length == 0 ? CategoryColumn.Missing : _codes[c][row];
        }

        return new KnownRun
        {
            Numbers = numbersOfRow,
            Codes = codes,
            DecidedAt = Runs.DecidedAtMs[row],
            Hour = Runs.Clock.Hour(row),
            Weekday = Runs.Clock.Weekday(row),
            DayOfYear = Runs.Clock.DayOfYear(row),
            IsHoliday = Runs.Clock.IsHoliday(row),
        };
    }

    private static float Mean(float[] values)
    {
        double sum = 0;
        int count = 0;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                sum += value;
                count++;
            }
        }

        return count == 0 ? 0 : (float)(sum / count);
    }
}
