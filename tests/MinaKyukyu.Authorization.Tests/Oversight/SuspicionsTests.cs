using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Vocabulary.Ids;
using Xunit.Abstractions;

namespace MinaKyukyu.Authorization.Tests.Oversight;

/// <summary>What the detectors find among months of honest views, and what they call wrong.</summary>
public sealed class SuspicionsTests(ITestOutputHelper output)
{
    private const int Views = 20_000;
    private const int Abuses = 50;
    private const double LeastRecall = 0.995;
    private const double MostFalsePerThousand = 1;

    [Theory]
    [InlineData(20261122)]
    [InlineData(1)]
    [InlineData(2)]
    public void Finds_what_was_planted_and_leaves_honest_views_alone(int seed)
    {
        SyntheticYear year = SyntheticYear.Live(seed, Views, Abuses);
        Account account = Judge(year, Suspicions.Detectors);
        output.WriteLine($"seed {seed}: {account}");
        Assert.True(account.Recall >= LeastRecall, account.ToString());
        Assert.True(account.FalsePerThousand <= MostFalsePerThousand, account.ToString());
    }

    public static TheoryData<SuspicionPattern> Patterns => [.. Enum.GetValues<SuspicionPattern>()];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_detector_that_is_blind_is_noticed(SuspicionPattern blind)
    {
        SyntheticYear year = SyntheticYear.Live(20261122, 4_000, Abuses);
        ImmutableSortedDictionary<SuspicionPattern, Detector> others = Suspicions.Detectors.SetItem(
            blind,
            (_, _) => []
        );
        Assert.True(Judge(year, Suspicions.Detectors).Recall >= LeastRecall);
        Assert.True(Judge(year, others).Recall < LeastRecall);
    }

    [Fact]
    public void A_detector_that_cries_at_everything_is_noticed()
    {
        SyntheticYear year = SyntheticYear.Live(20261122, 4_000, Abuses);
        Detector crier = (picture, _) =>
            picture.Views.Select(v => new Suspicion(
                SuspicionPattern.WithoutOrder,
                v.GrantedAt,
                v.Crew,
                null,
                null,
                null,
                [v.Id],
                [],
                0
            ));
        Account account = Judge(
            year,
            Suspicions.Detectors.SetItem(SuspicionPattern.WithoutOrder, crier)
        );
        Assert.True(account.FalsePerThousand > MostFalsePerThousand, account.ToString());
    }

    [Fact]
    public void Every_pattern_has_its_detector() =>
        Assert.Equal(Enum.GetValues<SuspicionPattern>(), Suspicions.Detectors.Keys);

    [Fact]
    public void An_option_outside_its_range_is_refused()
    {
        var options = new SuspicionOptions { BurstViews = 1 };
        Assert.Throws<ValidationException>(() =>
            Validator.ValidateObject(options, new ValidationContext(options), true)
        );
    }

    [Fact]
    public void Each_view_is_looked_at_twice_however_many_stand_in_one_window()
    {
        int looks = 0;
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        List<int>[] found =
        [
            .. Stretches.Find(
                Enumerable.Range(0, Views),
                i => start.AddSeconds(i),
                TimeSpan.FromHours(12),
                100,
                i =>
                {
                    looks++;
                    return FormattableString.Invariant($"patient-{i % 200}");
                }
            ),
        ];
        Assert.Equal(Views, Assert.Single(found).Count);
        Assert.InRange(looks, Views, 2 * Views);
    }

    /// <summary>What came of a corpus. A question that touches anything planted is no false alarm.</summary>
    private sealed record Account(
        int Planted,
        int Found,
        int False,
        int Runs,
        string Missed,
        string Wrong
    )
    {
        public double Recall => (double)Found / Planted;

        public double FalsePerThousand => 1_000.0 * False / Runs;
    }

    private static Account Judge(
        SyntheticYear year,
        IReadOnlyDictionary<SuspicionPattern, Detector> detectors
    )
    {
        ImmutableArray<Suspicion> asked = Suspicions.Find(
            year.Picture,
            new SuspicionOptions(),
            detectors
        );
        Planted[] missed =
        [
            .. year.Planted.Where(p =>
                !asked.Any(s =>
                    s.Pattern == p.Pattern
                    && (p.Grants.Intersect(s.Grants).Any() || p.Checks.Intersect(s.Checks).Any())
                )
            ),
        ];
        HashSet<GrantId> bad = [.. year.Planted.SelectMany(p => p.Grants)];
        HashSet<string> badChecks = [.. year.Planted.SelectMany(p => p.Checks)];
        Suspicion[] wrong =
        [
            .. asked.Where(s => !s.Grants.Any(bad.Contains) && !s.Checks.Any(badChecks.Contains)),
        ];
        return new Account(
            year.Planted.Count,
            year.Planted.Count - missed.Length,
            wrong.Length,
            year.Picture.Incidents.Count,
            string.Join(' ', missed.CountBy(m => m.Pattern)),
            string.Join(' ', wrong.CountBy(s => s.Pattern))
        );
    }
}
