using System.Collections.Immutable;
using System.Text.Json;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Tests.Oracle;

/// <summary>The sample city with its real streets and its invented department, in a random hour of a random day.</summary>
internal static class Tachikawa
{
    private static readonly Lazy<RoadMap> LoadedRoads = new(() =>
        RoadNetworkLoader.Load(Path.Combine(Sample, "roads"))
    );

    private static readonly Lazy<DepartmentPlan> LoadedPlan = new(ReadPlan);

    public static RoadMap Roads => LoadedRoads.Value;

    public static DepartmentPlan Plan => LoadedPlan.Value;

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "samples", "tachikawa");

    /// <summary>Units at their stations, driving home, off duty, busy, and one that has just handed over.</summary>
    public static (Situation Situation, TestCityLog Log) RandomHour(Random chance)
    {
        DateTimeOffset now = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(
            chance.Next(7 * 24 * 60)
        );
        var log = new TestCityLog(Plan.Id);
        var positions = new Dictionary<UnitId, UnitPosition>();
        foreach (UnitPlan unit in Plan.Units)
        {
            int lot = chance.Next(10);
            if (lot == 0)
            {
                continue;
            }

            log.SignOn(Plan, unit, now.AddHours(-5));
            if (lot <= 4)
            {
                continue;
            }

            Order order = Drive(log, unit, now.AddHours(-2), chance);
            if (lot >= 7)
            {
                log.Tell(order, MilestoneKind.Handover, now.AddMinutes(-chance.Next(1, 40)));
            }

            if (lot >= 8)
            {
                log.Tell(order, MilestoneKind.Cleared, now.AddSeconds(-chance.Next(1, 60)));
            }

            DateTimeOffset seen = now.AddSeconds(-chance.Next(0, 30));
            positions[unit.Id] = new UnitPosition(unit.Id, RandomPlace(chance), seen, seen, 5);
        }

        return (
            new Situation
            {
                Plan = Plan,
                Fleet = log.Fleet,
                Incidents = log.Incidents,
                Now = now,
                Positions = positions,
                Roads = Roads,
            },
            log
        );
    }

    /// <summary>Anywhere within the roads' bounds that is near a road.</summary>
    public static GeoPoint RandomPlace(Random chance)
    {
        while (true)
        {
            GeoPoint low = Roads.Bounds.SouthWest;
            GeoPoint high = Roads.Bounds.NorthEast;
            var place = new GeoPoint(
                low.Latitude + (chance.NextDouble() * (high.Latitude - low.Latitude)),
                low.Longitude + (chance.NextDouble() * (high.Longitude - low.Longitude))
            );
            if (Roads.Snapper.Snap(place) is not null)
            {
                return place;
            }
        }
    }

    private static Order Drive(TestCityLog log, UnitPlan unit, DateTimeOffset at, Random chance)
    {
        Incident incident = log.Open(
            TestCity.Exactly(RandomPlace(chance)),
            UrgencyLevel.Medium,
            at
        );
        Order order = log.Order(incident.Id, unit.Id, at.AddMinutes(1));
        log.Tell(order, MilestoneKind.EnRoute, at.AddMinutes(2));
        log.Tell(order, MilestoneKind.OnScene, at.AddMinutes(9));
        log.Tell(order, MilestoneKind.SceneDeparture, at.AddMinutes(25));
        return order;
    }

    private static DepartmentPlan ReadPlan()
    {
        using var city = JsonDocument.Parse(File.ReadAllText(Path.Combine(Sample, "city.json")));
        JsonElement root = city.RootElement;
        return new DepartmentPlan(
            new DepartmentId(Text(root.GetProperty("department"), "id")),
            "",
            [
                .. root.GetProperty("stations")
                    .EnumerateArray()
                    .Select(s => new Station(
                        new StationId(Text(s, "id")),
                        Text(s, "name"),
                        new GeoPoint(
                            s.GetProperty("lat").GetDouble(),
                            s.GetProperty("lon").GetDouble()
                        )
                    )),
            ],
            [
                .. root.GetProperty("units")
                    .EnumerateArray()
                    .Select(u => new UnitPlan(
                        new UnitId(Text(u, "id")),
                        Text(u, "name"),
                        new StationId(Text(u, "station")),
                        new VehicleId(Text(u, "vehicle")),
                        new CrewId(Text(u, "crew")),
                        new DeviceId(Text(u, "device"))
                    )),
            ],
            ImmutableArray<VehicleId>.Empty
        );
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString()!;
}
