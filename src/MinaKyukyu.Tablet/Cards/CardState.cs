using System.Diagnostics;

namespace MinaKyukyu.Tablet.Cards;

/// <summary>What the tablet itself can find out about a card, before or beside the server's word. A closed set.</summary>
public enum CardState
{
    /// <summary>Nothing speaks against it.</summary>
    Ready = 1,
    NotMyNumberCard,
    SmartphoneToken,

    /// <summary>Cannot be read; place it again, once.</summary>
    Unreadable,

    /// <summary>The verifier does not know its issuer.</summary>
    Untrusted,
    Expired,
    NotYetValid,

    /// <summary>利用登録なし.</summary>
    NotRegistered,
    PinWrong,
    PinLocked,

    /// <summary>The verifier does not believe that the card is there.</summary>
    PresenceNotProved,

    /// <summary>The verifier did not answer.</summary>
    VerifierUnavailable,
}

/// <summary>A sentence for the crew: Japanese first.</summary>
public readonly record struct CrewWords(string Ja, string En);

/// <summary>How the tablet words a state. The wording awaits the review of a fire headquarters.</summary>
public static class CardWords
{
    /// <param name="triesLeft">With a wrong PIN: how often it may still be typed.</param>
    public static CrewWords Of(CardState state, int? triesLeft = null) =>
        state switch
        {
            CardState.Ready => new("カードを確認しました", "Card read"),
            CardState.NotMyNumberCard => new(
                "マイナンバーカードではありません。口頭で聴取してください",
                "Not a My Number card. Interview by voice"
            ),
            CardState.SmartphoneToken => new(
                "スマホ保険証は未対応です。カードを確認してください",
                "Phone insurance card not supported. Ask for the card"
            ),
            CardState.Unreadable => new(
                "読み取れません。カードを置き直してください(1回まで)",
                "Cannot read. Place the card again, once"
            ),
            CardState.Untrusted => new(
                "発行元を確認できません。このカードは使えません",
                "Issuer not trusted. Do not use this card"
            ),
            CardState.Expired => new(
                "電子証明書の期限切れ。閲覧できません。口頭で聴取してください",
                "Certificate expired. No viewing. Interview by voice"
            ),
            CardState.NotYetValid => new(
                "電子証明書の有効期間前です。このカードは使えません",
                "Certificate not valid yet. Do not use this card"
            ),
            CardState.NotRegistered => new(
                "保険証の利用登録がありません。口頭で聴取してください",
                "Not registered as insurance card. Interview by voice"
            ),
            CardState.PinWrong => new(
                $"暗証番号が違います。あと{triesLeft ?? 0}回",
                $"Wrong PIN. Tries left: {triesLeft ?? 0}"
            ),
            CardState.PinLocked => new(
                "暗証番号はロック中。顔の目視確認で続行できます",
                "PIN locked. Continue by photo check"
            ),
            CardState.PresenceNotProved => new(
                "カードを確認できません。置き直してください",
                "The card could not be confirmed. Place it again"
            ),
            CardState.VerifierUnavailable => new(
                "照会できません。待たずに口頭で聴取してください",
                "Source not answering. Do not wait; interview"
            ),
            _ => throw new UnreachableException(),
        };
}
