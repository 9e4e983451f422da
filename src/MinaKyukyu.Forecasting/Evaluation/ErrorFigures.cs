namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>How well a model did on one set of runs. Errors are observed − predicted: above 0 means that crews came later than was said.</summary>
/// <param name="Within180s">Share of runs that the median missed by three minutes at most.</param>
/// <param name="WidthSeconds">Mean of P90 − P10.</param>
/// <param name="P10">Share of runs that took no longer than P10; likewise the others.</param>
public sealed record ErrorFigures(
    int Runs,
    double MaeSeconds,
    double MedianAeSeconds,
    double BiasSeconds,
    double Within180s,
    double WidthSeconds,
    (double P10, double P50, double P90) PinballSeconds,
    ObservedShare P10,
    ObservedShare P50,
    ObservedShare P90
)
{
    internal static ErrorFigures Of(Score score) =>
        new(
            score.Count,
            score.MaeSeconds,
            score.MedianAeSeconds,
            score.BiasSeconds,
            score.Within180s,
            score.WidthSeconds,
            score.PinballSeconds,
            ObservedShare.Of(score.Coverage.P10, score.Count),
            ObservedShare.Of(score.Coverage.P50, score.Count),
            ObservedShare.Of(score.Coverage.P90, score.Count)
        );
}
