using System.Diagnostics;
using MinaKyukyu.Authorization.Challenges;

namespace MinaKyukyu.Authorization.CardChecks;

/// <summary>A card check under way: identity and consent are settled, the card has yet to answer.</summary>
public sealed class CardCheck
{
    internal CardCheck(CardChallenge challenge, IdentityCheck identity, ConsentBasis consent)
    {
        Challenge = challenge;
        Identity = identity;
        Consent = consent;
    }

    public CardChallenge Challenge { get; }

    public IdentityCheck Identity { get; }

    public ConsentBasis Consent { get; }

    public LegalBasis LegalBasis =>
        Consent switch
        {
            ConsentBasis.Spoken => LegalBasis.ConsentSpoken,
            ConsentBasis.NotObtainable => LegalBasis.PublicDutyNecessity,
            _ => throw new UnreachableException(),
        };

    /// <summary>Whether nobody agreed: such a view alerts the department's officer.</summary>
    internal bool IsWithoutConsent => Consent is ConsentBasis.NotObtainable;
}
