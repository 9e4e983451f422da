using System.Text.Json;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>How well a model did on runs, in the words of <c>docs/MODEL.md</c>.</summary>
public sealed class EvaluationReport
{
    private readonly EvaluationRuns _evaluated;
    private readonly RunReport _read;
    private readonly ModelManifest _manifest;
    private readonly Score _score;
    private readonly IReadOnlyList<(string Name, Score? Score)> _baselines;

    private EvaluationReport(StoredModel model, EvaluationRuns evaluated, RunReport read)
    {
        _evaluated = evaluated;
        _read = read;
        _manifest = model.Manifest;
        _score = evaluated.Score();
        _baselines = Baselines.Of(model.Learned, evaluated);
    }

    /// <summary>Scored runs inside the window that the model learned from: their score says nothing about new ones.</summary>
    public int OverlapRows => _evaluated.OverlapRows;

    public int Count => _score.Count;

    public double MaeSeconds => _score.MaeSeconds;

    public double BiasSeconds => _score.BiasSeconds;

    public double Within180s => _score.Within180s;

    public (double P10, double P50, double P90) PinballSeconds => _score.PinballSeconds;

    public (double P10, double P50, double P90) Coverage => _score.Coverage;

    public int Crossings => _score.Crossings;

    /// <summary>Mean absolute error of a baseline; null where the runs do not tell what it needs.</summary>
    public double? BaselineMaeSeconds(string name) =>
        _baselines.First(baseline => baseline.Name == name).Score?.MaeSeconds;

    internal EvaluationRuns Evaluated => _evaluated;

    internal IReadOnlyList<(string Name, Score? Score)> AllBaselines => _baselines;

    public static EvaluationReport Of(
        StoredModel model,
        RunTable runs,
        RunReport read,
        EvaluationOptions options
    ) => new(model, Evaluator.Run(model.Learned, model.Manifest.Window, runs, options), read);

    /// <summary>Writes the report's members into the object that is open.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteNumber("n", _score.Count);
        json.WriteStartObject("excluded");
        foreach ((string reason, Exclusion rows) in _read.Excluded)
        {
            json.WriteNumber(reason, rows.Rows);
        }

        json.WriteEndObject();
        Write(json, "mae_seconds", _score.MaeSeconds);
        Write(json, "median_ae_seconds", _score.MedianAeSeconds);
        Write(json, "bias_seconds", _score.BiasSeconds);
        Write(json, "within_180s", _score.Within180s);
        Write(json, "pinball_seconds", _score.PinballSeconds);
        Write(json, "coverage", _score.Coverage);
        json.WriteNumber("crossings", _score.Crossings);
        WriteGroups(json);
        json.WriteStartObject("baselines");
        foreach ((string name, Score? score) in _baselines)
        {
            if (score is null)
            {
                json.WriteNull(name);
                continue;
            }

            json.WriteStartObject(name);
            Write(json, "mae_seconds", score.MaeSeconds);
            Write(json, "pinball_seconds", score.PinballSeconds);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("train_window");
        json.WriteString("from", _manifest.Window.From);
        json.WriteString("until", _manifest.Window.Until);
        json.WriteEndObject();
        json.WriteNumber("overlap_rows", OverlapRows);
    }

    private void WriteGroups(Utf8JsonWriter json)
    {
        RunTable runs = _evaluated.Prepared.Runs;
        json.WriteStartObject("groups");
        foreach (string name in runs.Schema.ReportBy)
        {
            CategoryColumn words = runs.Categories(runs.Schema.Find(name)!);
            json.WriteStartObject(name);
            foreach (
                (string word, Score score) in _evaluated.ScoreBy(row =>
                    words.Word(row) ?? "(missing)"
                )
            )
            {
                json.WriteStartObject(word);
                json.WriteNumber("n", score.Count);
                Write(json, "mae_seconds", score.MaeSeconds);
                Write(json, "coverage_p10", score.Coverage.P10);
                Write(json, "coverage_p90", score.Coverage.P90);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double value) =>
        json.WriteNumber(name, Math.Round(value, 6));

    private static void Write(
        Utf8JsonWriter json,
        string name,
        (double P10, double P50, double P90) values
    )
    {
        json.WriteStartObject(name);
        Write(json, "p10", values.P10);
        Write(json, "p50", values.P50);
        Write(json, "p90", values.P90);
        json.WriteEndObject();
    }
}
