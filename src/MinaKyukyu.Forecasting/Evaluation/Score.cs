using MinaKyukyu.Forecasting.Features;

namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>How far predictions were off. Errors are observed − predicted: above 0 means that crews came later than was said.</summary>
internal sealed class Score
{
    private readonly List<float> _absolute = [];
    private double _bias;
    private double _low;
    private double _median;
    private double _high;
    private double _width;
    private int _withinLow;
    private int _withinMedian;
    private int _withinHigh;
    private int _near;

    public int Count => _absolute.Count;

    public double MaeSeconds => Count == 0 ? 0 : _absolute.Sum(e => (double)e) / Count;

    public double MedianAeSeconds => Quantiles.Of(_absolute).Median;

    public double BiasSeconds => Mean(_bias);

    public double Within180s => Mean(_near);

    public (double P10, double P50, double P90) PinballSeconds =>
        (Mean(_low), Mean(_median), Mean(_high));

    /// <summary>Shares of runs that took no longer than predicted.</summary>
    public (double P10, double P50, double P90) Coverage =>
        (Mean(_withinLow), Mean(_withinMedian), Mean(_withinHigh));

    /// <summary>Mean of P90 − P10.</summary>
    public double WidthSeconds => Mean(_width);

    public int Crossings { get; private set; }

    public void Add(Quantiles predicted, float observed)
    {
        float error = observed - predicted.Median;
        _absolute.Add(Math.Abs(error));
        _bias += error;
        _near += Math.Abs(error) <= 180 ? 1 : 0;
        _low += Pinball(observed - predicted.Low, 0.1);
        _median += Pinball(error, 0.5);
        _high += Pinball(observed - predicted.High, 0.9);
        _width += predicted.High - predicted.Low;
        _withinLow += observed <= predicted.Low ? 1 : 0;
        _withinMedian += observed <= predicted.Median ? 1 : 0;
        _withinHigh += observed <= predicted.High ? 1 : 0;
        Crossings +=
            predicted.Low <= predicted.Median && predicted.Median <= predicted.High ? 0 : 1;
    }

    public static double Pinball(double error, double share) =>
        Math.Max(share * error, (share - 1) * error);

    /// <summary>Of the three quantiles together.</summary>
    public static double Pinball(Quantiles said, float observed) =>
        Pinball(observed - said.Low, 0.1)
        + Pinball(observed - said.Median, 0.5)
        + Pinball(observed - said.High, 0.9);

    private double Mean(double sum) => Count == 0 ? 0 : sum / Count;
}
