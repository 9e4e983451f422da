using MinaKyukyu.RoadNetwork.Driving;

namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>One metric: what each directed edge costs in one profile, in whole milliseconds. Immutable.</summary>
public sealed class EdgeWeights
{
    /// <summary>No way: half of the largest number, so that two may be added without overflow. Never shown to a caller as a time.</summary>
    public const int Infinity = (int.MaxValue / 2) - 1;

    /// <summary>One day: an edge that takes longer is a mistake of the file.</summary>
    public const double LongestEdgeSeconds = 86_400;

    private readonly int[] _milliseconds;

    internal EdgeWeights(DrivingProfile profile, int[] milliseconds)
    {
        Profile = profile;
        _milliseconds = milliseconds;
    }

    public DrivingProfile Profile { get; }

    /// <summary>By edge; each at least 1.</summary>
    public ReadOnlySpan<int> Milliseconds => _milliseconds;

    /// <summary>Seconds as a weight: whole milliseconds, halves up, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, not a number, or longer than <see cref="LongestEdgeSeconds"/>.</exception>
    internal static int FromSeconds(double seconds)
    {
        if (!(seconds >= 0 && seconds <= LongestEdgeSeconds))
        {
            throw new ArgumentOutOfRangeException(
                nameof(seconds),
                seconds,
                "An edge takes between 0 and 86,400 s."
            );
        }

        return Math.Max(1, (int)Math.Floor((seconds * 1_000) + 0.5));
    }

    /// <summary>The part of a weight up to a fraction of the edge, halves up; the rest is the weight less this part, so parts always sum.</summary>
    internal static int Part(int weight, double fraction) =>
        (int)Math.Floor((weight * fraction) + 0.5);
}
