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

    public ArcTimes Copy()
    {
        return new ArcTimes(CopyOf(Up), CopyOf(Down));

        // Every number is written at once, so none needs to be cleared before.
        static int[] CopyOf(int[] times)
        {
            int[] copy = GC.AllocateUninitializedArray<int>(times.Length);
            times.AsSpan().CopyTo(copy);
            return copy;
        }
    }
}
