using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Models;

/// <summary>What one would say without a model, learned from the same runs: what every model has to beat.</summary>
/// <param name="All">One answer for every run.</param>
/// <param name="SecondsPerMeter">Median of observed seconds over metres of the straight line; NaN where no line is known.</param>
internal sealed record ConstantBaselines(Quantiles All, float SecondsPerMeter)
{
    public static ConstantBaselines Of(RunTable runs)
    {
        float[]? meters = runs.NumbersOf(RunMeaning.StraightLineMeters);
        float perMeter = meters is null
            ? float.NaN
            : Quantiles
                .Of(meters.Select((m, row) => m > 0 ? runs.ObservedSeconds[row] / m : float.NaN))
                .Median;
        return new ConstantBaselines(Quantiles.Of(runs.ObservedSeconds), perMeter);
    }
}
