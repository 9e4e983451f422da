namespace MinaKyukyu.Cli.Model.Card.Charts;

/// <summary>A straight scale from round number to round number.</summary>
internal sealed record Axis(double Least, double Most, double Step)
{
    /// <summary>Holds all values, and 0.</summary>
    public static Axis Around(IEnumerable<double> values, int steps = 4)
    {
        double[] all = [0, .. values.Where(double.IsFinite)];
        double span = all.Max() - all.Min();
        double step = RoundUp(span > 0 ? span / steps : 1);
        return new Axis(
            Math.Floor(all.Min() / step) * step,
            Math.Ceiling(all.Max() / step) * step,
            step
        );
    }

    public static Axis Percent { get; } = new(0, 1, 0.25);

    public IEnumerable<double> Ticks
    {
        get
        {
            int count = (int)Math.Round((Most - Least) / Step);
            return Enumerable.Range(0, count + 1).Select(i => Least + (i * Step));
        }
    }

    /// <summary>From 0 at the least to 1 at the most.</summary>
    public double At(double value) => (value - Least) / (Most - Least);

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double RoundUp(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double part = step / power;
        return power
            * (
                part <= 1 ? 1
                : part <= 2 ? 2
                : part <= 5 ? 5
                : 10
            );
    }
}
