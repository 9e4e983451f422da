using MinaKyukyu.Dispatch;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>What one would say of the same runs without the model.</summary>
internal static class Baselines
{
    private static readonly DispatchOptions WithoutModel = new();

    /// <summary>By name; null where the runs do not tell what it needs.</summary>
    public static IReadOnlyList<(string Name, Score? Score)> Of(
        LearnedModel model,
        EvaluationRuns evaluated
    )
    {
        PreparedRuns prepared = evaluated.Prepared;
        RunTable runs = prepared.Runs;
        float[]? router = model.Schema.HasRouterTime
            ? runs.NumbersOf(RunMeaning.RouterSeconds)
            : null;
        float[]? meters = runs.NumbersOf(RunMeaning.StraightLineMeters);
        float[]? atStation = runs.NumbersOf(RunMeaning.AtStation);
        float perMeter = model.Baselines.SecondsPerMeter;
        return
        [
            ("global_median", Say(evaluated, _ => model.Baselines.All)),
            ("group_median", Say(evaluated, row => OfGroup(model, prepared, row))),
            (
                "router_only",
                router is null
                    ? null
                    : Say(
                        evaluated,
                        row =>
                            Point(
                                router[row]
                                    + TurnoutSeconds(atStation?[row] is not 0, runs.Clock.Hour(row))
                            )
                    )
            ),
            (
                "straight_line",
                meters is null || !float.IsFinite(perMeter)
                    ? null
                    : Say(evaluated, row => Point(meters[row] * perMeter))
            ),
        ];
    }

    public static Quantiles OfGroup(LearnedModel model, PreparedRuns prepared, int row)
    {
        Span<int> group = stackalloc int[prepared.GroupCodes.Length];
        for (int c = 0; c < group.Length; c++)
        {
            group[c] = prepared.GroupCodes[c][row];
        }

        return model.Recipe.Expected.Groups.Find(group);
    }

    /// <summary>As the advice takes it to be where no model is loaded.</summary>
    private static float TurnoutSeconds(bool isAtStation, float hour) =>
        (float)WithoutModel.TurnoutOf(isAtStation, (int)hour).TotalSeconds;

    private static Quantiles Point(float seconds) => new(seconds, seconds, seconds);

    /// <summary>Runs that the baseline can say nothing of are left out of its score.</summary>
    private static Score Say(EvaluationRuns evaluated, Func<int, Quantiles> say)
    {
        var score = new Score();
        for (int i = 0; i < evaluated.Rows.Length; i++)
        {
            Quantiles said = say(evaluated.Rows[i]);
            if (float.IsFinite(said.Median))
            {
                score.Add(said, evaluated.Observed(i));
            }
        }

        return score;
    }
}
