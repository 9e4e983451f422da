namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>
/// A place on the roads: a node, or a point strictly inside an edge. Made by <see cref="RoadGraph"/> and by snapping only;
/// the default value is no place and is refused by every query.
/// </summary>
/// <remarks>
/// A two-way street is two directed edges (twins). A point on it may be left in either direction and is always written on the
/// twin with the lower number, so that equal places are equal values.
/// </remarks>
public readonly record struct RoadPosition
{
    // 0: no place; above: edge + 1; below: −(node + 1).
    private readonly int _reference;

    private RoadPosition(int reference, double fraction, double snapMeters)
    {
        _reference = reference;
        Fraction = fraction;
        SnapMeters = snapMeters;
    }

    /// <summary>The directed edge, or −1 where the place is a node.</summary>
    public int Edge => _reference > 0 ? _reference - 1 : -1;

    /// <summary>The node, or −1 where the place lies inside an edge.</summary>
    public int Node => _reference < 0 ? -_reference - 1 : -1;

    /// <summary>Share of the edge's length behind the place, between 0 and 1 exclusive; 0 at a node.</summary>
    public double Fraction { get; }

    /// <summary>Metres between the place that was asked for and this one. Not part of any travel time; the caller shows it.</summary>
    public double SnapMeters { get; }

    public bool IsNode => _reference < 0;

    /// <summary>The same place on the roads, however far from them it was asked for.</summary>
    internal bool IsSamePlaceAs(RoadPosition other) =>
        _reference == other._reference && Fraction.Equals(other.Fraction);

    internal static RoadPosition AtNode(int node, double snapMeters) =>
        new(-(node + 1), 0, snapMeters);

    internal static RoadPosition Inside(int edge, double fraction, double snapMeters) =>
        new(edge + 1, fraction, snapMeters);
}
