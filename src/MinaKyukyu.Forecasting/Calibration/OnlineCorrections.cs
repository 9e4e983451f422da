using MinaKyukyu.Forecasting.Features;

namespace MinaKyukyu.Forecasting.Calibration;

/// <summary>
/// Corrections that follow what arrives: after each arrival the limits of its group move a little, out when it was missed and in
/// when it was not, until one in ten is missed on each side. Not thread-safe.
/// </summary>
internal sealed class OnlineCorrections(GroupTable<Correction> start)
{
    /// <summary>Step of one arrival, in logarithms. Own working value: 500 arrivals undo a change of the city.</summary>
    public const float Step = 0.01f;

    /// <summary>No correction leaves the range from a third to three times.</summary>
    private const float Widest = 1.1f;

    private readonly Dictionary<ulong, Correction> _now = [];

    public Correction Find(ReadOnlySpan<int> cell) =>
        _now.TryGetValue(GroupKey.Of(cell, cell.Length), out Correction correction)
            ? correction
            : start.Find(cell);

    /// <summary>One run of the group has ended.</summary>
    /// <param name="raw">What the model predicted before any correction.</param>
    public void Learn(ReadOnlySpan<int> cell, Correction raw, float observed)
    {
        Correction now = Find(cell);
        _now[GroupKey.Of(cell, cell.Length)] = new Correction(
            Bounded(now.Low + (Step * (0.1f - Share(observed <= raw.Low + now.Low)))),
            Bounded(now.Median + (Step * (0.5f - Share(observed <= raw.Median + now.Median)))),
            Bounded(now.High + (Step * (0.9f - Share(observed <= raw.High + now.High))))
        );
    }

    private static float Share(bool isWithin) => isWithin ? 1 : 0;

    private static float Bounded(float correction) => Math.Clamp(correction, -Widest, Widest);
}
