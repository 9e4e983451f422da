using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// How long from here to there by road, exactly, in whole milliseconds. Every engine behind this port gives the same answers
/// as <see cref="DijkstraTravelTimes"/>. Safe for any number of threads.
/// </summary>
/// <remarks>
/// Times run between places on the roads; the metres between a place and its road (<see cref="RoadPosition.SnapMeters"/>) are
/// not in them. From a place to itself is 0.
/// </remarks>
public interface ITravelTimes
{
    /// <summary>From each source to the target, in the order of the sources; <see cref="TravelTime.Unreachable"/> where there is no way.</summary>
    /// <exception cref="ArgumentException">A position is not of this graph, or the span is not as long as the sources.</exception>
    void ManyToOne(
        ReadOnlySpan<RoadPosition> sources,
        RoadPosition target,
        DrivingProfile profile,
        Span<int> milliseconds
    );

    /// <summary>From the source to each target, in the order of the targets; <see cref="TravelTime.Unreachable"/> where there is no way.</summary>
    /// <exception cref="ArgumentException">A position is not of this graph, or the span is not as long as the targets.</exception>
    void OneToMany(
        RoadPosition source,
        ReadOnlySpan<RoadPosition> targets,
        DrivingProfile profile,
        Span<int> milliseconds
    );

    /// <summary>The fastest way with its line and its names, or null where there is none. Its time equals that of the other two.</summary>
    /// <exception cref="ArgumentException">A position is not of this graph.</exception>
    Route? PointToPoint(RoadPosition source, RoadPosition target, DrivingProfile profile);

    /// <summary>
    /// How long the fastest way from each source to the target is, by class of road, in the order of the sources; null where there
    /// is none. The same way as <see cref="PointToPoint"/>'s, without drawing it.
    /// </summary>
    /// <exception cref="ArgumentException">A position is not of this graph, or the span is not as long as the sources.</exception>
    void MeasureWays(
        ReadOnlySpan<RoadPosition> sources,
        RoadPosition target,
        DrivingProfile profile,
        Span<WayLengths?> lengths
    );
}
