using MinaKyukyu.Analytics.Reasons;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Report;

/// <summary>Why things went otherwise than the plain way, by reason; and how often a record was read.</summary>
internal sealed class ReasonTables(CodeBook codes)
{
    private static readonly (string Table, string Ja, string En)[] Parts =
    [
        ("no-view-reason", "カード閲覧なしの理由", "no card viewed"),
        ("refusal-reason", "病院の受入不可", "hospital refusals"),
        ("override-reason", "推奨と異なる隊の理由", "overrides"),
        ("no-transport-reason", "不搬送の理由", "no transport"),
        ("cancel-reason", "取消しの理由", "cancellations"),
    ];

    public Html Of(ReasonReport report)
    {
        Html median = report.NoCard.MedianSeconds is { } seconds
            ? Html.Of(
                $"<b>{(long)Math.Round(seconds, MidpointRounding.AwayFromZero)}</b> 秒({report.NoCard.UsedCount} 件)"
            )
            : Html.Of($"–");
        return Html.Of(
            $"""
            <section class="counts"><h2>理由別件数 <span lang="en">counts by reason</span></h2>
            <p class="period">医療情報の閲覧 <b>{report.ViewedCount}</b> 人 <span lang="en">records viewed</span>　カードなしの所要(接触→カード手順の終了、中央値) {median} <span lang="en">no-card path, median</span></p>
            <div class="tables">{Parts.Select(p =>
                Part(report, p.Table, p.Ja, p.En)
            )}</div></section>
            """
        );
    }

    private Html Part(ReasonReport report, string table, string ja, string en)
    {
        List<Html> rows =
        [
            .. report
                .ListOf(table)
                .Select(c =>
                    Html.Of(
                        $"""<tr><th scope="row">{codes.Find(c.Reason)?.Ja ?? c.Reason.Value}</th><td class="num">{c.Count}</td></tr>"""
                    )
                ),
        ];
        return Html.Of(
            $"""
            <table class="figures"><caption>{ja} <span lang="en">{en}</span></caption><tbody>{(
                rows.Count == 0
                    ? Html.Of($"""<tr><td class="hint">なし</td></tr>""")
                    : Html.Join(rows)
            )}</tbody></table>
            """
        );
    }
}
