using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Contraction;

/// <summary>
/// One metric on the contracted roads: for each arc the milliseconds from its lower rank to the higher one and back, by the
/// street itself or over lower ranks, whichever is faster; <see cref="EdgeWeights.Infinity"/> where there is no way. Immutable.
/// </summary>
internal sealed record ArcTimes(TimesByArc Up, TimesByArc Down);
