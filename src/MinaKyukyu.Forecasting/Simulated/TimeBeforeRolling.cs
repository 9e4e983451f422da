namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>
/// The law of processing and turnout together, as equally likely points; kept, since there are few. With a drive behind it, its
/// quantiles are those of the sum of all three.
/// </summary>
/// <param name="points">More are more exact; a test holds <see cref="Enough"/> to within half a second of eight times as many.</param>
internal sealed class TimeBeforeRolling(int points = TimeBeforeRolling.Enough)
{
    public const int Enough = 64;

    private readonly Dictionary<(LognormalLaw, LognormalLaw), double[]> _known = [];

    public TrueQuantiles With(
        LognormalLaw processing,
        LognormalLaw turnout,
        double driveMedian,
        RoadNoise noise
    )
    {
        double[] before = PointsOf(processing, turnout);
        return new TrueQuantiles(Quantile(0.1), Quantile(0.5), Quantile(0.9));

        double Quantile(double share)
        {
            const double finestSeconds = 0.001;
            double low = before[0];
            double high = before[^1] + (driveMedian * Math.Exp(noise.Quantile(0.995)));
            while (high - low > finestSeconds)
            {
                double middle = (low + high) / 2;
                (low, high) = ShareBelow(middle) < share ? (middle, high) : (low, middle);
            }

            return (low + high) / 2;
        }

        double ShareBelow(double seconds)
        {
            double sum = 0;
            foreach (double gone in before)
            {
                double left = seconds - gone;
                sum += left > 0 ? noise.Share(Math.Log(left / driveMedian)) : 0;
            }

            return sum / before.Length;
        }
    }

    private double[] PointsOf(LognormalLaw processing, LognormalLaw turnout)
    {
        if (!_known.TryGetValue((processing, turnout), out double[]? known))
        {
            double[] sums =
            [
                .. MidPoints()
                    .SelectMany(p =>
                        MidPoints().Select(t => processing.Quantile(p) + turnout.Quantile(t))
                    )
                    .Order(),
            ];
            known = [.. sums.Chunk(points).Select(chunk => chunk.Average())];
            _known.Add((processing, turnout), known);
        }

        return known;
    }

    private IEnumerable<double> MidPoints() =>
        Enumerable.Range(0, points).Select(i => (i + 0.5) / points);
}
