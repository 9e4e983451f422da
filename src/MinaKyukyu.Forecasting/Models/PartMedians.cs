using System.Collections.Immutable;
using MinaKyukyu.Dispatch;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Models;

/// <summary>
/// Medians of what passes before the wheels turn, for the explanation: the rest of call processing, and turnout by the groups of
/// <see cref="RunSchema.TurnoutBy"/> and by day and night. Never by person or crew: no such column can be named.
/// </summary>
/// <param name="Turnout">Null where the runs tell no moment of order and of rolling.</param>
internal sealed record PartMedians(float CallProcessingSeconds, GroupTable<float>? Turnout)
{
    private const int LeastRows = 30;

    private static readonly DispatchOptions Usual = new();

    /// <summary>1 while crews may sleep, by the usual hours of advice.</summary>
    public static int NightCode(float hour) => Usual.IsNight((int)hour) ? 1 : 0;

    public static PartMedians Of(PreparedRuns prepared)
    {
        RunTable runs = prepared.Runs;
        float[]? dispatched = runs.NumbersOf(RunMeaning.DispatchedAt);
        float[]? rolling = runs.NumbersOf(RunMeaning.RollingAt);
        if (dispatched is null || rolling is null)
        {
            return new PartMedians(0, null);
        }

        // Both columns count seconds back from the decision.
        float processing = MedianOf(dispatched.Select(at => -at));
        var turnout = dispatched.Select((at, row) => at - rolling[row]).ToArray();
        RunSchema schema = runs.Schema;
        ImmutableArray<int[]> groups =
        [
            Enumerable.Range(0, runs.Count).Select(r => NightCode(runs.Clock.Hour(r))).ToArray(),
            .. schema
                .UsableOf(schema.TurnoutBy)
                .Select(column => schema.Columns.IndexOf(column))
                .Select(c =>
                    Enumerable.Range(0, runs.Count).Select(r => prepared.Code(c, r)).ToArray()
                ),
        ];
        return new PartMedians(
            processing,
            GroupTable<float>.Of(
                groups,
                runs.Count,
                LeastRows,
                rows => MedianOf(rows.Select(row => turnout[row]))
            )
        );
    }

    private static float MedianOf(IEnumerable<float> seconds) =>
        Math.Max(0, Quantiles.Of(seconds.Where(s => s >= 0)).Median);
}
