namespace MinaKyukyu.RoadNetwork.Tests.Tachikawa;

/// <summary>The city that ships as a sample, read once for all tests.</summary>
internal static class TachikawaRoads
{
    private static readonly Lazy<RoadMap> Loaded = new(() => RoadNetworkLoader.Load(Directory));

    public static string SampleDirectory =>
        Path.Combine(AppContext.BaseDirectory, "samples", "tachikawa");

    public static string Directory => Path.Combine(SampleDirectory, "roads");

    public static RoadMap Map => Loaded.Value;
}
