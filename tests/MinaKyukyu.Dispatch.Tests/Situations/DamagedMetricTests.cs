using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Import;

namespace MinaKyukyu.Dispatch.Tests.Situations;

public sealed class DamagedMetricTests : IDisposable
{
    private static readonly DateTimeOffset Saturday = new(
        2026,
        4,
        4,
        19,
        0,
        0,
        TimeSpan.FromHours(9)
    );

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void When_the_roads_of_the_next_hours_are_damaged_those_of_the_last_hours_go_on()
    {
        string roads = Path.Combine(AppContext.BaseDirectory, "samples", "tachikawa", "roads");
        RoadFiles.Build(roads, _file);
        byte[] bytes = File.ReadAllBytes(_file);
        // The last section is that of lights and siren on a night of the weekend.
        bytes[^1] ^= 1;
        File.WriteAllBytes(_file, bytes);
        RoadMap map = RoadNetworkLoader.Load(_file);
        Assert.Throws<RoadFileException>(() =>
            map.At(Saturday.AddHours(2)).MetricVersion(DrivingProfile.Emergency)
        );

        var live = new LiveRoads(map);
        string evening = Version(live, Saturday);
        Assert.Contains("emergency/weekend-16", evening, StringComparison.Ordinal);
        Assert.Equal(evening, Version(live, Saturday.AddHours(2)));
        Assert.Contains(
            "emergency/weekend-00",
            Version(live, Saturday.AddHours(6)),
            StringComparison.Ordinal
        );
    }

    private static string Version(LiveRoads live, DateTimeOffset now) =>
        live.Now(now, RoadRestrictions.None).MetricVersion(DrivingProfile.Emergency);
}
