using MinaKyukyu.Authorization.Revocation;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>Every row of the table of bounded staleness, at its edges, for both kinds of read.</summary>
public sealed class TableTests
{
    private static readonly RevocationOptions Options = new();

    /// <summary>Every cell: evidence, normal read, emergency read, and what becomes of it beside production anchors.</summary>
    [Theory]
    [InlineData(RevocationTier.OcspFresh, true, true)]
    [InlineData(RevocationTier.OcspCached, true, true)]
    [InlineData(RevocationTier.CrlOnly, true, true)]
    [InlineData(RevocationTier.NothingFresh, false, true)]
    [InlineData(RevocationTier.Revoked, false, false)]
    [InlineData(RevocationTier.UnknownSerial, false, false)]
    [InlineData(RevocationTier.AnswerForged, false, false)]
    public void Each_cell_of_the_table(RevocationTier tier, bool normal, bool emergency)
    {
        foreach (bool isProduction in new[] { false, true })
        {
            Assert.Equal(normal, RevocationTable.Allows(tier, ReadKind.Normal, isProduction));
            Assert.Equal(emergency, RevocationTable.Allows(tier, ReadKind.Emergency, isProduction));
        }
    }

    [Fact]
    public void The_table_has_no_cell_that_is_not_tested()
    {
        Assert.Equal(8, Enum.GetValues<RevocationTier>().Length);
        foreach (ReadKind kind in Enum.GetValues<ReadKind>())
        {
            Assert.True(RevocationTable.Allows(RevocationTier.NotConfigured, kind, false));
            Assert.False(RevocationTable.Allows(RevocationTier.NotConfigured, kind, true));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() =>
            RevocationTable.Allows(default, ReadKind.Emergency, false)
        );
    }

    /// <summary>Seconds of age of a good answer, and the tier that follows when nothing else is known.</summary>
    [Theory]
    [InlineData(-3, RevocationTier.OcspFresh)]
    [InlineData(0, RevocationTier.OcspFresh)]
    [InlineData(900, RevocationTier.OcspFresh)]
    [InlineData(905, RevocationTier.OcspFresh)]
    [InlineData(906, RevocationTier.OcspCached)]
    [InlineData(3600, RevocationTier.OcspCached)]
    [InlineData(3601, RevocationTier.NothingFresh)]
    public void A_good_answer_ages_through_the_rows(int seconds, RevocationTier expected) =>
        Assert.Equal(expected, TierOf(Good(seconds)));

    [Theory]
    [InlineData(0, RevocationTier.CrlOnly)]
    [InlineData(86_400, RevocationTier.CrlOnly)]
    [InlineData(86_401, RevocationTier.NothingFresh)]
    public void A_list_ages_through_the_rows(int seconds, RevocationTier expected) =>
        Assert.Equal(expected, TierOf(NotListed(seconds)));

    [Fact]
    public void The_first_row_that_holds_decides()
    {
        // A list never makes an answer younger, and stands in where the answer is too old.
        Assert.Equal(RevocationTier.OcspCached, TierOf(Both(3600, 0)));
        Assert.Equal(RevocationTier.CrlOnly, TierOf(Both(3601, 0)));
        Assert.Equal(RevocationTier.NothingFresh, TierOf(Both(3601, 86_401)));
        Assert.Equal(RevocationTier.NothingFresh, TierOf(new RevocationReading()));
        Assert.Equal(
            RevocationTier.NotConfigured,
            TierOf(new RevocationReading { IsConfigured = false })
        );
    }

    [Fact]
    public void What_is_overdue_by_its_own_word_falls_a_row()
    {
        Assert.Equal(RevocationTier.OcspCached, TierOf(Good(0) with { IsOcspOverdue = true }));
        Assert.Equal(
            RevocationTier.NothingFresh,
            TierOf(NotListed(0) with { IsListOverdue = true })
        );
    }

    [Fact]
    public void Revoked_by_either_beats_everything_however_old()
    {
        Assert.Equal(
            RevocationTier.Revoked,
            TierOf(Good(999_999) with { Ocsp = OcspStatus.Revoked, IsOcspOverdue = true })
        );
        Assert.Equal(RevocationTier.Revoked, TierOf(Both(0, 999_999) with { IsListed = true }));
        Assert.Equal(
            RevocationTier.Revoked,
            TierOf(Both(0, 0) with { IsListed = true, Problem = OcspProblem.SignatureInvalid })
        );
    }

    [Fact]
    public void Unknown_refuses_as_long_as_it_would_count_and_a_list_does_not_help()
    {
        RevocationReading unknown = Both(3600, 0) with { Ocsp = OcspStatus.Unknown };
        Assert.Equal(RevocationTier.UnknownSerial, TierOf(unknown));
        Assert.Equal(
            RevocationTier.CrlOnly,
            TierOf(unknown with { OcspAge = TimeSpan.FromSeconds(3601) })
        );
    }

    [Fact]
    public void A_forged_answer_refuses_although_better_evidence_is_at_hand_and_a_silence_does_not()
    {
        OcspProblem[] forged =
        [
            OcspProblem.SignatureInvalid,
            OcspProblem.ResponderNotAuthorized,
            OcspProblem.NonceMismatch,
            OcspProblem.WrongCertificate,
        ];
        foreach (OcspProblem problem in Enum.GetValues<OcspProblem>())
        {
            Assert.Equal(
                forged.Contains(problem) ? RevocationTier.AnswerForged : RevocationTier.OcspCached,
                TierOf(Both(1000, 0) with { Problem = problem })
            );
        }
    }

    [Fact]
    public void What_decided_is_named_with_its_age()
    {
        RevocationFinding byAnswer = RevocationTable.Decide(Both(1000, 5000), Options);
        Assert.Equal(
            new RevocationFinding(
                RevocationTier.OcspCached,
                RevocationMethod.Ocsp,
                TestCards.Start.AddSeconds(-1000),
                TimeSpan.FromSeconds(1000)
            ),
            byAnswer
        );
        RevocationFinding byList = RevocationTable.Decide(NotListed(5000), Options);
        Assert.Equal(RevocationMethod.Crl, byList.Method);
        Assert.Equal(TimeSpan.FromSeconds(5000), byList.Age);
        Assert.Null(RevocationTable.Decide(new RevocationReading(), Options).Method);
    }

    private static RevocationTier TierOf(RevocationReading known) =>
        RevocationTable.Decide(known, Options).Tier;

    private static RevocationReading Good(int seconds) =>
        new()
        {
            Ocsp = OcspStatus.Good,
            OcspAge = TimeSpan.FromSeconds(seconds),
            OcspThisUpdate = TestCards.Start.AddSeconds(-seconds),
        };

    private static RevocationReading NotListed(int seconds) =>
        new()
        {
            IsListed = false,
            ListAge = TimeSpan.FromSeconds(seconds),
            ListThisUpdate = TestCards.Start.AddSeconds(-seconds),
        };

    private static RevocationReading Both(int answerSeconds, int listSeconds) =>
        Good(answerSeconds) with
        {
            IsListed = false,
            ListAge = TimeSpan.FromSeconds(listSeconds),
            ListThisUpdate = TestCards.Start.AddSeconds(-listSeconds),
        };
}
