using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Server.Commands;

namespace MinaKyukyu.Server.Flows;

/// <summary>Authorization's refusals under the names that they have on the wire.</summary>
internal static class CardReasons
{
    /// <summary>"Not yours" and "not there" are one answer; the card's own words carry its name before them.</summary>
    public static Refusal Of(RefusalReason reason) =>
        reason switch
        {
            RefusalReason.NotFound => new Refusal("INCIDENT_NOT_FOUND"),
            RefusalReason.PersonalNumber => new Refusal("PERSONAL_NUMBER_IN_TEXT"),
            _ => new Refusal("CARD_" + Refusal.Of(reason).Reason),
        };

    public static string LetterOf(CardLevel level) => SummaryAudit.LetterOf(level);
}
