using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Forecasting.Serving;

namespace MinaKyukyu.Forecasting.Tests.Serving;

/// <summary>What was measured is what is served: the same run, the same estimate, to the millisecond.</summary>
public sealed class SameAsEvaluatedTests
{
    [Fact]
    public void The_first_run_after_a_start_is_estimated_as_it_was_evaluated()
    {
        StoredModel stored = CityModel.Model;
        foreach (CanonicalRun run in CityModel.Later.Where((_, i) => i % 40 == 0))
        {
            (int, int, int) evaluated = Evaluated(stored, [run], isOnline: false)[0];
            var model = new TimeToSceneModel(stored, run.Department);
            Assert.Equal(evaluated, Served(model, run));
        }
    }

    [Fact]
    public void After_the_same_arrivals_every_run_is_estimated_as_it_was_evaluated() =>
        AssertSame(CityModel.Model, CityModel.Later);

    [Fact]
    public void A_station_and_a_town_that_training_never_saw_are_served_as_they_were_evaluated() =>
        AssertSame(
            CityModel.Model,
            [
                .. CityModel.Later.Select(
                    (run, i) =>
                        run with
                        {
                            Station = i % 3 == 0 ? "shin" : run.Station,
                            Area = (i % 5) switch
                            {
                                0 => "shinmachi",
                                1 => "",
                                2 => "midorigaoka",
                                _ => run.Area,
                            },
                        }
                ),
            ]
        );

    [Fact]
    public void A_department_without_history_is_served_as_it_was_evaluated() =>
        AssertSame(
            CityModel.Model,
            [.. CityModel.Later.Select(run => run with { Department = "newcomer" })]
        );

    private static void AssertSame(StoredModel stored, IReadOnlyList<CanonicalRun> runs)
    {
        (int, int, int)[] evaluated = Evaluated(stored, runs, isOnline: true);
        var model = new TimeToSceneModel(stored, runs[0].Department);
        CanonicalRun[] byEnd = [.. runs.OrderBy(run => run.OnSceneAt)];
        int told = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            for (; byEnd[told].OnSceneAt <= runs[i].DecidedAt; told++)
            {
                model.Learn(
                    Questions.SceneOf(byEnd[told]),
                    Questions.DriveOf(byEnd[told]),
                    Questions.Observed(byEnd[told])
                );
            }

            (int, int, int) served = Served(model, runs[i]);
            Assert.True(
                evaluated[i] == served,
                $"run {i} after {told} arrivals: evaluated {evaluated[i]}, served {served}"
            );
        }

        Assert.InRange(told, runs.Count * 9 / 10, runs.Count);
    }

    private static (int, int, int)[] Evaluated(
        StoredModel stored,
        IReadOnlyList<CanonicalRun> runs,
        bool isOnline
    )
    {
        RunTable table = RunTables.Of(runs);
        EvaluationRuns evaluated = Evaluator.Run(
            stored.Learned,
            stored.Manifest.Window,
            table,
            new EvaluationOptions { IsOnline = isOnline }
        );
        return [.. evaluated.Said.Select(q => (Whole(q.Low), Whole(q.Median), Whole(q.High)))];
    }

    private static (int, int, int) Served(TimeToSceneModel model, CanonicalRun run)
    {
        var said = new TimeToScene[1];
        model.Predict(Questions.SceneOf(run), [Questions.DriveOf(run)], said);
        return (said[0].P10, said[0].P50, said[0].P90);
    }

    private static int Whole(float seconds) => (int)MathF.Round(seconds * 1_000);
}
