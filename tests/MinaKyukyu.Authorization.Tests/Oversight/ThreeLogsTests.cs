using MinaKyukyu.Authorization.Oversight;
using Xunit.Abstractions;

namespace MinaKyukyu.Authorization.Tests.Oversight;

public sealed class ThreeLogsTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Nine = new(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(9));
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    [Fact]
    public void A_word_that_differs_parts_two_lines_however_close_they_are() =>
        Assert.Equal(
            2,
            ThreeLogs
                .Match(
                    [Line(ViewLog.Ours, 0, unit: "u-1"), Line(ViewLog.Platform, 0, unit: "u-2")],
                    Window
                )
                .Length
        );

    [Fact]
    public void The_pair_that_agrees_in_most_words_is_taken_before_the_closer_one()
    {
        LoggedView ours = Line(ViewLog.Ours, 0, "i-1", "u-1");
        LoggedView closer = Line(ViewLog.Platform, 1);
        LoggedView surer = Line(ViewLog.Platform, 4, "i-1", "u-1");
        MatchedView match = Assert.Single(
            ThreeLogs.Match([ours, closer, surer], Window),
            m => m.Ours is not null
        );
        Assert.Same(surer, match.Platform);
    }

    [Fact]
    public void Names_exactly_what_each_log_lost_of_a_thousand_views()
    {
        const int seed = 20261122;
        output.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        List<LoggedView> all = [];
        HashSet<string> whole = [];
        HashSet<string> lacking = [];
        for (int i = 0; i < 1_000; i++)
        {
            string incident = $"i-{i}";
            bool isWhole = true;
            foreach (ViewLog log in Enum.GetValues<ViewLog>())
            {
                if (chance.NextDouble() < 0.02)
                {
                    isWhole = false;
                    continue;
                }

                // Three units at work, a clock that drifts, a hand that rounds: only the platform names no incident.
                all.Add(
                    Line(
                        log,
                        (7 * i) + (chance.NextDouble() * 2),
                        log == ViewLog.Platform ? "" : incident,
                        $"u-{i % 3}",
                        $"{log} {incident}"
                    )
                );
            }

            (isWhole ? whole : lacking).Add(incident);
        }

        Assert.NotEmpty(lacking);
        foreach (MatchedView view in ThreeLogs.Match(all, Window))
        {
            string[] incidents = [.. view.Told.Select(t => t.Source.Split(' ')[1]).Distinct()];
            Assert.Equal(view.IsInAll, whole.Contains(Assert.Single(incidents)));
        }
    }

    private static LoggedView Line(
        ViewLog log,
        double minute,
        string incident = "",
        string unit = "",
        string source = ""
    ) => new(log, Nine.AddMinutes(minute), incident, unit, "", source);
}
