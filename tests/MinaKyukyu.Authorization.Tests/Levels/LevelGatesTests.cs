using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;

namespace MinaKyukyu.Authorization.Tests.Levels;

public sealed class LevelGatesTests
{
    private static readonly LevelApproval Real = new(
        "REAL-0001",
        new DateOnly(2026, 4, 1),
        "fire-chief"
    );
    private static readonly LevelApproval Simulated = Real with { ApprovalId = "SIMULATED-0001" };

    [Theory]
    [InlineData(CardLevel.PinChallenge, true)]
    [InlineData(CardLevel.SpecialVerifier, false)]
    [InlineData(CardLevel.CertificateRead, false)]
    public void Production_starts_with_level_C_alone(CardLevel level, bool isOpen)
    {
        LevelGates gates = new(AnchorKind.Production, levelB: null, levelA: null);
        Assert.Equal(isOpen, gates.IsOpen(level, TestCards.Start, out LevelApproval? approval));
        Assert.Null(approval);
    }

    [Fact]
    public void Each_gate_has_its_own_approval()
    {
        LevelGates onlyB = new(AnchorKind.Production, Real, levelA: null);
        Assert.True(onlyB.IsOpen(CardLevel.SpecialVerifier, TestCards.Start, out LevelApproval? b));
        Assert.Equal(Real, b);
        Assert.False(onlyB.IsOpen(CardLevel.CertificateRead, TestCards.Start, out _));

        LevelGates onlyA = new(AnchorKind.Production, levelB: null, Real);
        Assert.True(onlyA.IsOpen(CardLevel.CertificateRead, TestCards.Start, out _));
        Assert.False(onlyA.IsOpen(CardLevel.SpecialVerifier, TestCards.Start, out _));
    }

    [Theory]
    [InlineData("2026-03-31T23:59:59+09:00", false)]
    [InlineData("2026-04-01T00:00:00+09:00", true)]
    public void An_approval_opens_from_its_day_in_Japan(string now, bool isOpen)
    {
        LevelGates gates = new(AnchorKind.Test, Simulated, levelA: null);
        DateTimeOffset moment = DateTimeOffset.Parse(
            now,
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Equal(isOpen, gates.IsOpen(CardLevel.SpecialVerifier, moment, out _));
    }

    [Fact]
    public void A_simulated_approval_stands_beside_test_anchors_only()
    {
        Assert.Throws<ArgumentException>(() =>
            new LevelGates(AnchorKind.Production, Simulated, null)
        );
        Assert.Throws<ArgumentException>(() =>
            new LevelGates(AnchorKind.Production, null, Simulated)
        );
        Assert.Throws<ArgumentException>(() =>
            new LevelGates(AnchorKind.Production, Real with { ApprovalId = "simulated-2" }, null)
        );
        Assert.NotNull(new LevelGates(AnchorKind.Test, Simulated, Simulated));
    }

    [Fact]
    public void An_approval_without_number_day_or_office_is_none()
    {
        foreach (
            LevelApproval half in new[]
            {
                Real with
                {
                    ApprovalId = "",
                },
                Real with
                {
                    Approver = " ",
                },
                Real with
                {
                    Date = default,
                },
            }
        )
        {
            Assert.Throws<ArgumentException>(() =>
                new LevelGates(AnchorKind.Production, half, null)
            );
            Assert.Throws<ArgumentException>(() =>
                new LevelGates(AnchorKind.Production, null, half)
            );
        }
    }
}
