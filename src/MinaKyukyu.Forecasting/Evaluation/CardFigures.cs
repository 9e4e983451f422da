using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>What a model's card shows. No run, no moment and no group of a few runs can be told from it.</summary>
public sealed record CardFigures
{
    /// <summary>Fewer scored runs make no card.</summary>
    public const int LeastRuns = SmallGroups.LeastRuns;

    public required ErrorFigures All { get; init; }

    /// <summary>Mean absolute error of what one would say without the model.</summary>
    public ImmutableArray<BaselineFigure> Baselines { get; init; } = [];

    /// <summary>By the columns that the schema reports.</summary>
    public required ImmutableArray<ColumnFigures> Columns { get; init; }

    /// <summary>In the order of the day.</summary>
    public required ImmutableArray<HourFigures> Hours { get; init; }

    /// <summary>Tenths of the runs by predicted median, the shortest first.</summary>
    public required ImmutableArray<LengthFigures> Lengths { get; init; }

    /// <summary>The short, the usual and the long run.</summary>
    public required ImmutableArray<WorkedExample> Examples { get; init; }

    /// <summary>What the trees looked at, the heaviest first; sums to 1, or all 0.</summary>
    public ImmutableArray<FeatureWeight> Importance { get; init; } = [];

    /// <summary>Local days of the first and the last scored decision.</summary>
    public (DateOnly First, DateOnly Last) Days { get; init; }

    /// <exception cref="ArgumentException">Fewer than <see cref="LeastRuns"/> were scored.</exception>
    public static CardFigures Of(StoredModel model, EvaluationReport report)
    {
        EvaluationRuns evaluated = report.Evaluated;
        RunTable runs = evaluated.Prepared.Runs;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(runs.Schema.TimeZone);
        DateOnly DayOf(int row) =>
            DateOnly.FromDateTime(LocalClock.LocalOf(zone, runs.DecidedAtMs[row]));
        CardFigures figures = Of(CardRuns.Of(evaluated));
        return figures with
        {
            Baselines =
            [
                .. report.AllBaselines.Select(baseline => new BaselineFigure(
                    baseline.Name,
                    baseline.Score is { Count: >= LeastRuns } score ? score.MaeSeconds : null
                )),
            ],
            Importance =
            [
                .. model
                    .Learned.Recipe.Columns.Zip(
                        model.Learned.Predictor.Importance,
                        (column, share) => new FeatureWeight(column.Name, share)
                    )
                    .OrderByDescending(weight => weight.Share),
            ],
            Days = (DayOf(evaluated.Rows[0]), DayOf(evaluated.Rows[^1])),
        };
    }

    internal static CardFigures Of(CardRuns runs)
    {
        if (runs.Count < LeastRuns)
        {
            throw new ArgumentException($"fewer than {LeastRuns} runs", nameof(runs));
        }

        int[] byLength =
        [
            .. Enumerable.Range(0, runs.Count).OrderBy(place => runs.Said[place].Median),
        ];
        return new CardFigures
        {
            All = runs.Errors(byLength),
            Columns = [.. runs.Columns.Select(column => OfColumn(runs, column))],
            Hours = OfHours(runs),
            Lengths = OfLengths(runs, byLength),
            Examples = OfExamples(runs, byLength),
        };
    }

    private static ColumnFigures OfColumn(CardRuns runs, CardColumn column)
    {
        (List<(string? Word, List<int> Places)> own, List<int> together) = SmallGroups.Split(
            Enumerable
                .Range(0, runs.Count)
                .GroupBy(column.WordOf)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (Word: group.Key, Places: group.ToList())),
            group => group.Places
        );
        return new ColumnFigures(
            column.Name,
            [.. own.Select(group => new GroupFigures(group.Word, runs.Errors(group.Places)))],
            together.Count == 0 ? null : runs.Errors(together)
        );
    }

    private static ImmutableArray<HourFigures> OfHours(CardRuns runs)
    {
        ILookup<int, int> byHour = Enumerable
            .Range(0, runs.Count)
            .ToLookup(place => runs.Hours[place]);
        return
        [
            .. SmallGroups
                .Neighbours([.. Enumerable.Range(0, 24).Select(hour => byHour[hour].Count())])
                .Select(range => new HourFigures(
                    range.First,
                    range.Last,
                    runs.Errors(
                        Enumerable
                            .Range(range.First, range.Last - range.First + 1)
                            .SelectMany(hour => byHour[hour])
                    )
                )),
        ];
    }

    private static ImmutableArray<LengthFigures> OfLengths(CardRuns runs, int[] byLength)
    {
        int parts = Math.Min(10, runs.Count / LeastRuns);
        return
        [
            .. Enumerable
                .Range(0, parts)
                .Select(part =>
                {
                    int from = (int)((long)runs.Count * part / parts);
                    int until = (int)((long)runs.Count * (part + 1) / parts);
                    int[] places = byLength[from..until];
                    return new LengthFigures(
                        MiddleOf(runs, places, q => q.Median),
                        runs.Errors(places)
                    );
                }),
        ];
    }

    /// <summary>Middles of a tenth of the runs each: no example is a run that was.</summary>
    private static ImmutableArray<WorkedExample> OfExamples(CardRuns runs, int[] byLength)
    {
        int part = Math.Max(LeastRuns, runs.Count / 10);
        return
        [
            .. new[] { 0, (runs.Count - part) / 2, runs.Count - part }.Select(from =>
            {
                int[] places = byLength[from..(from + part)];
                return new WorkedExample(
                    MiddleOf(runs, places, q => q.Low),
                    MiddleOf(runs, places, q => q.Median),
                    MiddleOf(runs, places, q => q.High)
                );
            }),
        ];
    }

    private static double MiddleOf(CardRuns runs, int[] places, Func<Quantiles, float> valueOf) =>
        Quantiles.Of(places.Select(place => valueOf(runs.Said[place]))).Median;
}

/// <param name="MaeSeconds">Null where the runs do not tell what it needs.</param>
public sealed record BaselineFigure(string Name, double? MaeSeconds);

/// <param name="Groups">The largest, largest first.</param>
/// <param name="Together">All others; null where there are none, or where all are too few.</param>
public sealed record ColumnFigures(
    string Name,
    ImmutableArray<GroupFigures> Groups,
    ErrorFigures? Together
);

/// <param name="Word">Null where the runs name none.</param>
public sealed record GroupFigures(string? Word, ErrorFigures Errors);

/// <summary>Hours of the local clock, both included: one, or some that are together only because each has few runs.</summary>
public sealed record HourFigures(int First, int Last, ErrorFigures Errors);

/// <param name="MedianSeconds">The middle of the predicted medians.</param>
public sealed record LengthFigures(double MedianSeconds, ErrorFigures Errors);

/// <summary>Predicted, not observed.</summary>
public sealed record WorkedExample(double P10Seconds, double P50Seconds, double P90Seconds);

/// <param name="Share">Of the explained error that this feature took away.</param>
public sealed record FeatureWeight(string Name, double Share);
