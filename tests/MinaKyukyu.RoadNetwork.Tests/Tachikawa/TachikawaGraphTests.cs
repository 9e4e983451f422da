using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Tests.Tachikawa;

public class TachikawaGraphTests
{
    private static readonly RoadMap City = TachikawaRoads.Map;

    [Fact]
    public void Every_row_of_the_city_is_accounted_for()
    {
        ImportReport report = City.Report;
        Assert.Equal(4_106, report.Nodes);
        Assert.Equal(10_515, report.EdgeRows);
        Assert.Equal(4, report.SelfLoopsDropped);
        Assert.Equal(
            report.EdgeRows - report.SelfLoopsDropped - report.ParallelEdgesDropped,
            report.Edges
        );
        Assert.Equal(0, report.UnknownRoadClasses);
        Assert.Equal(0, report.UnreadableMaxSpeeds);
        Assert.Equal(0, report.LinesMovedToTheirNodes);
    }

    [Fact]
    public void Every_place_of_the_city_reaches_every_other()
    {
        Assert.Equal(1, City.Graph.Components.Count);
        Assert.Equal(4_106, City.Graph.Components.LargestSize);
    }

    // Straight line 2.9 km; between 3 and 12 minutes is what anyone who drives there would say.
    [Theory]
    [InlineData(35.700542, 139.415657, 35.725207, 139.42965, 3, 12)]
    [InlineData(35.694067, 139.40459, 35.734433, 139.356986, 8, 30)]
    public void Crossing_the_city_takes_plausible_minutes(
        double fromLat,
        double fromLon,
        double toLat,
        double toLon,
        int leastMinutes,
        int mostMinutes
    )
    {
        RoadPosition from = City.Snapper.Snap(new GeoPoint(fromLat, fromLon))!.Value;
        RoadPosition to = City.Snapper.Snap(new GeoPoint(toLat, toLon))!.Value;
        var times = new int[1];
        City.TravelTimes.ManyToOne([from], to, DrivingProfile.Emergency, times);
        Assert.InRange(times[0], leastMinutes * 60_000, mostMinutes * 60_000);
        Route route = City.TravelTimes.PointToPoint(from, to, DrivingProfile.Emergency)!;
        Assert.Equal(times[0], route.Milliseconds);
        City.TravelTimes.ManyToOne([from], to, DrivingProfile.Ordinary, times);
        Assert.True(times[0] > route.Milliseconds);
    }
}
