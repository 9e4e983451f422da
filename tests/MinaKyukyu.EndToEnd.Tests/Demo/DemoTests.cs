using System.Text.Json;

namespace MinaKyukyu.EndToEnd.Tests.Demo;

/// <summary>The main job as a newcomer runs it.</summary>
[Collection(ManyProcesses.Name)]
public sealed class DemoTests
{
    /// <summary>The demo ends within a minute on an idle machine; tests do not time it.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(4);

    private static readonly string[] Numbers =
    [
        "incidents",
        "milestones",
        "summary_sections",
        "audit_rows",
        "no_card",
        "upstream_requests",
        "crew_taps",
        "eta_p50_seconds",
        "hands_on_seconds",
        "no_card_seconds",
        "recommend_p50_ms",
    ];

    [Fact]
    public async Task The_demo_lives_eleven_incidents_and_answers_with_one_line()
    {
        await using MinaProcess demo = MinaProcess.Start("demo", "--json");
        (int exit, string output, string errors) = await demo.EndAsync(Within);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(exit == 0, $"{output}\n{errors}");
        JsonElement answer = JsonDocument.Parse(Assert.Single(lines)).RootElement;
        Assert.Empty(answer.GetProperty("failures").EnumerateArray());
        Assert.Equal(11, answer.GetProperty("incidents").GetInt64());
        Assert.All(Numbers, name => Assert.True(answer.GetProperty(name).GetDouble() > 0, name));
        Assert.Equal("FULL_MODEL", answer.GetProperty("level").GetString());
        double median = answer.GetProperty("eta_p50_seconds").GetDouble();
        Assert.InRange(answer.GetProperty("eta_p10_seconds").GetDouble(), 1, median);
        Assert.InRange(answer.GetProperty("eta_p90_seconds").GetDouble(), median, 3_600);
        Assert.Equal("B", answer.GetProperty("card_level").GetString());
        Assert.Contains(
            answer.GetProperty("care_needs").EnumerateArray(),
            n => n.GetString() == "DIALYSIS"
        );
        Assert.NotEqual(
            answer.GetProperty("hospital_before_card").GetString(),
            answer.GetProperty("hospital_after_card").GetString()
        );
        Assert.InRange(answer.GetProperty("crew_taps").GetInt32(), 1, 4);
        Assert.Equal(1, answer.GetProperty("no_card_taps").GetInt32());
        Assert.True(answer.GetProperty("card_returned").GetBoolean());
        Assert.Equal(1, answer.GetProperty("emergency_reads").GetInt32());
        Assert.Equal(0, answer.GetProperty("emergency_reads_open").GetInt32());
        Assert.True(answer.GetProperty("audit_verified").GetBoolean());
        Assert.Equal(12, answer.GetProperty("processes").GetProperty("crews").GetInt32());
    }
}
