using System.Diagnostics;
using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Tablet.CardSteps;

/// <summary>Rows of the table <c>no-view-reason</c> that the tablet names by itself or behind a button.</summary>
public static class NoViewReasons
{
    public const string NoCard = "no-card";
    public const string NotRegistered = "not-registered";
    public const string ConsentRefused = "refused";
    public const string Expired = "expired";
    public const string NotMatched = "not-matched";
    public const string Unreadable = "unreadable";
    public const string CardNotUsable = "card-not-usable";
    public const string Smartphone = "smartphone";
    public const string PinNotUsable = "pin-not-usable";
    public const string NoRadio = "no-radio";
    public const string NotFeasible = "not-feasible";

    internal static string Of(CardState state) =>
        state switch
        {
            CardState.NotMyNumberCard
            or CardState.Untrusted
            or CardState.NotYetValid
            or CardState.PresenceNotProved => CardNotUsable,
            CardState.SmartphoneToken => Smartphone,
            CardState.Unreadable => Unreadable,
            CardState.Expired => Expired,
            CardState.NotRegistered => NotRegistered,
            CardState.PinWrong or CardState.PinLocked => PinNotUsable,
            CardState.VerifierUnavailable => NoRadio,
            _ => throw new UnreachableException(),
        };
}
