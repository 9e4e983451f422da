using System.ComponentModel.DataAnnotations;

namespace MinaKyukyu.RoadNetwork.Snapping;

/// <summary>How a place is brought to the roads. Both numbers are our own working values.</summary>
public sealed class SnappingOptions
{
    /// <summary>Farther than this from any road a place is off the map, and the caller falls back to the straight line.</summary>
    /// <value>500 m: the largest block of a town, with a margin.</value>
    [Range(1, 100_000)]
    public double MaxSnapMeters { get; set; } = 500;

    /// <summary>Roads whose distances differ by less than this are near-ties; among them the largest strongly connected component is preferred.</summary>
    /// <value>10 m: half the width of a large road, less than the error of a usual position fix.</value>
    [Range(0, 1_000)]
    public double NearTieMeters { get; set; } = 10;
}
