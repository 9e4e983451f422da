using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Crew;

/// <summary>One tap each, in order; the next one largest, the others at hand, because a skipped button is a gap and no fault.</summary>
internal sealed class MilestoneButtons(IIdSource ids)
{
    public Html Of(CrewOrder about, DateTimeOffset now)
    {
        MilestoneKind last = about
            .Incident.StandingMilestonesOf(about.Order.Id)
            .Select(m => m.Kind)
            .DefaultIfEmpty(MilestoneKind.Dispatched)
            .Max();
        IEnumerable<MilestoneKind> kinds = Enum.GetValues<MilestoneKind>()
            .Where(k => k > MilestoneKind.Dispatched);
        return Html.Of(
            $"""
            <section class="steps"><h2>時刻 <span lang="en">milestones</span></h2>
            <ol>{kinds.Select(k => Step(about, k, k == last + 1, now))}</ol></section>
            """
        );
    }

    private Html Step(CrewOrder about, MilestoneKind kind, bool isNext, DateTimeOffset now)
    {
        if (about.Incident.FindMilestone(about.Order.Id, kind) is { } told)
        {
            return Told(about, told, now);
        }

        (string ja, string en) = IncidentWords.Of(kind);
        string size = isNext ? "primary huge" : "";
        Html buttons = AsksForCard(about, kind)
            ? Html.Of(
                $"""<span class="two"><button class="{size}" name="returned" value="yes">{ja}・カード返却済み <span lang="en">{en}, card given back</span></button><button name="returned" value="no">{ja}・カード未返却 <span lang="en">not given back</span></button></span>"""
            )
            : Html.Of($"""<button class="{size}">{ja} <span lang="en">{en}</span></button>""");
        Html inside = Html.Of(
            $"""{Fields.Hidden("kind", ((int)kind).ToString(System.Globalization.CultureInfo.InvariantCulture))}{buttons}"""
        );
        return Html.Of(
            $"""<li class="{(isNext ? "next" : "")}">{CrewForm.Of(about, ids, "milestone", inside)}</li>"""
        );
    }

    private Html Told(CrewOrder about, Milestone told, DateTimeOffset now)
    {
        (string ja, string en) = IncidentWords.Of(told.Kind);
        Html takeBack = CrewForm.Of(
            about,
            ids,
            "withdraw",
            Html.Of(
                $"""{Fields.Hidden("milestone", told.Id)}<button class="small">取消し <span lang="en">take back</span></button>"""
            )
        );
        string marks =
            (told.IsLate ? " 遅れて報告" : "") + (told.HasGapBefore ? " 前の時刻なし" : "");
        return Html.Of(
            $"""<li class="told"><span class="yes">✓ {ja}</span> <span lang="en">{en}</span> <b>{Moments.Clock(told.OccurredAt)}</b> <span class="hint">{Moments.Ago(told.OccurredAt, now)}{marks}</span>{takeBack}</li>"""
        );
    }

    /// <summary>引継ぎ asks whether the card was given back, where one was in hand: two buttons, still one tap.</summary>
    private static bool AsksForCard(CrewOrder about, MilestoneKind kind) =>
        kind == MilestoneKind.Handover
        && about.Incident.CardSteps.Any(c => c.State is not CardStepState.Closed);
}
