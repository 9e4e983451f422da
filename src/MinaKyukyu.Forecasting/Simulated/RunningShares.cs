namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>Picks one of several by their weights.</summary>
internal sealed class RunningShares
{
    private readonly double[] _upTo;

    /// <param name="weights">At least one; none negative, not all 0.</param>
    public RunningShares(IEnumerable<double> weights)
    {
        double sum = 0;
        _upTo = [.. weights.Select(weight => sum += weight)];
    }

    /// <param name="share">Uniform between 0 and 1.</param>
    public int Find(double share)
    {
        int found = Array.BinarySearch(_upTo, share * _upTo[^1]);
        return Math.Min(found >= 0 ? found + 1 : ~found, _upTo.Length - 1);
    }
}
