using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Watching;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>指令見守り: every active order with its four signs; what fails stands on top, in red, in words, with the next free unit.</summary>
internal sealed class OrderWatchLines(Department department, OrderWatchDesk watch)
{
    public Html Of(DateTimeOffset now)
    {
        List<Line> lines =
        [
            .. department
                .Incidents.OpenIncidents.SelectMany(i =>
                    i.ActiveOrders.Select(o => new Line(i, o, watch.Look(o, i)))
                )
                .OrderByDescending(l => l.Watched.Alarms.Length > 0)
                .ThenByDescending(l => l.Order.DispatchedAt),
        ];
        return Html.Of(
            $"""
            <section class="watch" aria-label="指令見守り">
            <h2>指令見守り <span lang="en">order watch</span> <b class="count">{lines.Count}</b></h2>
            {Body(lines, now)}
            </section>
            """
        );
    }

    private Html Body(List<Line> lines, DateTimeOffset now) =>
        lines.Count == 0
            ? Html.Of(
                $"""<p class="empty">出動中の指令なし <span lang="en">no active order</span></p>"""
            )
            : Html.Of(
                $"""
                <table>
                <thead><tr><th>隊</th><th>指令</th><th>到達</th><th>確認</th><th>出動</th><th>現着</th></tr></thead>
                <tbody>{lines.Select(l => Row(l, now))}</tbody>
                </table>
                """
            );

    private Html Row(Line line, DateTimeOffset now)
    {
        Order order = line.Order;
        DateTimeOffset? arrived = line
            .Incident.FindMilestone(order.Id, MilestoneKind.OnScene)
            ?.OccurredAt;
        bool isAlarmed = !line.Watched.Alarms.IsEmpty;
        return Html.Of(
            $"""
            <tr class="{(
                isAlarmed ? "alarmed" : ""
            )}"><th scope="row"><a href="/board?incident={order.Incident.Value}">{NameOf(
                order.Unit
            )}</a></th><td>{Moments.Clock(order.DispatchedAt)} <span class="hint">{Moments.Ago(
                order.DispatchedAt,
                now
            )}</span></td>{Sign(order, order.DeliveredAt)}{Sign(order, order.AcknowledgedAt)}{Sign(
                order,
                order.RollingAt
            )}{Sign(order, arrived)}</tr>
            {(isAlarmed ? Alarm(line) : Html.Nothing)}
            """
        );
    }

    /// <summary>A tick and how long it took, or a word that it has not come.</summary>
    private static Html Sign(Order order, DateTimeOffset? at) =>
        at is { } moment
            ? Html.Of(
                $"""<td class="yes">✓ {Moments.Span(Moments.Age(order.DispatchedAt, moment))}</td>"""
            )
            : Html.Of($"""<td class="no">未</td>""");

    private Html Alarm(Line line)
    {
        var words = line.Watched.Alarms.Select(a =>
        {
            (string ja, string en) = Reasons.Words(a);
            return Html.Of($"""<span class="reason">⚠ {ja} <span lang="en">{en}</span></span>""");
        });
        Html next = line.Watched.NextFree is { } unit
            ? Html.Of(
                $"""次に出動可能: <a class="button small" href="/board/override?incident={line.Incident.Id.Value}&amp;unit={unit.Value}&amp;replaces={line.Order.Id.Value}">{NameOf(unit)}への交代を検討</a>"""
            )
            : Html.Of($"次に出動可能な隊なし");
        return Html.Of(
            $"""<tr class="alarmed detail"><td colspan="6">{words}<span class="next">{next}</span></td></tr>"""
        );
    }

    private string NameOf(UnitId unit) => department.City.Plan.FindUnit(unit)?.Name ?? unit.Value;

    private sealed record Line(Incident Incident, Order Order, WatchedOrder Watched);
}
