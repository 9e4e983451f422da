namespace MinaKyukyu.Forecasting.Models;

/// <summary>The decisions that a model learned from: from the first until just before the end.</summary>
public sealed record TrainingWindow(DateTimeOffset From, DateTimeOffset Until)
{
    public bool Holds(DateTimeOffset moment) => moment >= From && moment < Until;
}
