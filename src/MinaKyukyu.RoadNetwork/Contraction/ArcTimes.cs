using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Contraction;

/// <summary>
/// One metric on the contracted roads: for each arc the milliseconds from its lower rank to the higher one and back, by the
/// street itself or over lower ranks, whichever is faster; <see cref="EdgeWeights.Infinity"/> where there is no way. Not changed
/// once anybody can see it.
/// </summary>
internal sealed class ArcTimes(int[] up, int[] down)
{
    public int[] Up { get; } = up;

    public int[] Down { get; } = down;

    public ArcTimes Copy() => new((int[])Up.Clone(), (int[])Down.Clone());
}
