using System.Collections.Immutable;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Ports;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>What became of a card's evidence: a closed set.</summary>
public abstract class CardVerdict
{
    private CardVerdict() { }

    /// <summary>The card is what it says, as far as its level goes.</summary>
    public sealed class Accepted : CardVerdict
    {
        internal Accepted(
            CardLevel level,
            CardIdentity identity,
            ImmutableArray<CardNote> notes,
            RevocationStatus revocation,
            LevelApproval? approval
        )
        {
            Level = level;
            Identity = identity;
            Notes = notes;
            Revocation = revocation;
            Approval = approval;
        }

        public CardLevel Level { get; }

        public CardIdentity Identity { get; }

        public ImmutableArray<CardNote> Notes { get; }

        public RevocationStatus Revocation { get; }

        /// <summary>Under whose approval a level below C was accepted; null for C, which needs none.</summary>
        public LevelApproval? Approval { get; }
    }

    /// <summary>The card opens nothing.</summary>
    public sealed class Refused(CardRefusal reason) : CardVerdict
    {
        public CardRefusal Reason { get; } = reason;
    }
}
