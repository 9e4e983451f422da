using System.Collections.Concurrent;
using Microsoft.ML;
using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Forecasting.MLNet;

/// <summary>As many prediction engines as ever predicted at the same time, because an engine serves one at a time.</summary>
internal sealed class FastTreePredictor : IQuantilePredictor
{
    private readonly byte[] _bytes;
    private readonly int _features;
    private readonly Func<Engine> _makeEngine;
    private readonly ConcurrentBag<Engine> _idle = [];

    public FastTreePredictor(MLContext ml, ITransformer model, byte[] bytes, int features)
    {
        _bytes = bytes;
        _features = features;
        _makeEngine = () => new Engine(ml, model, features);
        Importance = new double[features];
    }

    /// <summary>All 0: this provider does not tell.</summary>
    public IReadOnlyList<double> Importance { get; }

    public void Predict(
        ReadOnlySpan<float> columns,
        int stride,
        int rows,
        Span<float> low,
        Span<float> median,
        Span<float> high
    )
    {
        Engine engine = _idle.TryTake(out Engine? idle) ? idle : _makeEngine();
        for (int row = 0; row < rows; row++)
        {
            float centre = engine.Predict(columns, stride, row);
            low[row] = centre;
            median[row] = centre;
            high[row] = centre;
        }

        _idle.Add(engine);
    }

    public void Write(Stream to) => to.Write(_bytes);

    /// <summary>A model for other features is found out when it is asked, and only then.</summary>
    public void PredictOnce()
    {
        float[] score = new float[1];
        Predict(new float[_features], 1, 1, score, score, score);
    }

    private sealed class Engine(MLContext ml, ITransformer model, int features)
    {
        private readonly PredictionEngine<FeatureRow, FeatureScore> _engine =
            ml.Model.CreatePredictionEngine<FeatureRow, FeatureScore>(
                model,
                inputSchemaDefinition: FeatureRow.Definition(features)
            );
        private readonly FeatureRow _row = new() { Features = new float[features] };
        private FeatureScore _score = new();

        public float Predict(ReadOnlySpan<float> columns, int stride, int row)
        {
            FeatureRow.Fill(_row.Features, columns, stride, row);
            _engine.Predict(_row, ref _score);
            return _score.Score;
        }
    }
}
