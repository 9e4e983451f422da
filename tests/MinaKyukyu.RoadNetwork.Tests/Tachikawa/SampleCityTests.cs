using System.Globalization;
using System.Text.Json;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Tests.Tachikawa;

/// <summary>What the invented department of the sample promises: it hangs together, stands on the roads, and nobody takes it for real.</summary>
public class SampleCityTests
{
    private static readonly RoadMap City = TachikawaRoads.Map;

    private static readonly JsonElement Sample = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(TachikawaRoads.SampleDirectory, "city.json")))
        .RootElement;

    private static readonly Dictionary<string, GeoPoint> Towns = File.ReadLines(
            Path.Combine(TachikawaRoads.SampleDirectory, "towns.csv")
        )
        .Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(
            cells => cells[2],
            cells => new GeoPoint(
                double.Parse(cells[4], CultureInfo.InvariantCulture),
                double.Parse(cells[5], CultureInfo.InvariantCulture)
            ),
            StringComparer.Ordinal
        );

    [Fact]
    public void It_has_the_size_the_demo_counts_on()
    {
        Assert.Equal(79, Towns.Count);
        Assert.Equal(5, List("stations").Count);
        Assert.Equal(12, List("units").Count);
        Assert.Equal(13, List("vehicles").Count);
        Assert.Single(List("vehicles"), vehicle => vehicle.GetProperty("spare").GetBoolean());
        Assert.Equal(5, List("hospitals").Count);
    }

    [Fact]
    public void Every_invented_name_says_that_it_is_invented()
    {
        IEnumerable<JsonElement> named =
        [
            Sample.GetProperty("department"),
            .. List("stations"),
            .. List("hospitals"),
        ];
        Assert.All(
            named,
            one =>
            {
                Assert.EndsWith("(架空)", Text(one, "name"), StringComparison.Ordinal);
                Assert.EndsWith("(fictional)", Text(one, "nameEn"), StringComparison.Ordinal);
                Assert.DoesNotContain("立川", Text(one, "name"), StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void Stations_and_hospitals_stand_at_the_points_of_their_towns_beside_a_road()
    {
        Assert.All(
            List("stations").Concat(List("hospitals")),
            one =>
            {
                var place = new GeoPoint(
                    one.GetProperty("lat").GetDouble(),
                    one.GetProperty("lon").GetDouble()
                );
                Assert.Equal(Towns[Text(one, "town")], place);
                // A town's block: the point stands in the middle of one.
                Assert.InRange(City.Snapper.Snap(place)!.Value.SnapMeters, 0, 150);
            }
        );
    }

    [Fact]
    public void Each_unit_has_its_own_vehicle_crew_and_device()
    {
        HashSet<string> stations = Ids("stations");
        foreach (JsonElement unit in List("units"))
        {
            string id = Text(unit, "id");
            Assert.True(Identifier.IsWellFormed(id));
            Assert.Contains(Text(unit, "station"), stations);
            Assert.Equal(
                ($"v-{id}", $"crew-{id}", $"tablet-{id}"),
                (Text(unit, "vehicle"), Text(unit, "crew"), Text(unit, "device"))
            );
        }

        Assert.Equal(
            12,
            List("units")
                .Select(unit => Text(unit, "name"))
                .Distinct(StringComparer.Ordinal)
                .Count()
        );
        Assert.Superset(
            List("units").Select(unit => Text(unit, "vehicle")).ToHashSet(),
            Ids("vehicles")
        );
        Assert.Equal(List("units").Select(unit => Text(unit, "crew")).ToHashSet(), Ids("crews"));
        Assert.Equal(
            List("units").Select(unit => Text(unit, "device")).ToHashSet(),
            Ids("devices")
        );
    }

    [Fact]
    public void Every_town_has_an_order_of_all_stations()
    {
        JsonElement order = Sample.GetProperty("stationOrder");
        Assert.Equal(
            Towns.Keys.ToHashSet(),
            order.EnumerateObject().Select(town => town.Name).ToHashSet()
        );
        Assert.All(
            order.EnumerateObject(),
            town =>
            {
                List<string> stations =
                [
                    .. town.Value.EnumerateArray().Select(station => station.GetString()!),
                ];
                Assert.Equal(5, stations.Count);
                Assert.Equal(Ids("stations"), stations.ToHashSet());
            }
        );
    }

    [Fact]
    public void A_patients_needs_change_which_hospital_comes_first()
    {
        foreach (string need in new[] { "dialysis", "obstetrics", "neurosurgery" })
        {
            int able = List("hospitals").Count(hospital => Offers(hospital, need));
            Assert.InRange(able, 2, 4);
        }

        GeoPoint northWest = Towns["西砂町二丁目"];
        JsonElement nearest = List("hospitals")
            .MinBy(one =>
                northWest.DistanceMetersTo(
                    new GeoPoint(
                        one.GetProperty("lat").GetDouble(),
                        one.GetProperty("lon").GetDouble()
                    )
                )
            );
        Assert.False(Offers(nearest, "dialysis"));
        Assert.All(List("hospitals"), hospital => Assert.True(Offers(hospital, "general")));
    }

    private static bool Offers(JsonElement hospital, string service) =>
        hospital.GetProperty("services").EnumerateArray().Any(one => one.GetString() == service);

    private static List<JsonElement> List(string name) =>
        [.. Sample.GetProperty(name).EnumerateArray()];

    private static HashSet<string> Ids(string name) =>
        List(name).Select(one => Text(one, "id")).ToHashSet(StringComparer.Ordinal);

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;
}
