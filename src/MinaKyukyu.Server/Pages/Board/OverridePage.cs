using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>Another unit than the advised one, with a reason. A page of its own that never refreshes under the dispatcher's hand.</summary>
internal sealed class OverridePage(
    PageFrame frame,
    RefusalPage refusals,
    Department department,
    BoardAdvice advice,
    CodeBook codes,
    IIdSource ids
)
{
    public PageAnswer Show(PageCall call)
    {
        IncidentId id = Parse.Incident(call.Query("incident"));
        if (department.Incidents.Find(id) is not { } incident || advice.For(id) is not { } given)
        {
            return refusals.Of(new Refusal("INCIDENT_NOT_FOUND"), "/board");
        }

        string replaces = call.Query("replaces");
        Order? replaced = Identifier.IsWellFormed(replaces)
            ? incident.FindOrder(new AssignmentId(replaces))
            : null;
        Html body = Html.Of(
            $"""
            <main class="form">
            <p class="where">{IncidentWords.Where(
                incident.Place
            )} <span class="precision">{IncidentWords.Precision(incident.Place).Ja}</span></p>
            <p>推奨: <b>{Advised(given)}</b> <span lang="en">advised unit</span></p>
            {Replaces(replaced)}
            <form method="post" action="/board/assign">
            {PageForm.Marks(call.Session, ids)}{Fields.Hidden("incident", id.Value)}{Fields.Hidden(
                "recommendation",
                given.Id.Value
            )}{Fields.Hidden("replaces", replaced?.Id.Value ?? "")}
            <label for="unit">隊 <span lang="en">unit</span></label>{Fields.Select(
                "unit",
                Units(),
                call.Query("unit"),
                "隊を選択 / choose a unit"
            )}
            <label for="reason">理由 <span lang="en">reason</span></label>{Fields.Codes(
                "reason",
                codes,
                "override-reason",
                "推奨どおりの場合は不要 / not needed when the advice is followed"
            )}
            <div class="buttons"><button class="primary">この隊に指令する <span lang="en">order this unit</span></button><a class="button" href="/board?incident={id.Value}">やめる <span lang="en">back</span></a></div>
            </form>
            </main>
            """
        );
        return new PageAnswer.Page(
            frame.Around(new PageHead("別の隊を選ぶ", "Override the advice", "page-form"), body)
        );
    }

    private string Advised(GivenAdvice given) =>
        given.Advice.Advised is { } unit ? NameOf(unit) : "なし";

    private Html Replaces(Order? order) =>
        order is { IsActive: true }
            ? Html.Of(
                $"""<p class="alarm">⚠ {NameOf(order.Unit)}への指令と交代します <span lang="en">replaces the order of {order.Unit.Value}</span></p>"""
            )
            : Html.Nothing;

    /// <summary>Those that can go first; the others too, because the dispatcher may know better than the board.</summary>
    private IEnumerable<Choosable> Units() =>
        department
            .City.Plan.Units.OrderByDescending(u => department.ActivityOf(u.Id).MayBeDispatched)
            .Select(Choice);

    private Choosable Choice(UnitPlan unit)
    {
        (string ja, string en) = UnitStates.Words(department.ActivityOf(unit.Id).State);
        return new Choosable(unit.Id.Value, $"{unit.Name}({ja})", en);
    }

    private string NameOf(UnitId unit) => department.City.Plan.FindUnit(unit)?.Name ?? unit.Value;
}
