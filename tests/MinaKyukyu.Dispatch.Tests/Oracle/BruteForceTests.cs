using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;
using Xunit.Abstractions;

namespace MinaKyukyu.Dispatch.Tests.Oracle;

/// <summary>The recommendation against one slow search per unit over the road file, and turnout by hand.</summary>
public class BruteForceTests(ITestOutputHelper output)
{
    private const int Hours = 50;
    private const int IncidentsPerHour = 10;

    [Fact]
    public void The_order_and_every_millisecond_equal_brute_force_on_500_random_incidents()
    {
        int compared = Compare(seed: 20_260_401, turnoutError: 0, out string? difference);
        output.WriteLine($"seed 20260401: {compared} candidates compared");
        Assert.Null(difference);
        // Were half of the units to fall out, little would have been compared.
        Assert.InRange(compared, 2_000, 6_000);
    }

    [Fact]
    public void A_turnout_that_is_wrong_by_one_millisecond_is_found()
    {
        Compare(seed: 7, turnoutError: 1, out string? difference);
        output.WriteLine($"seed 7: {difference}");
        Assert.NotNull(difference);
    }

    private static int Compare(int seed, int turnoutError, out string? difference)
    {
        var chance = new Random(seed);
        var slow = SlowRoads.OfTachikawa();
        var snapped = new SnappedFleet(Tachikawa.Roads);
        int compared = 0;
        for (int hour = 0; hour < Hours; hour++)
        {
            (Situation situation, TestCityLog log) = Tachikawa.RandomHour(chance);
            List<Searched> units = [.. Search(situation, log, slow)];
            for (int i = 0; i < IncidentsPerHour; i++)
            {
                Incident incident = log.Open(
                    TestCity.Exactly(Tachikawa.RandomPlace(chance)),
                    UrgencyLevel.High,
                    situation.Now
                );
                List<(string Unit, long Eta)> expected = ByHand(
                    units,
                    situation,
                    incident.Place.Point!.Value,
                    slow,
                    turnoutError
                );
                UnitRecommendation advice = UnitRecommender.Recommend(
                    situation with
                    {
                        Incidents = log.Incidents,
                        Snapped = i % 2 == 0 ? snapped : null,
                    },
                    incident,
                    100
                );
                List<(string Unit, long Eta)> actual =
                [
                    .. advice.Candidates.Select(c =>
                        (c.Unit.Value, (long)c.EtaP50!.Value.TotalMilliseconds)
                    ),
                ];
                compared += actual.Count;
                if (!actual.SequenceEqual(expected))
                {
                    difference =
                        $"seed {seed}, hour {hour}, incident {i}: {string.Join(" ", actual)} but by hand {string.Join(" ", expected)}";
                    return compared;
                }
            }
        }

        difference = null;
        return compared;
    }

    /// <summary>One full search from each unit that may go, now or soon.</summary>
    private static IEnumerable<Searched> Search(
        Situation situation,
        TestCityLog log,
        SlowRoads slow
    )
    {
        RoadGraph graph = Tachikawa.Roads.Graph;
        foreach (UnitPlan unit in Tachikawa.Plan.Units)
        {
            if (log.Fleet.Find(unit.Id) is null)
            {
                continue;
            }

            Order? order = log.Incidents.FindLastOrder(unit.Id);
            long freeIn = 0;
            bool isIdle = order is null || !order.IsActive;
            if (!isIdle)
            {
                if (
                    log
                        .Incidents.Find(order!.Incident)!
                        .FindMilestone(order.Id, MilestoneKind.Handover)
                    is not { } handover
                )
                {
                    continue;
                }

                // Ten minutes of clearing, and never less than one more.
                double left = 600_000 - (situation.Now - handover.OccurredAt).TotalMilliseconds;
                freeIn = (long)Math.Max(60_000, left);
            }

            int japaneseHour = situation.Now.UtcDateTime.AddHours(9).Hour;
            long turnout =
                order is not null ? 10_000
                : japaneseHour is >= 22 or < 6 ? 90_000
                : 60_000;
            GeoPoint point = situation.Positions.TryGetValue(unit.Id, out UnitPosition? fix)
                ? fix.Point
                : Tachikawa.Plan.GetStation(unit.Station).Point;
            RoadPosition onRoad = Tachikawa.Roads.Snapper.Snap(point)!.Value;
            yield return new Searched(
                unit.Id,
                isIdle,
                freeIn + turnout,
                onRoad,
                slow.From(graph, onRoad)
            );
        }
    }

    private static List<(string Unit, long Eta)> ByHand(
        List<Searched> units,
        Situation situation,
        GeoPoint place,
        SlowRoads slow,
        int turnoutError
    )
    {
        RoadGraph graph = Tachikawa.Roads.Graph;
        RoadPosition target = Tachikawa.Roads.Snapper.Snap(place)!.Value;
        List<(Searched Unit, long Eta)> ranked =
        [
            .. units
                .Select(unit =>
                    (
                        unit,
                        Eta: unit.UntilRolling
                            + turnoutError
                            + slow.To(graph, unit.OnRoad, unit.Times, target)
                    )
                )
                .OrderBy(c => c.Eta)
                .ThenBy(c => !c.unit.IsIdle)
                .ThenBy(c => c.unit.Unit.Value, StringComparer.Ordinal),
        ];
        // Whoever is soon free never stands before everybody who is free.
        if (ranked.FindIndex(c => c.Unit.IsIdle) is var first and > 0)
        {
            (Searched, long) idle = ranked[first];
            ranked.RemoveAt(first);
            ranked.Insert(0, idle);
        }

        return [.. ranked.Select(c => (c.Unit.Unit.Value, c.Eta))];
    }

    private sealed record Searched(
        UnitId Unit,
        bool IsIdle,
        long UntilRolling,
        RoadPosition OnRoad,
        int[] Times
    );
}
