using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>指令台: what waits longest, who is free, what is advised and why.</summary>
internal sealed class BoardPage(
    PageFrame frame,
    Department department,
    IncidentColumn incidents,
    BoardMap map,
    UnitColumn units,
    RecommendationCard card,
    OrderWatchLines watch,
    ActivityLog log,
    TimeProvider time
)
{
    public const int RefreshSeconds = 5;

    public PageAnswer Show(PageCall call)
    {
        DateTimeOffset now = time.GetUtcNow();
        Incident? selected = Select(call.Query("incident"));
        Html body = Html.Of(
            $"""
            <main class="board">
            {incidents.Of(selected?.Id, now)}
            {map.Of(selected, now)}
            {units.Of(now)}
            {card.Of(selected, call.Session, now)}
            {watch.Of(now)}
            {log.Of(now)}
            </main>
            """
        );
        var head = new PageHead("指令台", "Dispatch board", "page-board", RefreshSeconds)
        {
            Aside = Html.Of(
                $"""
                <nav><a class="button" href="/board/new">新しい事案 <span lang="en">new incident</span></a> <a class="button" href="{RoadsPage.Path}?incident={selected?.Id.Value}">交通規制 <b>{department
                    .RoadRestrictions.ListInForce(now)
                    .Count}</b> <span lang="en">roads</span></a> <a class="button" href="/report">統計 <span lang="en">report</span></a></nav>
                <p class="clock">{Moments.Date(now)} <b>{Moments.Clock(
                    now
                )}</b> <span class="hint">{RefreshSeconds}秒ごとに更新</span></p>
                """
            ),
        };
        return new PageAnswer.Page(frame.Around(head, body));
    }

    /// <summary>The one that was clicked; else the first that waits; else the first that is open.</summary>
    private Incident? Select(string id)
    {
        IncidentsState state = department.Incidents;
        if (Identifier.IsWellFormed(id) && state.Find(new IncidentId(id)) is { } chosen)
        {
            return chosen;
        }

        return state.OpenIncidents.FirstOrDefault(i => i.IsWaiting)
            ?? state.OpenIncidents.FirstOrDefault();
    }
}
