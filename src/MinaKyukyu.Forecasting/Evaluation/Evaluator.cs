using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Calibration;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>Replays runs in the order of time: each is estimated as of its own decision.</summary>
internal static class Evaluator
{
    public static EvaluationRuns Run(
        LearnedModel model,
        TrainingWindow window,
        RunTable runs,
        EvaluationOptions options
    )
    {
        var prepared = PreparedRuns.Of(model.Recipe, runs);
        int from = options.From is { } first ? runs.FirstFrom(first) : 0;
        int until = options.Until is { } last ? runs.FirstFrom(last) : runs.Count;
        ImmutableArray<int> rows = [.. Enumerable.Range(from, Math.Max(0, until - from))];
        LogQuantiles raw = model.Predict(prepared);
        var online = new OnlineReplay(model, window, prepared, raw);
        Span<int> cell = stackalloc int[prepared.CellCodes.Length];
        var said = new Quantiles[rows.Length];
        for (int i = 0; i < said.Length; i++)
        {
            int row = rows[i];
            prepared.CellOf(row, cell);
            Correction correction = options.IsOnline
                ? online.At(row, cell)
                : model.Corrections.Find(cell);
            said[i] = model.SecondsOf(raw.Row(row), correction, prepared.Expected[row]);
        }

        return new EvaluationRuns(
            prepared,
            rows,
            said,
            rows.Count(row => window.Holds(runs.DecidedAt(row)))
        );
    }
}

/// <summary>Corrections as they were at each decision: of the runs after the training window, those that had ended.</summary>
internal sealed class OnlineReplay
{
    private readonly OnlineCorrections _corrections;
    private readonly PreparedRuns _prepared;
    private readonly LogQuantiles _raw;
    private readonly int[] _byEnd;
    private int _ended;

    public OnlineReplay(
        LearnedModel model,
        TrainingWindow window,
        PreparedRuns prepared,
        LogQuantiles raw
    )
    {
        _corrections = new OnlineCorrections(model.Corrections);
        _prepared = prepared;
        _raw = raw;
        // What the trees learned from looks better than it is: it would draw the intervals in.
        _byEnd =
        [
            .. Enumerable
                .Range(0, prepared.Runs.Count)
                .Where(row => !window.Holds(prepared.Runs.DecidedAt(row)))
                .OrderBy(prepared.Runs.EndedAtMs),
        ];
    }

    /// <summary>Rows are asked for in the order of their decisions.</summary>
    public Correction At(int row, ReadOnlySpan<int> cell)
    {
        RunTable runs = _prepared.Runs;
        Span<int> cellOfPast = stackalloc int[cell.Length];
        while (_ended < _byEnd.Length && runs.EndedAtMs(_byEnd[_ended]) <= runs.DecidedAtMs[row])
        {
            int past = _byEnd[_ended++];
            _prepared.CellOf(past, cellOfPast);
            _corrections.Learn(
                cellOfPast,
                _raw.Row(past),
                PreparedRuns.LogOf(runs.ObservedSeconds[past])
            );
        }

        return _corrections.Find(cell);
    }
}
