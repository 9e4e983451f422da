using System.Collections.Frozen;
using System.Security.Cryptography;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Metrics;

/// <summary>
/// What is out of the ordinary on the roads now: by edge, the share of its usual speed in per cent, 0 where it is closed. Of
/// several effects on one edge the worst holds. Two with the same content are the same conditions. Immutable.
/// </summary>
public sealed class RoadConditions : IEquatable<RoadConditions>
{
    private const int Closed = 0;
    private const int Usual = 100;

    private readonly FrozenDictionary<int, int> _speedPercent;
    private readonly Lazy<string> _fingerprint;

    private RoadConditions(FrozenDictionary<int, int> speedPercent)
    {
        _speedPercent = speedPercent;
        _fingerprint = new(() => IsClear ? "clear" : Digest());
    }

    public static RoadConditions Clear { get; } = new(FrozenDictionary<int, int>.Empty);

    public bool IsClear => _speedPercent.Count == 0;

    /// <summary>Edges that cannot be driven as usual.</summary>
    public IEnumerable<int> Edges => _speedPercent.Keys;

    /// <summary>The edge cannot be driven at all, but on foot.</summary>
    public bool IsClosed(int edge) => SpeedPercent(edge) == Closed;

    /// <summary>Percent of the usual speed, 0 to 100.</summary>
    public int SpeedPercent(int edge) => _speedPercent.GetValueOrDefault(edge, Usual);

    /// <summary>The conditions with these effects and no others.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A speed is not between 0 and 100 per cent.</exception>
    public static RoadConditions Of(IEnumerable<(int Edge, int SpeedPercent)> effects)
    {
        var worst = new Dictionary<int, int>();
        foreach ((int edge, int percent) in effects)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(percent);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, Usual);
            if (percent < Usual)
            {
                worst[edge] = Math.Min(percent, worst.GetValueOrDefault(edge, Usual));
            }
        }

        return worst.Count == 0 ? Clear : new RoadConditions(worst.ToFrozenDictionary());
    }

    /// <inheritdoc/>
    public bool Equals(RoadConditions? other) =>
        ReferenceEquals(this, other)
        || (
            other is not null
            && other._speedPercent.Count == _speedPercent.Count
            && _speedPercent.All(effect => other.SpeedPercent(effect.Key) == effect.Value)
        );

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RoadConditions);

    /// <inheritdoc/>
    public override int GetHashCode() => _speedPercent.Count;

    /// <summary><c>clear</c>, or sixteen digits that differ where the conditions differ.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>Edges whose speed is not the same in both, ascending.</summary>
    internal int[] DifferencesTo(RoadConditions other)
    {
        var edges = new List<int>();
        edges.AddRange(Edges.Where(edge => SpeedPercent(edge) != other.SpeedPercent(edge)));
        edges.AddRange(other.Edges.Where(edge => !_speedPercent.ContainsKey(edge)));
        edges.Sort();
        return [.. edges];
    }

    /// <summary>What an edge costs under these conditions, given what it usually costs.</summary>
    internal EdgeWeights.Changed Weigh(
        int edge,
        int usualThrough,
        int usualWithin,
        double lengthMeters
    )
    {
        int percent = SpeedPercent(edge);
        return percent == Closed
            // Never faster than it was: somebody may have driven it more slowly than a crew walks.
            ? new EdgeWeights.Changed(
                EdgeWeights.Infinity,
                Math.Max(usualWithin, EdgeWeights.OnFoot(lengthMeters))
            )
            : new EdgeWeights.Changed(Slow(usualThrough), Slow(usualWithin));

        int Slow(int weight) =>
            weight == EdgeWeights.Infinity || percent == Usual
                ? weight
                : EdgeWeights.Times(weight, (double)Usual / percent);
    }

    private string Digest()
    {
        var bytes = new List<byte>();
        foreach ((int edge, int percent) in _speedPercent.OrderBy(effect => effect.Key))
        {
            bytes.AddRange(BitConverter.GetBytes(edge));
            bytes.Add((byte)percent);
        }

        return Convert.ToHexStringLower(SHA256.HashData([.. bytes]).AsSpan(0, 8));
    }
}
