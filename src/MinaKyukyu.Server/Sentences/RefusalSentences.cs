using System.Collections.Frozen;
using Grpc.Core;

namespace MinaKyukyu.Server.Sentences;

/// <summary>How a refusal is said.</summary>
/// <param name="MayRepeat">The same request may succeed a moment later.</param>
internal sealed record RefusalSentence(
    string Reason,
    StatusCode Status,
    string Ja,
    string En,
    bool MayRepeat = false
);

/// <summary>Every reason that may stand on the wire, once. docs/API.md lists the same table; a test compares them.</summary>
internal static class RefusalSentences
{
    private static readonly RefusalSentence[] Rows =
    [
        // Who is it?
        new(
            "UNAUTHENTICATED",
            StatusCode.Unauthenticated,
            "端末を確認できません。",
            "The device is not known."
        ),
        new(
            "ROLE_NOT_ALLOWED",
            StatusCode.PermissionDenied,
            "この操作は許可されていません。",
            "This role may not do that."
        ),
        new(
            "VIEWING_OFFICER_NOT_SIGNED_ON",
            StatusCode.PermissionDenied,
            "救急隊長(閲覧責任者)がサインオンしていません。",
            "The crew leader (viewing officer) is not signed on."
        ),
        new(
            "TABLET_LEFT_BEHIND",
            StatusCode.PermissionDenied,
            "この端末は乗換えで離れた端末です。使うにはサインオンし直してください。",
            "The crew changed to another tablet; sign on again to use this one."
        ),
        new(
            "NOT_IN_THIS_VERSION",
            StatusCode.Unimplemented,
            "この機能はまだ使えません。",
            "This version does not do that yet."
        ),
        // Is it a request at all?
        new(
            "MESSAGE_TOO_LARGE",
            StatusCode.ResourceExhausted,
            "送信内容が大きすぎます。短くして送ってください。",
            "The message is larger than 64 KiB."
        ),
        new(
            "REQUIRED_FIELD_EMPTY",
            StatusCode.InvalidArgument,
            "必須項目がありません。",
            "A required field is empty."
        ),
        new(
            "FIELD_MALFORMED",
            StatusCode.InvalidArgument,
            "項目の形式が正しくありません。",
            "A field is not well formed."
        ),
        new(
            "UNKNOWN_CODE",
            StatusCode.InvalidArgument,
            "区分コードが表にありません。",
            "The code is not in its table."
        ),
        new(
            "PERSONAL_NUMBER_IN_TEXT",
            StatusCode.InvalidArgument,
            "12桁の番号は入力できません。",
            "A run of twelve digits is not accepted here."
        ),
        // Commands
        new(
            "REQUEST_ID_REUSED",
            StatusCode.AlreadyExists,
            "同じ要求番号が別の内容で使われています。",
            "The request id was used before with another body."
        ),
        new(
            "REQUEST_TOO_OLD",
            StatusCode.FailedPrecondition,
            "古い要求です。最新の状態を確認してください。",
            "The request is too old to be executed; read the state again."
        ),
        new(
            "OUTCOME_UNKNOWN",
            StatusCode.Unavailable,
            "記録できたか確認できません。自動で再送します。",
            "It is not known whether this was kept. Repeat with the same request id.",
            true
        ),
        new(
            "JOURNAL_FULL",
            StatusCode.ResourceExhausted,
            "混み合っています。無線で連絡してください。",
            "The journal's queue is full. Use the radio; repeat with the same request id.",
            true
        ),
        new(
            "NOT_OWNER",
            StatusCode.FailedPrecondition,
            "別のサーバーが担当しています。",
            "Another node owns this department by now."
        ),
        // Incidents
        new(
            "INCIDENT_NOT_FOUND",
            StatusCode.NotFound,
            "この事案は見つかりません。",
            "No such incident."
        ),
        new(
            "INCIDENT_CLOSED",
            StatusCode.FailedPrecondition,
            "この事案は終了しています。",
            "The incident is over."
        ),
        new(
            "PATIENT_NOT_FOUND",
            StatusCode.NotFound,
            "この傷病者は登録されていません。",
            "No such patient in this incident."
        ),
        new(
            "CALL_IN_FUTURE",
            StatusCode.InvalidArgument,
            "入電時刻が未来です。",
            "The call lies in the future."
        ),
        // Units and orders
        new("UNIT_NOT_FOUND", StatusCode.NotFound, "この隊は見つかりません。", "No such unit."),
        new(
            "UNIT_NOT_ON_DUTY",
            StatusCode.FailedPrecondition,
            "この隊は勤務中ではありません。",
            "The unit is not on duty."
        ),
        new(
            "UNIT_NOT_AVAILABLE",
            StatusCode.FailedPrecondition,
            "この隊は別の指令で出動中です。",
            "The unit obeys another order."
        ),
        new(
            "UNIT_HAS_AN_ORDER",
            StatusCode.FailedPrecondition,
            "出動中は勤務を終了できません。",
            "A unit with an order cannot sign off."
        ),
        new("NOT_ON_DUTY", StatusCode.FailedPrecondition, "勤務中ではありません。", "Not on duty."),
        new(
            "VEHICLE_NOT_OF_THIS_UNIT",
            StatusCode.FailedPrecondition,
            "この隊の車両ではありません。",
            "The vehicle is neither this unit's nor a spare."
        ),
        new(
            "VEHICLE_IN_USE",
            StatusCode.FailedPrecondition,
            "この車両は別の隊が使用中です。",
            "Another unit is on duty in this vehicle."
        ),
        new(
            "ASSIGNMENT_NOT_FOUND",
            StatusCode.NotFound,
            "この指令は見つかりません。",
            "No such order."
        ),
        new(
            "ORDER_TOKEN_OUTDATED",
            StatusCode.FailedPrecondition,
            "指令が変わっています。最新の指令を確認してください。",
            "The order has changed; look at the latest one."
        ),
        new(
            "OVERRIDE_REASON_MISSING",
            StatusCode.InvalidArgument,
            "推奨と異なる隊を選ぶ理由を入力してください。",
            "Say why another unit than the advised one goes."
        ),
        new(
            "RECOMMENDATION_NOT_FOUND",
            StatusCode.NotFound,
            "この推奨は期限切れです。もう一度推奨を表示してください。",
            "The advice is not known any more; ask for it again."
        ),
        // Milestones
        new(
            "MILESTONE_BEFORE_CALL",
            StatusCode.InvalidArgument,
            "入電より前の時刻です。時刻を確認してください。",
            "The milestone lies before the call."
        ),
        new(
            "MILESTONE_IN_FUTURE",
            StatusCode.InvalidArgument,
            "未来の時刻です。端末の時計を確認してください。",
            "The milestone lies more than two minutes ahead."
        ),
        new(
            "MILESTONE_BEFORE_ORDER",
            StatusCode.InvalidArgument,
            "指令より前の時刻です。時刻を確認してください。",
            "The milestone lies before its own order."
        ),
        new(
            "MILESTONE_NOT_FOUND",
            StatusCode.NotFound,
            "この時刻記録は見つかりません。",
            "No such milestone."
        ),
        new(
            "MILESTONE_NOT_OF_CREW",
            StatusCode.InvalidArgument,
            "入電と指令の時刻は指令センターが記録します。",
            "Call and order are noted by the centre."
        ),
        // Hospitals
        new(
            "HOSPITAL_NOT_FOUND",
            StatusCode.NotFound,
            "この医療機関は登録されていません。",
            "No such hospital."
        ),
        new(
            "REFUSAL_REASON_MISSING",
            StatusCode.InvalidArgument,
            "受入不可の理由を選んでください。",
            "Say why the hospital refused."
        ),
        new(
            "NO_TRANSPORT_REASON_MISSING",
            StatusCode.InvalidArgument,
            "不搬送の理由を選んでください。",
            "Say why nobody was transported."
        ),
        .. RoadSentences.Refusals,
        .. EnrolmentSentences.Rows,
        .. CardRefusalSentences.Rows,
        .. OversightSentences.Refusals,
    ];

    private static readonly FrozenDictionary<string, RefusalSentence> ByReason =
        Rows.ToFrozenDictionary(r => r.Reason);

    public static IReadOnlyList<RefusalSentence> All => Rows;

    /// <exception cref="KeyNotFoundException">A reason without a sentence: a broken promise between our own lines.</exception>
    public static RefusalSentence Get(string reason) => ByReason[reason];
}
