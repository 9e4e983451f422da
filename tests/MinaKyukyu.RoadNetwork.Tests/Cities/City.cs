using MinaKyukyu.RoadNetwork.Tests.Tachikawa;

namespace MinaKyukyu.RoadNetwork.Tests.Cities;

/// <summary>Real roads, each read once for all tests.</summary>
internal static class City
{
    private static readonly Dictionary<string, Lazy<RoadMap>> Maps = new(StringComparer.Ordinal)
    {
        ["Tachikawa"] = new(() => TachikawaRoads.Map),
        ["Auckland"] = new(() => Load("jemss_auckland_roads_osm.zip")),
        ["Malta"] = new(() => Load("malta.osm.pbf")),
        ["Milan"] = new(() => Load("milan_small.osm.pbf")),
        ["Edmonton"] = new(() => Load("jemss_edmonton_roads_osm.zip")),
    };

    public static TheoryData<string> Names => [.. Maps.Keys];

    public static RoadMap Map(string name) => Maps[name].Value;

    public static string FileOf(string name) =>
        Path.Combine(AppContext.BaseDirectory, "data", "roads", name);

    private static RoadMap Load(string file) => RoadNetworkLoader.Load(FileOf(file));
}
