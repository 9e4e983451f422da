using System.Collections.Frozen;
using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Forecasting.Calibration;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Serving;

/// <summary>Brings what an advice knows to what the model looks at. One at a time writes into its buffers.</summary>
internal sealed class AskedRuns
{
    /// <summary>Stations and towns that a department may get after training; what comes beyond is one and the same. Own working value.</summary>
    private const int MostLaterWords = 10_000;

    private readonly LearnedModel _model;
    private readonly string _department;
    private readonly TimeZoneInfo _zone;
    private readonly FrozenDictionary<string, int>[] _codes;
    private readonly Dictionary<string, int>[] _later;
    private readonly float[] _numbersOfRow;
    private readonly int[] _codesOfRow;
    private readonly ImmutableArray<int> _groups;
    private readonly ImmutableArray<int> _cells;
    private readonly ImmutableArray<int> _turnouts;
    private readonly int _router;
    private float[] _features = [];
    private float[] _expected = [];
    private float[] _low = [];
    private float[] _median = [];
    private float[] _high = [];
    private int[] _cellCodes = [];
    private int[] _turnoutCodes = [];

    /// <exception cref="ForecastException">The model needs what no advice knows; says what.</exception>
    public AskedRuns(LearnedModel model, string department)
    {
        RunSchema schema = model.Schema;
        if (!schema.HasRouterTime)
        {
            throw new ForecastException(
                schema.Name,
                "was learned without the road's time and cannot be served"
            );
        }

        if (schema.Usable.FirstOrDefault(column => !ServedColumn.IsKnown(column)) is { } unknown)
        {
            throw new ForecastException(
                schema.Name,
                $"looks at {unknown.Name}, which no advice knows"
            );
        }

        _model = model;
        _department = department;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(schema.TimeZone);
        _codes =
        [
            .. model.Recipe.Words.Select(words =>
                words
                    .Select((word, code) => (word, code))
                    .ToFrozenDictionary(w => w.word, w => w.code, StringComparer.Ordinal)
            ),
        ];
        _later = [.. _codes.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
        _numbersOfRow = new float[schema.Columns.Length];
        _codesOfRow = new int[schema.Columns.Length];
        _groups = PlacesOf(schema, schema.ExpectBy);
        _cells = PlacesOf(schema, schema.CalibrateBy);
        _turnouts = PlacesOf(schema, schema.TurnoutBy);
        _router = schema.Columns.IndexOf(schema.Find(RunMeaning.RouterSeconds)!);
    }

    /// <summary>What the model says of the last rows that were asked, before any correction, as logarithms.</summary>
    public Correction Raw(int row) => new(_low[row], _median[row], _high[row]);

    public float ExpectedSeconds(int row) => _expected[row];

    public ReadOnlySpan<int> Cell(int row) => _cellCodes.AsSpan(row * _cells.Length, _cells.Length);

    public ReadOnlySpan<int> TurnoutGroup(int row) =>
        _turnoutCodes.AsSpan(row * (_turnouts.Length + 1), _turnouts.Length + 1);

    public void Ask(
        in SceneConditions scene,
        ReadOnlySpan<CandidateDrive> drives,
        LiveAverages live
    )
    {
        int stride = Math.Max(1, drives.Length);
        Grow(stride);
        var clock = SceneClock.Of(scene.Now, _zone, _model.Schema.Calendar);
        for (int row = 0; row < drives.Length; row++)
        {
            KnownRun known = Known(scene, drives[row], clock);
            _expected[row] = ExpectedOf();
            _model.Recipe.Write(known, _expected[row], live, _features, stride, row);
            Pick(_cells, _cellCodes.AsSpan(row * _cells.Length));
            _turnoutCodes[row * (_turnouts.Length + 1)] = PartMedians.NightCode(known.Hour);
            Pick(_turnouts, _turnoutCodes.AsSpan((row * (_turnouts.Length + 1)) + 1));
        }

        _model.Predictor.Predict(
            _features.AsSpan(0, stride * _model.Recipe.Columns.Length),
            stride,
            drives.Length,
            _low,
            _median,
            _high
        );
        for (int row = 0; row < drives.Length; row++)
        {
            float offset = LearnedModel.OffsetOf(_model.Recipe, _expected[row]);
            _low[row] += offset;
            _median[row] += offset;
            _high[row] += offset;
        }
    }

    /// <summary>Remembers the words of a run that training never saw: from now on they have averages and corrections of their own.</summary>
    public void Meet(in SceneConditions scene, in CandidateDrive drive)
    {
        ImmutableArray<RunColumn> columns = _model.Schema.Columns;
        for (int c = 0; c < columns.Length; c++)
        {
            if (columns[c].HasWords && _later[c].Count < MostLaterWords)
            {
                string word = ServedColumn.Word(columns[c].Name, _department, scene, drive);
                if (word.Length > 0 && !_codes[c].ContainsKey(word))
                {
                    _later[c].TryAdd(word, CodeOf(c, word));
                }
            }
        }
    }

    /// <summary>Tells the running averages of a run that has ended.</summary>
    public void Tell(
        in SceneConditions scene,
        in CandidateDrive drive,
        float observedSeconds,
        long endedAt,
        LiveAverages live
    )
    {
        var clock = SceneClock.Of(scene.Now, _zone, _model.Schema.Calendar);
        KnownRun known = Known(scene, drive, clock);
        float residual = PreparedRuns.LogOf(observedSeconds) - PreparedRuns.LogOf(ExpectedOf());
        _model.Recipe.Tell(known, residual, endedAt, live);
    }

    private KnownRun Known(in SceneConditions scene, in CandidateDrive drive, SceneClock clock)
    {
        ImmutableArray<RunColumn> columns = _model.Schema.Columns;
        for (int c = 0; c < columns.Length; c++)
        {
            RunColumn column = columns[c];
            _numbersOfRow[c] = column.HasNumbers
                ? ServedColumn.Quantity(column.Name, scene, drive)
                : float.NaN;
            _codesOfRow[c] = column.HasWords
                ? CodeOf(c, ServedColumn.Word(column.Name, _department, scene, drive))
                : CategoryColumn.Missing;
        }

        return new KnownRun
        {
            Numbers = _numbersOfRow,
            Codes = _codesOfRow,
            DecidedAt = scene.Now.ToUnixTimeMilliseconds(),
            Hour = clock.Hour,
            Weekday = clock.Weekday,
            DayOfYear = clock.DayOfYear,
            IsHoliday = clock.IsHoliday,
        };
    }

    /// <summary>A word that training never saw has a number beyond those that it saw, as in an evaluation.</summary>
    private int CodeOf(int column, string word)
    {
        if (word.Length == 0)
        {
            return CategoryColumn.Missing;
        }

        if (_codes[column].TryGetValue(word, out int code))
        {
            return code;
        }

        Dictionary<string, int> later = _later[column];
        return later.TryGetValue(word, out int own) ? own : _codes[column].Count + later.Count;
    }

    private float ExpectedOf()
    {
        Span<int> group = stackalloc int[GroupKey.MostColumns];
        Pick(_groups, group);
        return _model.Recipe.Expected.Seconds(_numbersOfRow[_router], group[.._groups.Length]);
    }

    private void Pick(ImmutableArray<int> places, Span<int> into)
    {
        for (int i = 0; i < places.Length; i++)
        {
            into[i] = _codesOfRow[places[i]];
        }
    }

    private void Grow(int rows)
    {
        if (_expected.Length >= rows)
        {
            return;
        }

        _features = new float[rows * _model.Recipe.Columns.Length];
        _expected = new float[rows];
        _low = new float[rows];
        _median = new float[rows];
        _high = new float[rows];
        _cellCodes = new int[rows * _cells.Length];
        _turnoutCodes = new int[rows * (_turnouts.Length + 1)];
    }

    private static ImmutableArray<int> PlacesOf(RunSchema schema, ImmutableArray<string> names) =>
        [.. schema.UsableOf(names).Select(column => schema.Columns.IndexOf(column))];

    /// <summary>The clock on the wall at one decision, the same for all its candidates.</summary>
    private readonly record struct SceneClock(
        float Hour,
        float Weekday,
        float DayOfYear,
        bool IsHoliday
    )
    {
        public static SceneClock Of(DateTimeOffset now, TimeZoneInfo zone, HolidayCalendar calendar)
        {
            DateTime local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
            return new SceneClock(
                LocalClock.HourOf(local),
                LocalClock.WeekdayOf(local),
                local.DayOfYear,
                calendar.IsHoliday(DateOnly.FromDateTime(local))
            );
        }
    }
}
