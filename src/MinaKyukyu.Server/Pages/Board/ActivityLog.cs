using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>What happened last, whoever said it. Of a card only that it was read, when, and how it was proven; never what was seen.</summary>
internal sealed class ActivityLog(Department department, CodeBook codes)
{
    private const int Rows = 30;

    /// <summary>How far back the log looks.</summary>
    /// <value>12 hours: a night and its evening.</value>
    private static readonly TimeSpan Reach = TimeSpan.FromHours(12);

    public Html Of(DateTimeOffset now)
    {
        DateTimeOffset since = now - Reach;
        IEnumerable<Entry> last = department
            .Incidents.Incidents.Values.Where(i => i.CallReceivedAt >= since || !i.IsClosed)
            .SelectMany(EntriesOf)
            .OrderByDescending(e => e.At)
            .Take(Rows);
        return Html.Of(
            $"""
            <section class="log" aria-label="活動記録">
            <h2>活動記録 <span lang="en">activity log</span></h2>
            <table><tbody>{last.Select(e => Row(e, now))}</tbody></table>
            </section>
            """
        );
    }

    private static Html Row(Entry entry, DateTimeOffset now)
    {
        Html text = entry.IsTakenBack
            ? Html.Of($"<s>{entry.Ja}</s> 取消し")
            : Html.Of($"{entry.Ja}");
        return Html.Of(
            $"""<tr><td class="num">{Moments.Clock(entry.At)}</td><td class="hint num">{Moments.Ago(entry.At, now)}</td><td class="id">{IncidentWords.Short(entry.Incident)}</td><td>{entry.Unit}</td><td>{text}</td></tr>"""
        );
    }

    private IEnumerable<Entry> EntriesOf(Incident incident)
    {
        foreach (Milestone m in incident.Milestones)
        {
            string words = IncidentWords.Of(m.Kind).Ja + (m.IsLate ? "(遅れて報告)" : "");
            yield return new Entry(m.OccurredAt, incident.Id, NameOf(m.Unit), words, m.IsWithdrawn);
        }

        foreach (Entry entry in incident.Orders.SelectMany(o => OrderEntries(incident, o)))
        {
            yield return entry;
        }

        foreach (CardStep step in incident.CardSteps)
        {
            yield return new Entry(step.UpdatedAt, incident.Id, "", CardWords(step), false);
        }

        if (incident is { CancelledAt: { } cancelled, CancelReason: { } why })
        {
            yield return new Entry(
                cancelled,
                incident.Id,
                "",
                $"事案の取消し: {WordsOf(why)}",
                false
            );
        }
    }

    private IEnumerable<Entry> OrderEntries(Incident incident, Order order)
    {
        string unit = NameOf(order.Unit);
        if (order.AcknowledgedAt is { } acknowledged)
        {
            yield return new Entry(acknowledged, incident.Id, unit, "指令確認", false);
        }

        if (order.OverrideReason is { } reason)
        {
            yield return new Entry(
                order.DispatchedAt,
                incident.Id,
                unit,
                $"推奨と異なる隊: {WordsOf(reason)}",
                false
            );
        }

        if (order is { End: OrderEnd.Cancelled or OrderEnd.Replaced, EndedAt: { } ended })
        {
            string words = order.End == OrderEnd.Replaced ? "別の隊に交代" : "指令取消し";
            yield return new Entry(ended, incident.Id, unit, words, false);
        }

        foreach (Destination d in order.Destinations)
        {
            string hospital = department.City.FindHospital(d.Hospital)?.Name ?? d.Hospital.Value;
            string why = d.RefusalReason is { } refusal ? $"({WordsOf(refusal)})" : "";
            yield return new Entry(
                d.UpdatedAt,
                incident.Id,
                unit,
                $"{hospital} {Words.HospitalWords.Of(d.State).Ja}{why}",
                false
            );
        }
    }

    private string CardWords(CardStep step) =>
        step.State switch
        {
            CardStepState.Checking => "カード確認中",
            CardStepState.Viewed =>
                $"医療情報を閲覧({IncidentWords.OfLevel(step.Level).Ja}・同意あり)",
            CardStepState.Closed =>
                $"カード閲覧なし: {(step.Reason is { } why ? WordsOf(why) : "")}",
            CardStepState.Withdrawn => "同意の撤回により閲覧終了",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private string WordsOf(Code code) => codes.Find(code)?.Ja ?? code.Value;

    private string NameOf(UnitId? unit) =>
        unit is { } id ? department.City.Plan.FindUnit(id)?.Name ?? id.Value : "";

    private sealed record Entry(
        DateTimeOffset At,
        IncidentId Incident,
        string Unit,
        string Ja,
        bool IsTakenBack
    );
}
