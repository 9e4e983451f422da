namespace MinaKyukyu.Forecasting.Calibration;

/// <summary>
/// Corrections that follow what arrives: after each arrival the limits of its groups move a little, out when it was missed and in
/// when it was not, until one in ten is missed on each side. Not thread-safe.
/// </summary>
/// <param name="isNewcomer">Nothing is known of these runs yet: the first arrivals move the limits farther.</param>
internal sealed class OnlineCorrections(Corrections start, bool isNewcomer = false)
{
    /// <summary>Step of one arrival, in logarithms, over all its groups together: larger ones cost sharpness (docs/MODEL.md).</summary>
    public const float Step = 0.01f;

    /// <summary>How much farther the first arrivals of a newcomer move, and after how many of them half as far.</summary>
    private const float FirstSteps = 5;
    private const float HalfAfter = 200;

    /// <summary>No correction leaves the range from a third to three times.</summary>
    private const float Widest = 1.1f;

    private readonly Dictionary<int, Correction>[] _moved =
    [
        .. start.ByColumn.Select(_ => new Dictionary<int, Correction>()),
    ];
    private Correction _all;
    private int _arrivals;

    public Correction Find(ReadOnlySpan<int> cell)
    {
        Correction sum = start.Find(cell) + _all;
        for (int c = 0; c < _moved.Length; c++)
        {
            if (_moved[c].TryGetValue(cell[c], out Correction moved))
            {
                sum += moved;
            }
        }

        return Bounded(sum);
    }

    /// <summary>One run of these groups has ended.</summary>
    /// <param name="raw">What the model predicted before any correction.</param>
    public void Learn(ReadOnlySpan<int> cell, Correction raw, float observed)
    {
        Correction said = raw + Find(cell);
        float step = StepOf(_arrivals++) / Math.Max(1, _moved.Length);
        var move = new Correction(
            step * (0.1f - Share(observed <= said.Low)),
            step * (0.5f - Share(observed <= said.Median)),
            step * (0.9f - Share(observed <= said.High))
        );
        if (_moved.Length == 0)
        {
            _all = Bounded(_all + move);
        }

        for (int c = 0; c < _moved.Length; c++)
        {
            _moved[c].TryGetValue(cell[c], out Correction before);
            _moved[c][cell[c]] = Bounded(before + move);
        }
    }

    private float StepOf(int arrivals) =>
        isNewcomer ? Math.Max(Step, Step * FirstSteps / (1 + (arrivals / HalfAfter))) : Step;

    private static float Share(bool isWithin) => isWithin ? 1 : 0;

    /// <summary>What is moved is bounded as well as what is said: after a week of nonsense the way back must not be a week.</summary>
    private static Correction Bounded(Correction correction) =>
        new(Bounded(correction.Low), Bounded(correction.Median), Bounded(correction.High));

    private static float Bounded(float correction) => Math.Clamp(correction, -Widest, Widest);
}
