using System.Collections.Frozen;

namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>What each directed edge costs in one metric, in whole milliseconds. Immutable.</summary>
public sealed class EdgeWeights
{
    /// <summary>No way: half of the largest number, so that two may be added without overflow. Never shown to a caller as a time.</summary>
    public const int Infinity = (int.MaxValue / 2) - 1;

    /// <summary>One day: an edge that takes longer is a mistake of the file.</summary>
    public const double LongestEdgeSeconds = 86_400;

    /// <summary>
    /// How fast a crew goes on foot along a street that it cannot drive, pushing a stretcher. Own working value: a brisk walk
    /// is 5 km/h.
    /// </summary>
    public const double OnFootKmh = 4;

    private readonly int[] _through;
    private readonly int[] _within;
    private readonly FrozenDictionary<int, Changed> _changed;
    private readonly Lazy<int[]> _all;

    private EdgeWeights(int[] through, int[] within, FrozenDictionary<int, Changed> changed)
    {
        _through = through;
        _within = within;
        _changed = changed;
        _all = new(() => [.. Enumerable.Range(0, through.Length).Select(Through)]);
    }

    /// <summary>By edge; each at least 1, or <see cref="Infinity"/> where the edge may not be driven. For engines that read all; one edge is <see cref="Through"/>.</summary>
    public ReadOnlySpan<int> Milliseconds => _changed.Count == 0 ? _through : _all.Value;

    /// <summary>What the edge takes from end to end; <see cref="Infinity"/> where it may not be driven.</summary>
    public int Through(int edge) =>
        _changed.TryGetValue(edge, out Changed changed) ? changed.Through : _through[edge];

    /// <summary>What the edge takes from end to end when the drive begins or ends on it: on foot where it may not be driven.</summary>
    internal int Within(int edge) =>
        _changed.TryGetValue(edge, out Changed changed) ? changed.Within : _within[edge];

    /// <summary>The edge may not be driven; a place on it is reached on foot from its end.</summary>
    public bool IsOnFoot(int edge) => Through(edge) == Infinity;

    /// <summary>The same weights but for a few edges; the others are shared, not copied. These must be unchanged themselves.</summary>
    internal EdgeWeights With(IReadOnlyDictionary<int, Changed> changed) =>
        new(_through, _within, changed.ToFrozenDictionary());

    /// <summary>Weights as an import gives them; where an edge may not be driven, its places are reached on foot.</summary>
    internal static EdgeWeights Of(int[] through, ReadOnlySpan<double> lengthMeters)
    {
        if (Array.IndexOf(through, Infinity) < 0)
        {
            return new EdgeWeights(through, through, FrozenDictionary<int, Changed>.Empty);
        }

        var within = (int[])through.Clone();
        for (int edge = 0; edge < within.Length; edge++)
        {
            within[edge] = through[edge] == Infinity ? OnFoot(lengthMeters[edge]) : through[edge];
        }

        return new EdgeWeights(through, within, FrozenDictionary<int, Changed>.Empty);
    }

    /// <summary>Milliseconds on foot, at most a day.</summary>
    internal static int OnFoot(double meters) =>
        FromSeconds(Math.Min(meters * 3.6 / OnFootKmh, LongestEdgeSeconds));

    /// <summary>Every usual weight taken that many times as long, halves up.</summary>
    internal EdgeWeights Slowed(double slowness)
    {
        int[] through = Slow(_through);
        return new EdgeWeights(
            through,
            ReferenceEquals(_through, _within) ? through : Slow(_within),
            FrozenDictionary<int, Changed>.Empty
        );

        int[] Slow(int[] weights)
        {
            var slowed = new int[weights.Length];
            for (int edge = 0; edge < weights.Length; edge++)
            {
                slowed[edge] =
                    weights[edge] == Infinity ? Infinity : Times(weights[edge], slowness);
            }

            return slowed;
        }
    }

    /// <summary>A weight taken that many times as long, halves up; at least 1 and less than <see cref="Infinity"/>.</summary>
    internal static int Times(int weight, double factor) =>
        (int)Math.Clamp(Math.Floor((weight * factor) + 0.5), 1, Infinity - 1);

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

    /// <summary>The two weights of an edge that is closed or slow.</summary>
    internal readonly record struct Changed(int Through, int Within);
}
