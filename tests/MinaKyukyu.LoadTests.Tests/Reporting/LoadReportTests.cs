using System.Text.Json;
using MinaKyukyu.LoadTests.Measuring;
using MinaKyukyu.LoadTests.Reporting;

namespace MinaKyukyu.LoadTests.Tests.Reporting;

public sealed class LoadReportTests
{
    private static readonly LoadRun Run = new(
        12,
        "RouterOnly",
        100,
        TimeSpan.FromSeconds(1),
        "uniform",
        1
    );

    [Fact]
    public void Gives_seconds_and_the_ratio_on_one_line()
    {
        LoadReport report = Of(
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(2),
            TimeSpan.FromMilliseconds(3)
        );

        string line = report.ToJson();
        JsonElement json = JsonDocument.Parse(line).RootElement;

        Assert.DoesNotContain('\n', line);
        Assert.False(json.GetProperty("void").GetBoolean());
        Assert.Equal(0.002, json.GetProperty("floor").GetProperty("p50").GetDouble(), 0.000_02);
        Assert.Equal(
            0.003,
            json.GetProperty("recommend").GetProperty("p99_9").GetDouble(),
            0.000_03
        );
        Assert.Equal(1.5, json.GetProperty("ratio").GetProperty("p99").GetDouble(), 0.02);
        Assert.Equal(
            JsonValueKind.Null,
            json.GetProperty("floor").GetProperty("server_side_p50").ValueKind
        );
    }

    [Fact]
    public void A_generator_that_is_late_makes_the_run_void_and_says_so()
    {
        LoadReport late = Of(
            TimeSpan.FromMilliseconds(1.2),
            TimeSpan.FromMilliseconds(2),
            TimeSpan.FromMilliseconds(3)
        );

        Assert.Contains(
            "generator lag p99",
            Assert.Single(late.VoidReasons),
            StringComparison.Ordinal
        );
        Assert.Contains("VOID: generator lag", late.ToText(), StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(late.ToJson()).RootElement.GetProperty("void").GetBoolean());
    }

    [Fact]
    public void A_run_with_dropped_sends_or_lost_answers_is_void()
    {
        var floor = new Tally();
        floor.CountSent(TimeSpan.Zero);
        floor.CountDropped();

        var report = new LoadReport(Run, [("floor", floor)]);

        Assert.Equal(2, report.VoidReasons.Count);
        Assert.Equal(
            JsonValueKind.Null,
            JsonDocument
                .Parse(report.ToJson())
                .RootElement.GetProperty("floor")
                .GetProperty("p50")
                .ValueKind
        );
    }

    private static LoadReport Of(TimeSpan lag, TimeSpan floor, TimeSpan recommend) =>
        new(Run, [("floor", TallyOf(lag, floor)), ("recommend", TallyOf(lag, recommend))]);

    private static Tally TallyOf(TimeSpan lag, TimeSpan latency)
    {
        var tally = new Tally();
        for (int i = 0; i < 100; i++)
        {
            tally.CountSent(lag);
            tally.CountCompleted(latency, null, null);
        }

        return tally;
    }
}
