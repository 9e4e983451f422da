using Grpc.Core;

namespace MinaKyukyu.Server.Sentences;

/// <summary>Refusals of devices and members.</summary>
internal static class EnrolmentSentences
{
    public static IReadOnlyList<RefusalSentence> Rows { get; } =
    [
        new(
            "MEMBER_NOT_VERIFIED",
            StatusCode.PermissionDenied,
            "番号または暗証番号が違います。",
            "The number or the PIN is wrong."
        ),
        new(
            "MEMBER_LOCKED",
            StatusCode.PermissionDenied,
            "誤入力が続いたためロックされています。本部で再登録してください。",
            "Locked after too many wrong tries. Headquarters must register the member anew."
        ),
        new(
            "MEMBER_TICKET_UNKNOWN",
            StatusCode.FailedPrecondition,
            "個人認証の有効期間が過ぎました。もう一度入力してください。",
            "The personal proof is over or another device's; type it again."
        ),
        new(
            "SIGN_ON_BUSY",
            StatusCode.ResourceExhausted,
            "サインオンが混み合っています。少し待ってください。",
            "Too many sign-ons are open. Wait a moment."
        ),
        new(
            "MEMBER_NOT_FOUND",
            StatusCode.NotFound,
            "この隊員番号は登録されていません。",
            "No such member."
        ),
        new(
            "DEVICE_NOT_FOUND",
            StatusCode.NotFound,
            "この端末は登録されていません。",
            "No such device."
        ),
        new(
            "DEVICE_IN_USE",
            StatusCode.FailedPrecondition,
            "この端末は別の隊が使用中です。",
            "Another unit is heard through this device."
        ),
        new(
            "DEVICE_KEY_USED",
            StatusCode.AlreadyExists,
            "この端末証明書の鍵は登録済みです。新しい鍵を作ってください。",
            "This key was enrolled before; make a new one."
        ),
        new(
            "CERTIFICATE_OVER",
            StatusCode.InvalidArgument,
            "端末証明書の有効期限が切れています。",
            "The device's certificate is over."
        ),
    ];
}
