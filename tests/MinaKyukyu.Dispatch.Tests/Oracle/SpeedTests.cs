using System.Diagnostics;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using Xunit.Abstractions;

namespace MinaKyukyu.Dispatch.Tests.Oracle;

public class SpeedTests(ITestOutputHelper output)
{
    private const int Asked = 200;

    /// <summary>The budget is 1 ms at the median in a release build on a quiet machine; here only what no load explains fails.</summary>
    [Fact]
    public void Three_hundred_units_are_ranked_within_a_blink()
    {
        const int seed = 300;
        var chance = new Random(seed);
        (Situation situation, TestCityLog log) = Crowd(chance, 300);
        Incident[] incidents =
        [
            .. Enumerable
                .Range(0, 50)
                .Select(_ =>
                    log.Open(
                        TestCity.Exactly(Tachikawa.RandomPlace(chance)),
                        UrgencyLevel.High,
                        situation.Now
                    )
                ),
        ];
        situation = situation with { Incidents = log.Incidents };
        foreach (Incident incident in incidents)
        {
            Assert.Equal(10, UnitRecommender.Recommend(situation, incident).Candidates.Length);
        }

        var took = new double[Asked];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Asked; i++)
        {
            long start = Stopwatch.GetTimestamp();
            UnitRecommender.Recommend(situation, incidents[i % incidents.Length]);
            took[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Asked;
        Array.Sort(took);
        output.WriteLine(
            $"seed {seed}: p50 {took[Asked / 2]:0.000} ms, p99 {took[Asked * 99 / 100]:0.000} ms, {allocated} B each"
        );
        Assert.InRange(took[Asked / 2], 0, 50);
    }

    /// <summary>Many units in one city: half at their stations, half somewhere on the road home.</summary>
    private static (Situation Situation, TestCityLog Log) Crowd(Random chance, int count)
    {
        (Situation hour, _) = Tachikawa.RandomHour(chance);
        DepartmentPlan plan = Tachikawa.Plan;
        plan = new DepartmentPlan(
            plan.Id,
            plan.Name,
            plan.Stations,
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i => new UnitPlan(
                        new UnitId($"u-{i:000}"),
                        "",
                        plan.Stations[i % plan.Stations.Length].Id,
                        new VehicleId($"v-{i}"),
                        new CrewId($"c-{i}"),
                        new DeviceId($"d-{i}")
                    )),
            ],
            []
        );
        var log = new TestCityLog(plan.Id);
        var positions = new Dictionary<UnitId, Fleet.Positions.UnitPosition>();
        foreach (UnitPlan unit in plan.Units)
        {
            log.SignOn(plan, unit, hour.Now.AddHours(-5));
            if (chance.Next(2) == 0)
            {
                Order order = log.Order(
                    log.Open(
                        TestCity.Exactly(Tachikawa.RandomPlace(chance)),
                        UrgencyLevel.Low,
                        hour.Now.AddHours(-1)
                    ).Id,
                    unit.Id,
                    hour.Now.AddHours(-1)
                );
                log.Tell(order, MilestoneKind.Cleared, hour.Now.AddMinutes(-5));
                positions[unit.Id] = new(
                    unit.Id,
                    Tachikawa.RandomPlace(chance),
                    hour.Now,
                    hour.Now,
                    5
                );
            }
        }

        return (
            new Situation
            {
                Plan = plan,
                Fleet = log.Fleet,
                Incidents = log.Incidents,
                Now = hour.Now,
                Positions = positions,
                Roads = Tachikawa.Roads,
                Snapped = new SnappedFleet(Tachikawa.Roads),
            },
            log
        );
    }
}
