using MinaKyukyu.Benchmarks.Measuring;
using MinaKyukyu.Benchmarks.Peers;
using MinaKyukyu.Benchmarks.Table;
using MinaKyukyu.Benchmarks.Trials;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Tests.Benchmarks;

/// <summary>Whatever is timed is right: every benchmark runs on tiny roads, and its answers are Dijkstra's.</summary>
public sealed class TrialTests(TinyPrefecture tiny) : IClassFixture<TinyPrefecture>
{
    private static readonly SampleSize FewSamples = new(40, 40, 4, 40, TimeSpan.Zero, 2);

    [Fact]
    public void Every_answer_that_the_table_times_is_that_of_Dijkstra()
    {
        IReadOnlyList<Trial> trials = AllTrials.Of(tiny.Situation(), tiny.File);

        IReadOnlyList<Reading> readings = new Sampler(FewSamples).Measure(trials);

        Assert.Equal(trials.Count, readings.Count);
        Assert.All(
            readings,
            reading =>
            {
                Assert.True(reading.Agreement.Equal > 0, $"{reading.Name} compared nothing");
                Assert.Equal(0, reading.Agreement.Unequal);
            }
        );
    }

    [Fact]
    public void Times_from_bare_coordinates_are_those_of_Dijkstra()
    {
        var places = PlacesFile.Near(tiny.Situation(), 20, 5);
        var trial = new SnapTrial(tiny.Roads, places);
        var agreement = default(Agreement);
        for (int run = 0; run < places.Targets.Count; run++)
        {
            trial.Run();
            agreement += trial.Keep()();
        }

        Assert.Equal(new Agreement(20 * 5, 0), agreement);
    }

    [Fact]
    public void A_wrong_answer_is_counted()
    {
        Situation situation = tiny.Situation();
        RoadPosition[] units = situation.Asked[..50];
        var answers = new int[units.Length];
        situation.Truth.ManyToOne(units, situation.Asked[^1], Situation.Profile, answers);
        answers[7]++;

        Assert.Equal(new Agreement(49, 1), situation.Compare(units, situation.Asked[^1], answers));
    }

    [Fact]
    public void A_closure_is_compared_on_the_roads_as_they_are_closed()
    {
        Situation situation = tiny.Situation();
        var trial = new ClosureTrial(situation, 30);
        trial.Run();
        Func<Agreement> closed = trial.Keep();
        trial.Run();
        Func<Agreement> open = trial.Keep();

        Assert.Equal(new Agreement(30, 0), closed());
        Assert.Equal(new Agreement(30, 0), open());
    }

    [Fact]
    public void Every_other_metric_is_touched()
    {
        var trial = new OtherMetricsTrial(tiny.Situation());
        trial.Run();

        Assert.Equal(23, trial.Metrics);
    }

    [Fact]
    public void A_target_is_missed_by_the_median_by_the_tail_or_by_garbage()
    {
        var target = new Target(10, 40, IsFreeOfGarbage: true);

        Assert.True(target.IsMetBy(Read(10, 40, 0)));
        Assert.False(target.IsMetBy(Read(10.1, 40, 0)));
        Assert.False(target.IsMetBy(Read(10, 40.1, 0)));
        Assert.False(target.IsMetBy(Read(10, 40, 1)));

        static Reading Read(double p50, double p99, long bytes) =>
            new("", new Spread(p50, p99, p50, 100), bytes, default);
    }

    [Fact]
    public void Every_target_belongs_to_a_trial_of_the_table()
    {
        string[] names = [.. AllTrials.Of(tiny.Situation(), tiny.File).Select(trial => trial.Name)];

        Assert.Equal(10, names.Count(name => Targets.Of(name, isPrefecture: false) is not null));
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Median_and_tail_are_nearest_ranks()
    {
        Spread spread = Spread.Of([.. Enumerable.Range(1, 200).Select(i => (double)i)]);

        Assert.Equal((100, 198, 200), (spread.P50, spread.P99, spread.Samples));
    }
}
