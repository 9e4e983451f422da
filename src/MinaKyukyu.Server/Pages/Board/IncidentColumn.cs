using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>What waits longest: open incidents by urgency, then age; first those that nobody is on the way to.</summary>
internal sealed class IncidentColumn(Department department, CodeBook codes)
{
    public Html Of(IncidentId? selected, DateTimeOffset now)
    {
        List<Incident> open = [.. department.Incidents.OpenIncidents];
        return Html.Of(
            $"""
            <section class="incidents" aria-label="事案">
            {Part("待機事案", "waiting", open.Where(i => i.IsWaiting), selected, now)}
            {Part("活動中", "being served", open.Where(i => !i.IsWaiting), selected, now)}
            </section>
            """
        );
    }

    private Html Part(
        string ja,
        string en,
        IEnumerable<Incident> incidents,
        IncidentId? selected,
        DateTimeOffset now
    )
    {
        List<Html> rows = [.. incidents.Select(i => Row(i, i.Id == selected, now))];
        return Html.Of(
            $"""
            <h2>{ja} <span lang="en">{en}</span> <b class="count">{rows.Count}</b></h2>
            {(
                rows.Count == 0
                    ? Html.Of($"""<p class="empty">なし <span lang="en">none</span></p>""")
                    : Html.Join(rows)
            )}
            """
        );
    }

    private Html Row(Incident incident, bool isSelected, DateTimeOffset now)
    {
        TimeSpan age = Moments.Age(incident.CallReceivedAt, now);
        (string urgencyJa, string urgencyEn) = IncidentWords.Of(incident.Urgency.Level);
        (string precisionJa, string precisionEn) = IncidentWords.Precision(incident.Place);
        string tint = incident.IsWaiting
            ? $"tint-{Ageing.Step(incident.Urgency.Level, age)}"
            : "tint-0";
        Html called = Html.Of(
            $"""<span class="small">入電 {Moments.Clock(incident.CallReceivedAt)}</span>"""
        );
        Html precision = Html.Of(
            $"""<span class="precision" title="{precisionEn}">{precisionJa}</span>"""
        );
        Html busy = Html.Of($"""<span class="busy">{StateOf(incident)}</span>""");
        Html lines = incident.IsWaiting
            ? Html.Of(
                $"""<span class="line small">{precision}</span><span class="line small">{called}{busy}</span>"""
            )
            : Html.Of($"""<span class="line small">{precision}{busy}</span>""");
        return Html.Of(
            $"""
            <a class="incident u-{(int)incident.Urgency.Level} {tint}{(
                isSelected ? " selected" : ""
            )}" href="/board?incident={incident.Id.Value}">
            <span class="line"><b class="urgency">{urgencyJa}</b>{(
                incident.IsWaiting ? Html.Of($"""<span lang="en">{urgencyEn}</span>""") : called
            )}<span class="type">{TypeOf(incident)}</span><span class="id">{IncidentWords.Short(
                incident.Id
            )}</span><span class="age">{Moments.Span(age)}</span></span>
            <span class="line"><b class="where">{IncidentWords.Where(incident.Place)}</b></span>
            {lines}
            {incident.Alarms.DistinctBy(a => a.Kind).Select(AlarmOf)}
            </a>
            """
        );
    }

    private static Html AlarmOf(IncidentAlarm alarm)
    {
        (string ja, string en) = Reasons.Words(alarm.Kind);
        return Html.Of($"""<span class="alarm" title="{en}">⚠ {ja}</span>""");
    }

    private string TypeOf(Incident incident) =>
        incident.Type is { } type ? codes.Find(type)?.Ja ?? type.Value : "";

    private string StateOf(Incident incident) =>
        incident.IsWaiting
            ? IncidentWords.Of(incident.CardReadiness).Ja
            : string.Join(
                "・",
                incident.ActiveOrders.Select(o =>
                    $"{department.City.Plan.FindUnit(o.Unit)?.Name ?? o.Unit.Value} {UnitStates.Words(department.ActivityOf(o.Unit).State).Ja}"
                )
            );
}
