using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Forecasting.Models;

/// <summary>How a model is learned from runs.</summary>
public sealed record TrainingOptions
{
    /// <summary>Only runs decided before; null: all.</summary>
    public DateTimeOffset? Until { get; init; }

    public FitOptions Fit { get; init; } = new();

    /// <summary>The version that the model gets at least.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The newest share of the runs, from which no tree learns: the intervals are set on it.</summary>
    public double CalibrationShare { get; init; } = 0.1;
}
