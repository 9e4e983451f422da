using System.Diagnostics;

namespace MinaKyukyu.Tablet.Cards;

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
            CardState.PinNotTyped => new(
                "暗証番号が入力されていません(残り回数は減っていません)",
                "No PIN was typed (no try was used)"
            ),
            CardState.KeyNotSupported => new(
                "このカードの暗証番号には未対応です。顔の目視確認で続行できます",
                "The PIN of this kind of card is not supported. Continue by photo check"
            ),
            CardState.NoCard => new(
                "カードがありません。リーダーに置いてください",
                "No card. Place it on the reader"
            ),
            CardState.CardMoved => new(
                "読み取り中にカードが離れました。置いたままにしてください(1回まで)",
                "The card moved away while it was read. Place it again and leave it, once"
            ),
            CardState.CardTooSlow => new(
                "カードの応答がありません。置き直してください(1回まで)",
                "The card does not answer. Place it again, once"
            ),
            CardState.CardChanged => new(
                "別のカードに替わっています。先に読んだカードを置いてください",
                "Another card lies there. Place the card that was read first"
            ),
            CardState.ReaderBusy => new(
                "カードリーダーを他のソフトが使用中です。もう一度押してください(1回まで)",
                "Another program is using the card reader. Tap again, once"
            ),
            CardState.ReaderPulledOut => new(
                "カードリーダーが外れました。つなぎ直してください(1回まで)",
                "The card reader came off. Plug it in again, once"
            ),
            CardState.NoReader => new(
                "カードリーダーがつながっていません。つなぐか、口頭で聴取してください",
                "No card reader. Plug it in, or interview by voice"
            ),
            CardState.SeveralReaders => new(
                "カードリーダーが2台以上あり、使う1台が決まっていません。口頭で聴取し、後で本部へ",
                "Several card readers and none is named. Interview by voice; tell headquarters later"
            ),
            CardState.ReaderNotFound => new(
                "設定されたカードリーダーがありません。口頭で聴取し、後で本部へ",
                "The named card reader is not there. Interview by voice; tell headquarters later"
            ),
            CardState.ReaderServiceDown => new(
                "カードリーダーの機能が動いていません。口頭で聴取し、後で本部へ",
                "The card reader service does not run. Interview by voice; tell headquarters later"
            ),
            _ => throw new UnreachableException(),
        };

    /// <summary>What is shown to the holder before the PIN is asked for.</summary>
    public static CrewWords BeforePin(int triesLeft) =>
        triesLeft == 1
            ? new(
                "暗証番号(4桁)。残り1回。間違えるとロックされ、市区町村の窓口でしか解除できません",
                "PIN, 4 digits. One try left: a wrong one locks it until it is reset at the municipality"
            )
            : new($"暗証番号(4桁)。残り{triesLeft}回", $"PIN, 4 digits. Tries left: {triesLeft}");
}
