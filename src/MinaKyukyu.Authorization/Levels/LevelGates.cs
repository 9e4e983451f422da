using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Levels;

/// <summary>The gate before each level. C stands open; B and A open only to an approval that names its number, its day and its office.</summary>
public sealed class LevelGates
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    private readonly LevelApproval? _levelB;
    private readonly LevelApproval? _levelA;

    /// <exception cref="ArgumentException">An approval without number or office, or a simulated one beside production anchors.</exception>
    public LevelGates(AnchorKind anchors, LevelApproval? levelB, LevelApproval? levelA)
    {
        _levelB = Require(anchors, levelB, "B");
        _levelA = Require(anchors, levelA, "A");
    }

    /// <summary>Whether evidence of this level is looked at at all.</summary>
    /// <param name="approval">Under which approval; null for C.</param>
    public bool IsOpen(CardLevel level, DateTimeOffset now, out LevelApproval? approval)
    {
        approval = level switch
        {
            CardLevel.PinChallenge => null,
            CardLevel.SpecialVerifier => _levelB,
            CardLevel.CertificateRead => _levelA,
            _ => throw new ArgumentOutOfRangeException(nameof(level)),
        };
        return level == CardLevel.PinChallenge
            || (
                approval is not null
                && approval.Date <= DateOnly.FromDateTime(now.ToOffset(Japan).DateTime)
            );
    }

    private static LevelApproval? Require(AnchorKind anchors, LevelApproval? approval, string level)
    {
        if (approval is null)
        {
            return null;
        }

        if (
            !Identifier.IsWellFormed(approval.ApprovalId)
            || !Identifier.IsWellFormed(approval.Approver)
            || approval.Date == default
        )
        {
            throw new ArgumentException(
                $"The approval of level {level} needs number, date and approver.",
                nameof(approval)
            );
        }

        return approval.IsSimulated && anchors == AnchorKind.Production
            ? throw new ArgumentException(
                $"The approval of level {level} is simulated; it cannot stand beside production anchors.",
                nameof(approval)
            )
            : approval;
    }
}
