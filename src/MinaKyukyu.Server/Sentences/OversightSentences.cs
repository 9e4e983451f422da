using System.Globalization;
using Grpc.Core;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Server.Flows;

namespace MinaKyukyu.Server.Sentences;

/// <summary>What is said to the department's officer, and what the patient is handed. Facts only: no content, no name, no conclusion.</summary>
internal static class OversightSentences
{
    /// <summary>Japan has one time zone and no summer time.</summary>
    private static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    public static readonly RefusalSentence[] Refusals =
    [
        new(
            "EMERGENCY_READ_NOT_FOUND",
            StatusCode.NotFound,
            "この緊急閲覧は見つかりません。",
            "No such emergency read."
        ),
        new(
            "EMERGENCY_READ_CLOSED",
            StatusCode.FailedPrecondition,
            "この緊急閲覧は確認済みです。",
            "The emergency read was closed before."
        ),
        new(
            "EMERGENCY_CLOSING_TAKEN",
            StatusCode.FailedPrecondition,
            "この緊急閲覧は同時に確認されました。",
            "The emergency read was closed at the same moment by somebody else."
        ),
        new(
            "NOTICE_NOT_DUE",
            StatusCode.FailedPrecondition,
            "同意のある閲覧です。通知書は不要です。",
            "The patient agreed to this view; there is nothing to give notice of."
        ),
    ];

    public static Sentence Of(SuspicionPattern pattern) =>
        pattern switch
        {
            SuspicionPattern.WithoutOrder => new("指令のない閲覧", "View without an order"),
            SuspicionPattern.BeforeArrival => new("現着前の閲覧", "View before arrival"),
            SuspicionPattern.AfterHandover => new("引継ぎ後の閲覧", "View after handover"),
            SuspicionPattern.AfterRun => new("活動終了後の閲覧", "View after the run"),
            SuspicionPattern.AwayFromScene => new(
                "現場から離れた位置での閲覧",
                "View away from the scene"
            ),
            SuspicionPattern.BurstOfCrew => new(
                "短時間に多数の閲覧(隊)",
                "Many views in a short time, one crew"
            ),
            SuspicionPattern.BurstOfDevice => new(
                "短時間に多数の閲覧(端末)",
                "Many views in a short time, one device"
            ),
            SuspicionPattern.ManyPatients => new(
                "1日に多数の傷病者を閲覧",
                "Many patients in one day"
            ),
            SuspicionPattern.RepeatedEmergency => new(
                "緊急閲覧の繰返し",
                "Emergency reads again and again"
            ),
            SuspicionPattern.UnfinishedChecks => new(
                "未完了のカード確認の繰返し",
                "Card checks begun and not finished"
            ),
            SuspicionPattern.OnePatientManyCrews => new(
                "同じ傷病者を複数の隊が別事案で閲覧",
                "One patient, several crews, different incidents"
            ),
            SuspicionPattern.RepeatedOpenings => new(
                "同じ閲覧許可で何度も表示",
                "One grant's record opened again and again"
            ),
            SuspicionPattern.RevokedAfterwards => new(
                "閲覧後にカードの失効が判明",
                "The card turned out to be revoked after it was let in"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>閲覧通知書, paragraph by paragraph. The patient's name is written by hand, by whoever hands it over.</summary>
    public static IEnumerable<Sentence> NoticeOf(NoticeOfRead notice, string department)
    {
        EmergencyRead read = notice.Read;
        string at = Minute(read.ReadAt);
        yield return new Sentence(
            $"医療情報の閲覧について(お知らせ)　第{notice.Number}号{Again(notice.Copy)}",
            $"Notice: your medical information was viewed. No. {notice.Number}, copy {notice.Copy}"
        );
        yield return new Sentence(
            "　　　　　　　　　　　　　　　　様",
            "(name, written by hand when this is handed over)"
        );
        yield return new Sentence(
            $"{at}、{department}の救急隊が、救急活動のため、マイナンバーカード(健康保険証利用登録)によりあなたの医療情報を閲覧できる状態にしました。ご本人の同意をいただくことが難しい状態でした。",
            $"On {at} (Japan time) an ambulance crew of {department} opened your medical information by your My Number card, for emergency care. It was hard to obtain your consent at that time."
        );
        yield return new Sentence(
            $"閲覧できた情報の種類: {KindsJa(read)}",
            $"Kinds of information that could be seen: {KindsEn(read)}"
        );
        yield return new Sentence(
            "根拠: 救急業務(消防法第2条第9項)の遂行に必要であり、ご本人の同意を得ることが困難であったため。",
            "Ground: it was needed for emergency service (Fire Service Act, art. 2(9)), and consent was hard to obtain."
        );
        yield return new Sentence(
            "閲覧した情報は引継ぎ後に端末とサーバーから消去され、いつ・どの隊が閲覧したかの記録だけを保存しています。閲覧の記録の開示を求めることができます。",
            "What was viewed is erased after the handover; only the record of who viewed when is kept. You may ask to see that record."
        );
        yield return new Sentence(
            $"お問い合わせ: {department} 情報管理責任者　電話　　　　　　　　　(事案番号 {read.Incident}、閲覧番号 {read.Id})",
            $"Whom to ask: {department}, information management officer, telephone: ________ (incident {read.Incident}, view {read.Id})"
        );
        yield return new Sentence(
            $"発行: {Minute(notice.At)}",
            $"Printed: {Minute(notice.At)} (Japan time)"
        );
    }

    private static string Again(int copy) =>
        copy == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"(再発行 {copy}回目)");

    private static string KindsJa(EmergencyRead read) =>
        string.Join('、', Sections.Of(read.Scope).Select(k => SummarySentences.TitleOf(k).Ja));

    private static string KindsEn(EmergencyRead read) =>
        string.Join("; ", Sections.Of(read.Scope).Select(k => SummarySentences.TitleOf(k).En));

    private static string Minute(DateTimeOffset moment) =>
        moment.ToOffset(Jst).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
