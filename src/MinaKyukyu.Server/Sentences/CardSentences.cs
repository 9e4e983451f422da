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
            CardNote.Simulated => Reasons.Of(
                "CARD_SIMULATED",
                "模擬の確認です。実際の傷病者には使えません",
                "Simulated proof; not for real patients"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
