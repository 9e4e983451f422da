using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>Length of a way by class of road, in metres; without the metres between a place and its road.</summary>
/// <param name="Fast">Motorways and trunk roads with their links.</param>
/// <param name="Main">Primary, secondary and tertiary roads with their links.</param>
/// <param name="Local">Everything else, roads without a class included.</param>
public readonly record struct WayLengths(double Fast, double Main, double Local)
{
    public double Meters => Fast + Main + Local;

    internal static WayLengths On(RoadTier tier, double meters) =>
        tier switch
        {
            RoadTier.Fast => new WayLengths(meters, 0, 0),
            RoadTier.Main => new WayLengths(0, meters, 0),
            _ => new WayLengths(0, 0, meters),
        };

    /// <summary>One way after the other.</summary>
    public static WayLengths operator +(WayLengths first, WayLengths then) => first.Add(then);

    /// <inheritdoc cref="op_Addition"/>
    public WayLengths Add(WayLengths then) =>
        new(Fast + then.Fast, Main + then.Main, Local + then.Local);
}
