using System.Globalization;

namespace MinaKyukyu.Forecasting.Runs;

/// <summary>Takes rows in any order; what cannot be learned from is counted by its reason.</summary>
internal sealed class RunTableBuilder
{
    private readonly RunSchema _schema;
    private readonly RunReport _report;
    private readonly TimeZoneInfo _zone;
    private readonly List<long> _decidedAt = [];
    private readonly List<float> _observed = [];
    private readonly List<float>?[] _numbers;
    private readonly List<int>?[] _codes;
    private readonly Dictionary<string, int>[] _words;

    public RunTableBuilder(RunSchema schema, RunReport report)
    {
        _schema = schema;
        _report = report;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(schema.TimeZone);
        _numbers = [.. schema.Columns.Select(c => c.HasNumbers ? new List<float>() : null)];
        _codes = [.. schema.Columns.Select(c => c.HasWords ? new List<int>() : null)];
        _words =
        [
            .. schema.Columns.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)),
        ];
    }

    /// <summary>Line of the row in hand; stands in refusals.</summary>
    public int Line { get; set; }

    public int Count => _decidedAt.Count;

    public void Add(RunCells cells, string file)
    {
        if (Moment(cells.DecidedAt) is not { } decidedAt)
        {
            _report.Exclude(
                cells.DecidedAt.Length == 0 ? "no_decision_time" : "decision_time_unreadable",
                file,
                Line,
                _schema.DecidedAt
            );
            return;
        }

        double? observed =
            cells.Target.Length == 0 ? double.NaN
            : _schema.ObservedSeconds is null ? (Moment(cells.Target) - decidedAt) / 1_000.0
            : Number(cells.Target);
        Add(
            decidedAt,
            observed,
            column => ValueOf(column.Kind, cells.Of(column), decidedAt),
            cells.Of,
            file
        );
    }

    /// <param name="observed">Seconds; NaN where nobody told, null where it cannot be read.</param>
    /// <param name="numberOf">NaN for a value that is not there, null for one that cannot be read.</param>
    /// <param name="wordOf">Empty for a word that is not there.</param>
    public void Add(
        long decidedAt,
        double? observed,
        Func<RunColumn, double?> numberOf,
        Func<RunColumn, string> wordOf,
        string file = "journal"
    )
    {
        if (WhyNotLearned(observed) is { } why)
        {
            _report.Exclude(why, file, Line, _schema.ObservedSeconds ?? _schema.ArrivedAt!);
            return;
        }

        Span<float> numbers = stackalloc float[_schema.Columns.Length];
        for (int c = 0; c < numbers.Length; c++)
        {
            if (_numbers[c] is not null)
            {
                if (numberOf(_schema.Columns[c]) is not { } value)
                {
                    string name = _schema.Columns[c].Name;
                    _report.Exclude($"not_a_number:{name}", file, Line, name);
                    return;
                }

                numbers[c] = (float)value;
            }
        }

        _decidedAt.Add(decidedAt);
        _observed.Add((float)observed!.Value);
        for (int c = 0; c < numbers.Length; c++)
        {
            _numbers[c]?.Add(numbers[c]);
            _codes[c]?.Add(CodeOf(c, wordOf(_schema.Columns[c])));
        }
    }

    public RunTable Build()
    {
        int[] order = [.. Enumerable.Range(0, Count).OrderBy(row => _decidedAt[row])];
        return new RunTable(
            _schema,
            Array.ConvertAll(order, row => _decidedAt[row]),
            Array.ConvertAll(order, row => _observed[row]),
            [
                .. _numbers.Select(column =>
                    column is null ? null : Array.ConvertAll(order, row => column[row])
                ),
            ],
            [
                .. _codes.Select(
                    (column, c) =>
                        column is null
                            ? null
                            : new CategoryColumn(
                                Array.ConvertAll(order, row => column[row]),
                                [.. _words[c].Keys]
                            )
                ),
            ]
        );
    }

    private string? WhyNotLearned(double? observed) =>
        observed is not { } seconds || double.IsInfinity(seconds) ? "arrival_unreadable"
        : double.IsNaN(seconds) ? "no_arrival"
        : seconds < 0 ? "negative"
        : seconds < _schema.LeastSeconds ? "too_short"
        : seconds > _schema.MostSeconds ? "too_long"
        : null;

    /// <summary>NaN for a cell that is empty; null for one that cannot be read.</summary>
    private double? ValueOf(RunColumnKind kind, string cell, long decidedAt) =>
        cell.Length == 0 ? double.NaN
        : kind == RunColumnKind.Moment ? (decidedAt - Moment(cell)) / 1_000.0
        : Number(cell);

    private int CodeOf(int column, string word)
    {
        if (word.Length == 0)
        {
            return CategoryColumn.Missing;
        }

        Dictionary<string, int> words = _words[column];
        if (!words.TryGetValue(word, out int code))
        {
            words.Add(word, code = words.Count);
        }

        return code;
    }

    private static double? Number(string cell) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && Math.Abs(number) <= 1e9
            ? number
            : null;

    private long? Moment(string cell) => RunMoment.Parse(cell, _zone)?.ToUnixTimeMilliseconds();
}
