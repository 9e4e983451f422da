using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Pages.Map;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>Who is free: units by station, each with its state in word and shape, since when, and how old its position is.</summary>
internal sealed class UnitColumn(Department department, UnitPlaces places)
{
    public Html Of(DateTimeOffset now)
    {
        DepartmentPlan plan = department.City.Plan;
        int free = plan.Units.Count(u => department.ActivityOf(u.Id).MayBeDispatched);
        return Html.Of(
            $"""
            <section class="units" aria-label="車両動態">
            <h2>車両動態 <span lang="en">units</span> <b class="count">{free}/{plan.Units.Length}</b> <span class="hint">出動可能</span></h2>
            <table>{plan.Stations.Select(s => StationOf(plan, s, now))}</table>
            </section>
            """
        );
    }

    private Html StationOf(DepartmentPlan plan, Station station, DateTimeOffset now) =>
        Html.Of(
            $"""
            <tbody><tr><th class="station" colspan="5" scope="rowgroup">{station.Name}</th></tr>
            {plan.Units.Where(u => u.Station == station.Id).Select(u => Row(u, now))}</tbody>
            """
        );

    private Html Row(UnitPlan unit, DateTimeOffset now)
    {
        UnitActivity activity = department.ActivityOf(unit.Id);
        (string ja, string en) = UnitStates.Words(activity.State);
        string since = activity.Since is { } moment ? Moments.Span(Moments.Age(moment, now)) : "";
        return Html.Of(
            $"""
            <tr class="{UnitSymbols.ClassOf(activity.State)}"><td>{UnitSymbols.Beside(
                activity.State
            )}</td><th scope="row">{NameOf(
                unit,
                activity
            )}</th><td class="state" title="{en}">{ja}</td><td class="num">{since}</td><td class="fix">{PositionOf(
                unit,
                activity,
                now
            )}</td></tr>
            """
        );
    }

    private static Html NameOf(UnitPlan unit, UnitActivity activity) =>
        activity is { MayBeDispatched: false, Order: { IsActive: true } order }
            ? Html.Of($"""<a href="/board?incident={order.Incident.Value}">{unit.Name}</a>""")
            : Html.Of($"{unit.Name}");

    private Html PositionOf(UnitPlan unit, UnitActivity activity, DateTimeOffset now)
    {
        UnitPlace place = places.Of(unit, activity, now);
        return place switch
        {
            { Age: { } age, IsStale: true } => Html.Of(
                $"""<b class="old">位置 {Moments.Span(age)}前</b>"""
            ),
            { Age: { } age } => Html.Of($"位置 {Moments.Span(age)}前"),
            { IsStale: true } => Html.Of($"""<b class="old">位置不明</b>"""),
            _ => Html.Of($"署所"),
        };
    }
}
