using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Features;

/// <summary>
/// The plainest estimate of a run: the road's time and what usually goes on top of it, or, where no road is known, the median of its
/// group. Everything else is learned on top.
/// </summary>
/// <param name="OnTop">Seconds beyond the router's time: the median over training; 0 where there is no router.</param>
/// <param name="Groups">Quantiles of the observed seconds by the columns of <see cref="RunSchema.ExpectBy"/>.</param>
internal sealed record Expectation(bool IsByRouter, float OnTop, GroupTable<Quantiles> Groups)
{
    /// <summary>Fewer runs do not make a group.</summary>
    public const int LeastRows = 50;

    public static Expectation Of(RunTable runs)
    {
        RunSchema schema = runs.Schema;
        var groups = GroupTable<Quantiles>.Of(
            [.. schema.UsableOf(schema.ExpectBy).Select(column => runs.Categories(column).Codes)],
            runs.Count,
            LeastRows,
            rows => Quantiles.Of(rows.Select(row => runs.ObservedSeconds[row]))
        );
        if (!schema.HasRouterTime)
        {
            return new Expectation(false, 0, groups);
        }

        float[] router = runs.NumbersOf(RunMeaning.RouterSeconds)!;
        float onTop = Quantiles
            .Of(runs.ObservedSeconds.Zip(router, (observed, road) => observed - road))
            .Median;
        return new Expectation(true, Math.Max(0, onTop), groups);
    }

    /// <param name="routerSeconds">NaN where no road is known: then the group answers.</param>
    public float Seconds(float routerSeconds, ReadOnlySpan<int> groupCodes) =>
        IsByRouter && float.IsFinite(routerSeconds)
            ? Math.Max(0, routerSeconds) + OnTop
            : Groups.Find(groupCodes).Median;
}
