using Grpc.Core;

namespace MinaKyukyu.Server.Sentences;

/// <summary>What a crew is told when the card does not open a record. In every case the run goes on without it.</summary>
internal static class CardRefusalSentences
{
    public static readonly RefusalSentence[] Rows =
    [
        new(
            "CARD_NOT_CONFIGURED",
            StatusCode.FailedPrecondition,
            "この指令センターではカード照会を使えません。口頭で聴取してください。",
            "Card viewing is not set up here. Interview by voice."
        ),
        new(
            "CARD_IDENTITY_NOT_MATCHED",
            StatusCode.FailedPrecondition,
            "本人確認ができません。暗証番号か口頭聴取で対応してください。",
            "Identity not confirmed. PIN, or interview by voice."
        ),
        new(
            "CARD_IDENTITY_CHECK_NOT_ENOUGH",
            StatusCode.FailedPrecondition,
            "この方法には顔写真の確認が必要です。",
            "This way needs the face compared with the photo."
        ),
        new(
            "CARD_CONSENT_JUDGEMENT_INCOMPLETE",
            StatusCode.InvalidArgument,
            "同意取得困難の理由・意識レベル・判断者・確認者を入力してください。",
            "Say why consent cannot be had, the consciousness, who judged and who confirmed."
        ),
        new(
            "CARD_TOO_MANY_OPEN",
            StatusCode.ResourceExhausted,
            "照会が混み合っています。口頭で聴取してください。",
            "Too many card checks are open. Interview by voice.",
            true
        ),
        new(
            "CARD_CHALLENGE_UNKNOWN",
            StatusCode.FailedPrecondition,
            "カードの確認をやり直してください。",
            "The challenge is not known here; begin the card check again."
        ),
        new(
            "CARD_CHALLENGE_EXPIRED",
            StatusCode.FailedPrecondition,
            "時間切れです。カードの確認をやり直してください。",
            "The challenge has expired; begin the card check again."
        ),
        new(
            "CARD_CHALLENGE_USED",
            StatusCode.FailedPrecondition,
            "この確認は使用済みです。カードの確認をやり直してください。",
            "The challenge was used; begin the card check again."
        ),
        new(
            "CHALLENGE_TAKEN",
            StatusCode.FailedPrecondition,
            "この確認は使用済みです。カードの確認をやり直してください。",
            "The challenge was used at the same moment; begin the card check again."
        ),
        new(
            "CARD_LEVEL_NOT_ALLOWED",
            StatusCode.PermissionDenied,
            "この確認方法は承認されていません。",
            "This level of proof is not approved here."
        ),
        new(
            "CARD_UNREADABLE",
            StatusCode.InvalidArgument,
            "読み取れません。カードを置き直してください(1回まで)。",
            "Cannot read. Place the card again, once."
        ),
        new(
            "CARD_NOT_MY_NUMBER_CARD",
            StatusCode.InvalidArgument,
            "マイナンバーカードではありません。口頭で聴取してください。",
            "Not a My Number card. Interview by voice."
        ),
        new(
            "CARD_SMARTPHONE_TOKEN",
            StatusCode.FailedPrecondition,
            "スマホ保険証は未対応です。カードを確認してください。",
            "Phone insurance card not supported. Ask for the card."
        ),
        new(
            "CARD_UNTRUSTED",
            StatusCode.PermissionDenied,
            "発行元を確認できません。このカードは使えません。",
            "Issuer not trusted. Do not use this card."
        ),
        new(
            "CARD_NOT_YET_VALID",
            StatusCode.PermissionDenied,
            "電子証明書の有効期間前です。口頭で聴取してください。",
            "Certificate not valid yet. Interview by voice."
        ),
        new(
            "CARD_EXPIRED",
            StatusCode.PermissionDenied,
            "電子証明書の期限切れ。閲覧できません。口頭で聴取してください。",
            "Certificate expired. No viewing. Interview by voice."
        ),
        new(
            "CARD_EXPIRED_GRACE",
            StatusCode.PermissionDenied,
            "期限切れ(猶予中)。資格のみ確認可、診療・薬剤情報は出ません。",
            "Expired, in grace: eligibility only, no medical data."
        ),
        new(
            "CARD_REVOKED",
            StatusCode.PermissionDenied,
            "このカードは失効しています。閲覧できません。",
            "Card revoked. No viewing."
        ),
        new(
            "CARD_SIGNATURE_INVALID",
            StatusCode.PermissionDenied,
            "カードの署名を確認できません。口頭で聴取してください。",
            "The card's signature does not verify. Interview by voice."
        ),
        new(
            "CARD_ASSERTION_INVALID",
            StatusCode.PermissionDenied,
            "確認機関の応答を検証できません。口頭で聴取してください。",
            "The verifier's assertion does not verify. Interview by voice."
        ),
        new(
            "CARD_NOT_REGISTERED",
            StatusCode.FailedPrecondition,
            "保険証の利用登録がありません。口頭で聴取してください。",
            "Not registered as insurance card. Interview by voice."
        ),
        new(
            "CARD_UNKNOWN_SERIAL",
            StatusCode.PermissionDenied,
            "発行元に登録のないカードです。閲覧できません。口頭で聴取してください。",
            "The issuer does not know this card. No viewing. Interview by voice."
        ),
        new(
            "CARD_REVOCATION_ANSWER_INVALID",
            StatusCode.PermissionDenied,
            "失効確認の応答を検証できません。閲覧できません。口頭で聴取してください。",
            "The answer about revocation does not verify. No viewing. Interview by voice."
        ),
        new(
            "CARD_REVOCATION_UNKNOWN",
            StatusCode.FailedPrecondition,
            "失効確認ができません。生命・身体に必要なら緊急閲覧を、そうでなければ口頭聴取をしてください。",
            "Revocation unknown. Emergency viewing if life or body needs it; else interview by voice."
        ),
        new(
            "GRANT_NOT_FOUND",
            StatusCode.NotFound,
            "閲覧は終了しています。必要なら確認をやり直してください。",
            "There is no open grant; begin the card check again if needed."
        ),
    ];
}
