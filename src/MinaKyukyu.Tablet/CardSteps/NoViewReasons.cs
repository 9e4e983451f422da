using System.Diagnostics;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Tablet.CardSteps;

/// <summary>Rows of the table <c>no-view-reason</c> that the tablet names by itself or behind a button.</summary>
public static class NoViewReasons
{
    public const string NoCard = "no-card";
    public const string NotRegistered = "not-registered";
    public const string ConsentRefused = "refused";
    public const string Expired = "expired";
    public const string Revoked = "revoked";
    public const string Smartphone = "phone-instead-of-card";
    public const string FaceNotMatched = "face-not-matched";
    public const string Unreadable = "card-unreadable";
    public const string NotNeeded = "not-needed";
    public const string NoTransport = "no-transport";
    public const string NoRadio = "no-radio";
    public const string SourceUnavailable = "source-unavailable";
    public const string Other = "other";

    internal static string Of(CardState state) =>
        state switch
        {
            CardState.NotMyNumberCard
            or CardState.Unreadable
            or CardState.PresenceNotProved
            or CardState.NoCard
            or CardState.CardMoved
            or CardState.CardTooSlow
            or CardState.CardChanged
            or CardState.ReaderBusy
            or CardState.ReaderPulledOut
            or CardState.NoReader
            or CardState.SeveralReaders
            or CardState.ReaderNotFound
            or CardState.ReaderServiceDown => Unreadable,
            CardState.SmartphoneToken => Smartphone,
            CardState.Expired => Expired,
            CardState.NotRegistered => NotRegistered,
            CardState.VerifierUnavailable => SourceUnavailable,
            CardState.Untrusted
            or CardState.NotYetValid
            or CardState.PinWrong
            or CardState.PinLocked
            or CardState.PinNotTyped
            or CardState.KeyNotSupported => Other,
            _ => throw new UnreachableException(),
        };

    /// <summary>The server's reasons stand in <c>docs/API.md</c>; those that crews tell apart have a row of their own.</summary>
    internal static string Of(Refusal refusal) =>
        refusal.Reason switch
        {
            "CARD_EXPIRED" or "CARD_EXPIRED_GRACE" => Expired,
            "CARD_REVOKED" => Revoked,
            "CARD_NOT_REGISTERED" => NotRegistered,
            "CARD_SMARTPHONE_TOKEN" => Smartphone,
            "CARD_UNREADABLE" or "CARD_NOT_MY_NUMBER_CARD" => Unreadable,
            "CARD_IDENTITY_NOT_MATCHED" => FaceNotMatched,
            _ => Other,
        };
}
