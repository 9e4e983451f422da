using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Pages.Map;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Pages.Crew;

/// <summary>救急隊: the order, one large button for what comes next, card step, hospital, handover.</summary>
internal sealed class CrewPage(
    PageFrame frame,
    RefusalPage refusals,
    Department department,
    FollowOrders followOrders,
    OrderSheet sheet,
    MilestoneButtons milestones,
    CardFlow card,
    HospitalList hospitals,
    TimeProvider time
)
{
    /// <summary>Slow enough for a thumb that is looking for a button.</summary>
    private const int RefreshSeconds = 20;

    public async Task<PageAnswer> ShowAsync(PageCall call, CancellationToken stop)
    {
        if (call.Query("unit").Length == 0 && call.Session.Unit is null)
        {
            return Choose();
        }

        if (FindUnit(call.Session, call.Query("unit")) is not { } unit)
        {
            return refusals.Of(new Refusal("UNIT_NOT_FOUND"), "/crew");
        }

        DateTimeOffset now = time.GetUtcNow();
        UnitActivity activity = department.ActivityOf(unit.Id);
        Order? order = OrderToShow(activity);
        if (order is { IsActive: true } && call.Session.Unit == unit.Id)
        {
            // Shown on the unit's own page is delivered to it; a demonstration's looking over the shoulder is not.
            await followOrders.NoteDeliveryAsync(order, stop);
        }

        Html body = order is null
            ? Html.Of(
                $"""<main class="crew"><p class="big">指令はありません <span lang="en">no order</span></p></main>"""
            )
            : await BodyAsync(call, unit, order, now, stop);
        var head = new PageHead(unit.Name, "Crew", "page-crew", order is null ? 5 : RefreshSeconds)
        {
            Aside = Html.Of(
                $"""<p class="clock">{UnitSymbols.Beside(activity.State)} <b>{UnitStates.Words(activity.State).Ja}</b> <span lang="en">{UnitStates.Words(activity.State).En}</span>　{Moments.Clock(now)}</p>"""
            ),
        };
        return new PageAnswer.Page(frame.Around(head, body));
    }

    /// <summary>Why a hospital refused.</summary>
    public PageAnswer ShowRefusals(PageCall call)
    {
        string hospital = call.Query("hospital");
        bool isKnown =
            Identifier.IsWellFormed(hospital)
            && department.City.FindHospital(new HospitalId(hospital)) is not null;
        if (
            !isKnown
            || FindUnit(call.Session, call.Query("unit")) is not { } unit
            || department.Incidents.FindActiveOrder(unit.Id) is not { } order
        )
        {
            return refusals.Of(new Refusal("HOSPITAL_NOT_FOUND"), "/crew");
        }

        var about = new CrewOrder(
            unit,
            order,
            department.Incidents.Incidents[order.Incident],
            call.Session
        );
        return new PageAnswer.Page(
            frame.Around(
                new PageHead(unit.Name, "Crew", "page-crew"),
                hospitals.Refusals(about, new HospitalId(hospital))
            )
        );
    }

    /// <summary>Null: no such unit, or not this session's; both are the same answer.</summary>
    public UnitPlan? FindUnit(PageSession session, string id)
    {
        UnitId? wanted = Identifier.IsWellFormed(id) ? new UnitId(id) : session.Unit;
        return
            wanted is { } known
            && department.City.Plan.FindUnit(known) is { } unit
            && session.AsCrewOf(department.City.Plan, unit) is not null
            ? unit
            : null;
    }

    /// <summary>The active order, or the last one while its unit has not said that it is home.</summary>
    private static Order? OrderToShow(UnitActivity activity) =>
        activity.Order is { IsActive: true } || activity.State == UnitState.Returning
            ? activity.Order
            : null;

    private async Task<Html> BodyAsync(
        PageCall call,
        UnitPlan unit,
        Order order,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        Incident incident = department.Incidents.Incidents[order.Incident];
        var about = new CrewOrder(unit, order, incident, call.Session);
        return Html.Of(
            $"""
            <main class="crew">
            {await sheet.OfAsync(about, now, stop)}
            {milestones.Of(about, now)}
            {card.Of(about)}
            {hospitals.Of(about)}
            </main>
            """
        );
    }

    private PageAnswer Choose() =>
        new PageAnswer.Page(
            frame.Around(
                new PageHead("救急隊", "Crew", "page-form"),
                Html.Of(
                    $"""
                    <main class="form"><p class="big">隊を選んでください <span lang="en">choose a unit (demonstration)</span></p>
                    <div class="buttons">{department.City.Plan.Units.Select(u =>
                        Html.Of(
                            $"""<a class="button" href="/crew?unit={u.Id.Value}">{u.Name}</a>"""
                        )
                    )}</div></main>
                    """
                )
            )
        );
}

/// <summary>What the parts of the page look at.</summary>
internal sealed record CrewOrder(
    UnitPlan Unit,
    Order Order,
    Incident Incident,
    PageSession Session
);
