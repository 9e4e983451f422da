using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Dispatch.Tests.Oracle;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Dispatch.Tests.Situations;

/// <summary>Many decisions at once, while streets are closed and opened, over one fleet that stands on the roads.</summary>
public class ManyReadersTests
{
    private const int Threads = 4;
    private const int Decisions = 150;

    [Fact]
    public async Task Each_decision_reckons_with_its_own_map_whole()
    {
        var chance = new Random(11);
        (Situation situation, TestCityLog log) = Tachikawa.RandomHour(chance);
        Incident incident = log.Open(
            TestCity.Exactly(Tachikawa.RandomPlace(chance)),
            UrgencyLevel.High,
            situation.Now
        );
        RoadMap open = Tachikawa.Roads;
        RoadMap[] maps =
        [
            open,
            .. Enumerable
                .Range(0, 3)
                .Select(_ =>
                    open.Under(
                        RoadConditions.Of(
                            Enumerable
                                .Range(0, 400)
                                .Select(_ => (chance.Next(open.Graph.EdgeCount), chance.Next(60)))
                        )
                    )
                ),
        ];
        string[] alone = [.. maps.Select(map => Advice(map, null))];
        Assert.True(
            alone.Distinct(StringComparer.Ordinal).Count() > 1,
            "the closures change nothing"
        );

        var shared = new SnappedFleet(open, Tachikawa.Plan.Units.Length);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Threads * Decisions),
            new ParallelOptions { MaxDegreeOfParallelism = Threads },
            (decision, _) =>
            {
                int map = decision % maps.Length;
                Assert.Equal(alone[map], Advice(maps[map], shared));
                return ValueTask.CompletedTask;
            }
        );

        string Advice(RoadMap roads, SnappedFleet? snapped)
        {
            UnitRecommendation advice = UnitRecommender.Recommend(
                situation with
                {
                    Incidents = log.Incidents,
                    Roads = roads,
                    Snapped = snapped,
                },
                incident,
                100
            );
            IEnumerable<string> told = advice.Candidates.Select(c =>
                $"{c.Unit.Value} {c.EtaP50!.Value.TotalMilliseconds}"
            );
            return string.Join(", ", told);
        }
    }
}
