using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Server.Sentences;

/// <summary>What is said beside a card that was accepted, and at the end of the card step.</summary>
internal static class CardSentences
{
    public static Sentence StepClosed { get; } =
        new(
            "カード照会を終了しました。口頭で聴取してください。",
            "Card step closed. Interview by voice."
        );

    public static Sentence Withdrawn { get; } =
        new("同意なし。閲覧を終了しました。", "No consent. Viewing closed.");

    public static WordedReason Of(CardNote note) =>
        note switch
        {
            CardNote.ExpiringSoon => Reasons.Of(
                "CARD_EXPIRING_SOON",
                "有効です。期限が近いことを引継後に伝えてください",
                "Valid. Tell the patient after handover that it expires soon"
            ),
            CardNote.RevocationNotChecked => Reasons.Of(
                "CARD_REVOCATION_NOT_CHECKED",
                "失効確認は行っていません(記録されます)",
                "Revocation was not checked; this is recorded"
            ),
            CardNote.RevocationCached => Reasons.Of(
                "CARD_REVOCATION_CACHED",
                "失効確認は1時間以内の応答によるものです(記録されます)",
                "Revocation by an answer of the last hour; this is recorded"
            ),
            CardNote.RevocationPossiblyStale => Reasons.Of(
                "CARD_REVOCATION_POSSIBLY_STALE",
                "失効確認は失効リストによるもので、古い可能性があります(記録されます)",
                "Revocation by the day's list, possibly stale; this is recorded"
            ),
            CardNote.RevocationUnknown => Reasons.Of(
                "CARD_REVOCATION_UNKNOWN",
                "失効確認ができません。本部の方針により続行します(記録されます)",
                "Revocation unknown. Continuing by HQ policy, recorded"
            ),
            CardNote.NoPhoto => Reasons.Of(
                "CARD_NO_PHOTO",
                "顔写真のないカードです(乳児)。保護者に確認してください",
                "Card without photo (infant). Ask the guardian"
            ),
            CardNote.Simulated => Reasons.Of(
                "CARD_SIMULATED",
                "模擬の確認です。実際の傷病者には使えません",
                "Simulated proof; not for real patients"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
