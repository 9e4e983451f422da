using System.Globalization;
using MinaKyukyu.Analytics.Intervals;
using MinaKyukyu.Analytics.Reasons;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Report;

/// <summary>How well did we do: intervals and reasons of a period, with what was left out and why.</summary>
internal sealed class ReportPage(
    PageFrame frame,
    Department department,
    ReasonTables reasons,
    TimeProvider time
)
{
    public PageAnswer Show(PageCall call)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset today = new(now.ToOffset(Moments.Jst).Date, Moments.Jst);
        DateTimeOffset from = MomentOf(call.Query("from")) ?? today;
        DateTimeOffset to = MomentOf(call.Query("to")) ?? today.AddDays(1);
        IEnumerable<Incident> incidents = department.Incidents.Incidents.Values;
        var report = IntervalReport.Of(incidents, from, to);
        Html body = Html.Of(
            $"""
            <main class="report">
            <section><form method="get" action="/report"><label>期間 <span lang="en">from</span> <input name="from" size="16" value="{Moments.Minute(
                from
            )}"></label> <label>〜 <span lang="en">until before</span> <input name="to" size="16" value="{Moments.Minute(
                to
            )}"></label> <button>表示 <span lang="en">show</span></button></form>
            <p class="period"><b>{Moments.Minute(from)} 〜 {Moments.Minute(
                to
            )}</b>(入電時刻・日本時間) 事案 <b>{report.IncidentCount}</b> 件・時刻 <b>{report.MilestoneCount}</b> 件 <span class="hint">作成 {Moments.Date(
                now
            )} {Moments.Clock(now)}</span></p></section>
            {IntervalTable.Of(report)}
            {reasons.Of(ReasonReport.Of(incidents, from, to))}
            </main>
            """
        );
        return new PageAnswer.Page(
            frame.Around(new PageHead("活動統計", "Report", "page-report"), body)
        );
    }

    /// <summary>As the form writes it, in Japan Standard Time; null where it is no moment.</summary>
    private static DateTimeOffset? MomentOf(string text) =>
        DateTime.TryParseExact(
            text.Trim(),
            ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateTime moment
        ) && moment.Year is > 2000 and < 2200
            ? new DateTimeOffset(moment, Moments.Jst)
            : null;
}
