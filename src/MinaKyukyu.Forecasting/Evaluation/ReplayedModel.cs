using MinaKyukyu.Forecasting.Calibration;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>One model over runs in the order of time; online, its corrections follow those that had ended before each decision.</summary>
internal sealed class ReplayedModel
{
    private readonly LearnedModel _model;
    private readonly LogQuantiles _raw;
    private readonly OnlineCorrections? _online;
    private readonly int[] _byEnd;
    private int _ended;

    /// <param name="isOwn">Whose runs this model answers, and learns from.</param>
    public ReplayedModel(
        LearnedModel model,
        TrainingWindow window,
        RunTable runs,
        bool isOnline,
        Func<int, bool> isOwn
    )
    {
        _model = model;
        Prepared = PreparedRuns.Of(model.Recipe, runs.With(model.Schema));
        _raw = model.Predict(Prepared);
        _online = isOnline
            ? new OnlineCorrections(model.Corrections, model.Schema.IsForNewcomer)
            : null;
        // What the trees learned from looks better than it is: it would draw the intervals in.
        _byEnd = isOnline
            ?
            [
                .. Enumerable
                    .Range(0, runs.Count)
                    .Where(row => isOwn(row) && !window.Holds(runs.DecidedAt(row)))
                    .OrderBy(runs.EndedAtMs),
            ]
            : [];
    }

    public PreparedRuns Prepared { get; }

    /// <summary>Rows are asked for in the order of their decisions.</summary>
    public Quantiles Say(int row)
    {
        Span<int> cell = stackalloc int[Prepared.CellCodes.Length];
        Prepared.CellOf(row, cell);
        Correction correction = _online is null
            ? _model.Corrections.Find(cell)
            : LearnUntil(row, _online).Find(cell);
        return _model.SecondsOf(_raw.Row(row), correction, Prepared.Expected[row]);
    }

    private OnlineCorrections LearnUntil(int row, OnlineCorrections online)
    {
        RunTable runs = Prepared.Runs;
        Span<int> cell = stackalloc int[Prepared.CellCodes.Length];
        for (; _ended < _byEnd.Length; _ended++)
        {
            int past = _byEnd[_ended];
            if (runs.EndedAtMs(past) > runs.DecidedAtMs[row])
            {
                break;
            }

            Prepared.CellOf(past, cell);
            online.Learn(cell, _raw.Row(past), PreparedRuns.LogOf(runs.ObservedSeconds[past]));
        }

        return online;
    }
}
