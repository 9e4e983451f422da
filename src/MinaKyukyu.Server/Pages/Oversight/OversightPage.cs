using System.Collections.Immutable;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Watching;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Oversight;

/// <summary>閲覧の監督: which emergency reads wait for the officer, what is worth a question, who viewed lately. Never what was seen, never a name.</summary>
internal sealed class OversightPage(
    PageFrame frame,
    DepartmentPlan plan,
    EmergencyReadsProjection emergencies,
    OversightDesk desk,
    CodeBook codes,
    IIdSource ids,
    TimeProvider time
)
{
    public const string Path = "/oversight";

    /// <summary>What fits a page that somebody reads; the rest is for <c>mina audit</c>.</summary>
    private const int MostRows = 50;

    public async Task<PageAnswer> ShowAsync(PageCall call, CancellationToken stop)
    {
        OversightNow now = await desk.LookAsync(stop);
        DateTimeOffset at = time.GetUtcNow();
        Html body = Html.Of(
            $"""
            <main class="oversight">
            {Open(call.Session, at)}
            {Questions(now.Suspicions)}
            {Accesses(now.Trails, call.Session)}
            </main>
            """
        );
        var head = new PageHead("閲覧の監督", "Oversight of views", "page-oversight")
        {
            Aside = Html.Of(
                $"""<p class="clock">{Moments.Date(at)} <b>{Moments.Clock(at)}</b> <span class="hint">表示した時点の内容です</span></p>"""
            ),
        };
        return new PageAnswer.Page(frame.Around(head, body));
    }

    private Html Open(PageSession session, DateTimeOffset now)
    {
        ImmutableArray<EmergencyRead> open = [.. emergencies.Current.Open];
        Html rows =
            open.Length == 0
                ? Html.Of(
                    $"""<p class="empty">確認待ちの緊急閲覧はありません <span lang="en">No emergency read waits</span></p>"""
                )
                : Html.Join(open.Take(MostRows).Select(r => Card(r, session, now)));
        return Html.Of(
            $"""
            <section class="emergencies"><h2>確認待ちの緊急閲覧 <span lang="en">emergency reads that wait for you, oldest first</span> <span class="count">{open.Length} 件</span></h2>
            {rows}</section>
            """
        );
    }

    private Html Card(EmergencyRead read, PageSession session, DateTimeOffset now) =>
        Html.Of(
            $"""
            <article class="read">
            <p class="what"><b>{Moments.Minute(read.ReadAt)}</b> <span class="age">{Moments.Ago(
                read.ReadAt,
                now
            )}</span> <b>{NameOf(read.Unit)}</b> <span class="ground">{(
                read.IsWithoutConsent
                    ? "同意取得困難"
                    : "証明書のみ(レベルA)"
            )}</span> 確認方法 {SummaryAudit.LetterOf(read.Level)}<br>
            <span class="hint">事案 {read.Incident} ・ 閲覧番号 {read.Id} ・ 隊 {read.Crew} ・ 端末 {read.Device} ・ 通知書 {read.NoticesPrinted} 回</span></p>
            <form method="post" action="{OversightCommands.ClosePath}">{PageForm.Marks(
                session,
                ids
            )}{Fields.Hidden("read", read.Id.Value)}
            <label>確認結果 <span lang="en">finding</span> {Findings()}</label>
            <label class="note">所見 <span lang="en">why; no medical content, no names</span> <input name="note" maxlength="500" required></label>
            <button class="primary">確認済みにする <span lang="en">close</span></button></form>
            </article>
            """
        );

    private Html Findings() =>
        Html.Of(
            $"""<select name="finding" required><option value="">(選択してください)</option>{codes.List(EmergencyDecisions.FindingTable).Select(e =>
                Html.Of($"""<option value="{e.Code.Value}">{e.Ja} / {e.En}</option>""")
            )}</select>"""
        );

    private static Html Questions(ImmutableArray<Suspicion> suspicions)
    {
        Html rows =
            suspicions.Length == 0
                ? Html.Of(
                    $"""<tr><td class="hint">ありません <span lang="en">none</span></td></tr>"""
                )
                : Html.Join(
                    suspicions
                        .Take(MostRows)
                        .Select(s =>
                            Html.Of(
                                $"""<tr><td class="num">{Moments.Minute(s.At)}</td><th scope="row">{OversightSentences.Of(
                                    s.Pattern
                                ).Ja} <span lang="en">{OversightSentences.Of(s.Pattern).En}</span></th><td>{AmountOf(
                                    s
                                )}</td><td class="id">{AboutOf(s)}</td></tr>"""
                            )
                        )
                );
        return Html.Of(
            $"""
            <section class="questions"><h2>確認したい閲覧 <span lang="en">questions, not findings: the last 30 days</span> <span class="count">{suspicions.Length} 件</span></h2>
            <table>{rows}</table></section>
            """
        );
    }

    private static string AmountOf(Suspicion s) =>
        s.Pattern switch
        {
            SuspicionPattern.AwayFromScene => $"{s.Amount} m",
            SuspicionPattern.BeforeArrival
            or SuspicionPattern.AfterHandover
            or SuspicionPattern.AfterRun => Moments.Span(TimeSpan.FromSeconds(s.Amount)),
            SuspicionPattern.WithoutOrder => "",
            _ => $"{s.Amount} 件",
        };

    private static string AboutOf(Suspicion s)
    {
        string[] parts =
        [
            s.Incident is { } incident ? $"事案 {incident}" : "",
            s.Crew is { } crew ? $"隊 {crew}" : "",
            s.Device is { } device ? $"端末 {device}" : "",
            s.Grants.Length == 1 ? $"閲覧番号 {s.Grants[0]}" : "",
            s.Grants.Length > 1 ? $"閲覧 {s.Grants.Length} 件" : "",
        ];
        return string.Join(" ・ ", parts.Where(p => p.Length > 0));
    }

    private Html Accesses(ImmutableList<AccessTrail> trails, PageSession session)
    {
        Html rows = Html.Join(trails.Reverse().Take(MostRows).Select(t => Row(t, session)));
        return Html.Of(
            $"""
            <section class="accesses"><h2>最近の閲覧許可 <span lang="en">recent accesses</span> <span class="count">全 {trails.Count} 件のうち新しい {Math.Min(
                trails.Count,
                MostRows
            )} 件</span></h2>
            <table><thead><tr><th>許可 <span lang="en">granted</span></th><th>隊 <span lang="en">unit</span></th><th>方法 <span lang="en">level</span></th><th>根拠 <span lang="en">ground</span></th><th>表示 <span lang="en">shown</span></th><th>消去 <span lang="en">purged</span></th><th>確認 <span lang="en">officer</span></th><th>閲覧番号・事案</th></tr></thead>
            <tbody>{rows}</tbody></table></section>
            """
        );
    }

    private Html Row(AccessTrail trail, PageSession session) =>
        Html.Of(
            $"""<tr><td class="num">{Moments.Minute(trail.GrantedAt)}</td><th scope="row">{NameOf(
                trail.Unit
            )}</th><td>{LevelOf(trail)}</td><td>{GroundOf(trail)}</td><td>{ShownOf(trail)}</td><td class="num">{(
                trail.PurgedAt is { } at ? Moments.Clock(at) : "–"
            )}</td><td>{OfficerOf(trail)}{NoticeOf(trail, session)}</td><td class="id">{trail.Id} ・ {trail.Incident}</td></tr>"""
        );

    private static string GroundOf(AccessTrail trail) =>
        trail.Consent switch
        {
            "spoken" => "口頭同意",
            "not-obtainable" => "同意取得困難",
            _ => "–",
        };

    private static string LevelOf(AccessTrail trail) =>
        trail.RevokedAt is { } at
            ? $"{trail.Level}(後に失効と判明 {Moments.Clock(at)})"
            : trail.Level;

    /// <summary>How often, and how many kinds of sections; which kinds is for the report to the patient.</summary>
    private static string ShownOf(AccessTrail trail) =>
        trail.WasOpened
            ? $"{trail.Readings.Length} 回・{trail.Readings.SelectMany(r => r.Shown).Distinct().Count()} 区分"
            : "開いていません";

    private string OfficerOf(AccessTrail trail) =>
        !trail.IsEmergency ? ""
        : trail.Finding.Length == 0 ? "確認待ち"
        : codes.Find(new Code(EmergencyDecisions.FindingTable, trail.Finding))?.Ja ?? trail.Finding;

    /// <summary>Whoever could not be asked is told afterwards.</summary>
    private Html NoticeOf(AccessTrail trail, PageSession session) =>
        trail.Consent == "not-obtainable"
            ? Html.Of(
                $"""<form method="post" action="{OversightCommands.NoticePath}">{PageForm.Marks(session, ids)}{Fields.Hidden("read", trail.Id.Value)}<button>通知書を印刷 <span lang="en">notice</span></button></form>"""
            )
            : Html.Nothing;

    private string NameOf(UnitId unit) => plan.FindUnit(unit)?.Name ?? unit.Value;
}
