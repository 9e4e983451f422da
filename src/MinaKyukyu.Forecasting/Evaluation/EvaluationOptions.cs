namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>Which runs are scored, and what the model may learn on the way.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Runs decided at this moment or later; null: from the first. Earlier ones warm the running averages.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Runs decided before; null: to the last.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether the intervals follow what arrives; each run is learned from only after it ended.</summary>
    public bool IsOnline { get; init; }
}
