namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>How a travel time in milliseconds is to be read.</summary>
public static class TravelTime
{
    /// <summary>There is no way. Never a time: test with <see cref="IsReachable"/> before comparing or adding.</summary>
    public const int Unreachable = -1;

    public static bool IsReachable(int milliseconds) => milliseconds >= 0;

    /// <summary>The least of three times, an unreachable one being more than any.</summary>
    internal static int Least(int a, int b, int c) =>
        // Read without sign, "unreachable" is the largest number there is.
        (int)Math.Min((uint)a, Math.Min((uint)b, (uint)c));
}
