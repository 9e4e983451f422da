using MinaKyukyu.Analytics.Intervals;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Sentences;

namespace MinaKyukyu.Server.Pages.Report;

/// <summary>One row for each interval, in whole seconds; used and excluded sum to all incidents of the period.</summary>
internal static class IntervalTable
{
    public static Html Of(IntervalReport report) =>
        Html.Of(
            $"""
            <section><h2>所要時間(秒) <span lang="en">intervals, whole seconds</span></h2>
            <table class="figures"><thead><tr><th>区間</th><th>中央値<br><span lang="en">p50</span></th><th>90%値<br><span lang="en">p90</span></th><th>平均<br><span lang="en">mean</span></th><th>使用<br><span lang="en">used</span></th>{Enum.GetValues<ExclusionReason>().Select(
                Head
            )}</tr></thead>
            <tbody>{report.Intervals.Select(Row)}</tbody></table>
            <p class="formula">中央値・90%値は最近順位法(その値以下が全体の50%・90%以上になる最小の秒)。平均は秒の合計÷使用件数を四捨五入。各区間は1事案につき1つ。使用と除外の合計は期間内の事案数に等しい。区間は「始まりの時刻→終わりの時刻」で、取り消された時刻は使わない。
            <span lang="en">Percentiles by nearest rank; mean is the sum of seconds over the count, rounded. Used plus excluded is the number of incidents whose call came in the period.</span></p></section>
            """
        );

    private static Html Head(ExclusionReason reason)
    {
        (string ja, string en) = Words(reason);
        return Html.Of($"""<th>除外: {ja}<br><span lang="en">{en}</span></th>""");
    }

    private static Html Row(IntervalStatistics statistics)
    {
        (string ja, string en) = IntervalNames.Words(statistics.Interval.Kind);
        IEnumerable<Html> excluded = Enum.GetValues<ExclusionReason>()
            .Select(r => Cell(statistics.Excluded.GetValueOrDefault(r)));
        long? mean = statistics.MeanSeconds is { } m
            ? (long)Math.Round(m, MidpointRounding.AwayFromZero)
            : null;
        return Html.Of(
            $"""<tr><th scope="row">{ja} <span lang="en">{en}</span></th>{Cell(statistics.P50Seconds)}{Cell(statistics.P90Seconds)}{Cell(mean)}{Cell(statistics.UsedCount)}{excluded}</tr>"""
        );
    }

    private static Html Cell(long? value) =>
        value is { } known
            ? Html.Of($"""<td class="num">{known}</td>""")
            : Html.Of($"""<td class="num">–</td>""");

    private static (string Ja, string En) Words(ExclusionReason reason) =>
        reason switch
        {
            ExclusionReason.MissingStart => ("始まりなし", "no start"),
            ExclusionReason.MissingEnd => ("終わりなし", "no end"),
            ExclusionReason.OutOfOrder => ("順序逆転", "out of order"),
            ExclusionReason.Cancelled => ("取消し", "cancelled"),
            ExclusionReason.NoTransport => ("不搬送", "no transport"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
