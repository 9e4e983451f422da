using System.Collections.Immutable;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Revocation;

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
            RevocationFinding revocation,
            StatusQuestion question,
            LevelApproval? approval
        )
        {
            Level = level;
            Identity = identity;
            Notes = notes;
            Revocation = revocation;
            Question = question;
            Approval = approval;
        }

        public CardLevel Level { get; }

        public CardIdentity Identity { get; }

        public ImmutableArray<CardNote> Notes { get; }

        /// <summary>On what it rests that the card is not revoked; recorded with the grant.</summary>
        public RevocationFinding Revocation { get; }

        /// <summary>What to ask again when that was less than a fresh answer.</summary>
        internal StatusQuestion Question { get; }

        /// <summary>Under whose approval a level below C was accepted; null for C, which needs none.</summary>
        public LevelApproval? Approval { get; }
    }

    /// <summary>The card opens nothing.</summary>
    public sealed class Refused(CardRefusal reason) : CardVerdict
    {
        public CardRefusal Reason { get; } = reason;
    }
}
