using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>Who is advised, why, and how sure that is. Advice: nothing has happened until the dispatcher presses.</summary>
internal sealed class RecommendationCard(
    BoardAdvice advice,
    AdviceSentences sentences,
    CityPlan city,
    IIdSource ids
)
{
    public Html Of(Incident? selected, PageSession session, DateTimeOffset now)
    {
        Html body =
            selected is null
                ? Html.Of(
                    $"""<p class="empty">事案を選んでください <span lang="en">choose an incident</span></p>"""
                )
            : advice.For(selected.Id) is { } given ? Body(selected, given, session, now)
            : Html.Of(
                $"""<p class="empty">この事案は終了しています <span lang="en">the incident is over</span></p>"""
            );
        return Html.Of(
            $"""
            <section class="advice" aria-label="推奨">
            {body}
            </section>
            """
        );
    }

    private Html Body(Incident incident, GivenAdvice given, PageSession session, DateTimeOffset now)
    {
        (string levelJa, string levelEn) = AdviceSentences.Words(given.Advice.Level);
        (string whyJa, string whyEn) = sentences.Words(given.Advice.LevelReason);
        // A model is named; without one it is said why not.
        string basis = given.Advice.Model is { } model ? ArrivalSentences.NameOf(model) : whyJa;
        string title = incident.IsWaiting ? "推奨(未指令)" : "追加・交代の推奨(未指令)";
        return Html.Of(
            $"""
            <h2>{title} <span lang="en">advice, not an order</span> <span class="hint count">{IncidentWords.Short(
                incident.Id
            )}・{Moments.Ago(given.At, now)}に計算</span></h2>
            {Nobody(given.Advice.Nobody)}
            {given.Advice.Candidates.Take(1).Select(c => First(given.Advice.Level, c))}
            <p class="level" title="{whyEn}">確からしさ: <b>{levelJa}</b> <span lang="en">{levelEn}</span>・{basis}</p>
            {Buttons(incident, given, session)}
            <table>
            {given.Advice.Candidates.Skip(1).Select(c => Row(incident, c))}
            </table>
            """
        );
    }

    private Html Nobody(Reason? why)
    {
        if (why is not { } reason)
        {
            return Html.Nothing;
        }

        (string ja, string en) = sentences.Words(reason);
        return Html.Of($"""<p class="alarm">⚠ {ja} <span lang="en">{en}</span></p>""");
    }

    private Html First(RecommendationLevel level, UnitCandidate candidate)
    {
        Sentence spoken = ArrivalSentences.Spoken(level, candidate);
        return Html.Of(
            $"""
            <div class="first"><p><b class="name">{NameOf(candidate.Unit)}</b> {Eta(
                candidate
            )} <span class="hint">{Parts(candidate)}</span></p>
            <p class="spoken" title="{spoken.En}">指令したら通報者へ:「{spoken.Ja}」</p>
            <p>{candidate.Reasons.Select(ReasonOf)}</p></div>
            """
        );
    }

    /// <summary>What holds for the place holds for every unit and is said once, with the first.</summary>
    private Html Row(Incident incident, UnitCandidate candidate)
    {
        string other = $"/board/override?incident={incident.Id.Value}&unit={candidate.Unit.Value}";
        IEnumerable<Reason> own = candidate.Reasons.Where(r => !IsOfThePlace(r.Code)).Take(2);
        return Html.Of(
            $"""
            <tr><td class="num">{candidate.Rank}</td><th scope="row"><a href="{other}">{NameOf(
                candidate.Unit
            )}</a></th><td class="eta">{Eta(candidate)}</td><td class="why">{own.Select(
                BriefReasonOf
            )}</td></tr>
            """
        );
    }

    private static bool IsOfThePlace(ReasonCode code) =>
        code
            is ReasonCode.PlacePrecision
                or ReasonCode.TownCentreOnly
                or ReasonCode.SnapDistance
                or ReasonCode.LastMetersOnFoot
                or ReasonCode.ThroughClosure;

    private static Html Eta(UnitCandidate candidate)
    {
        if (candidate.EtaP50 is not { } eta)
        {
            return Html.Of($"""<span class="hint">時間不明</span>""");
        }

        string doubt =
            candidate.PlaceDoubt is { } place && place > TimeSpan.Zero
                ? $" ±{Durations.Ja(place)}"
                : "";
        string time = candidate is { EtaP10: { } p10, EtaP90: { } p90 }
            ? ArrivalSentences.Brief(p10, eta, p90)
            : Durations.Ja(eta);
        return Html.Of($"""<b>{time}</b><span class="doubt-words">{doubt}</span>""");
    }

    private static string Parts(UnitCandidate candidate) =>
        ArrivalSentences.Parts(candidate) is { } parts ? "= " + parts.Ja
        : candidate is { Turnout: { } turnout, Road: { } road }
            ? $"= 出動 {Durations.Ja(turnout)} + 道路 {Durations.Ja(road)}(± は場所の不確かさ)"
        : "";

    private Html ReasonOf(Reason reason)
    {
        (string ja, string en) = sentences.Words(reason);
        return Html.Of($"""<span class="reason">{ja} <span lang="en">{en}</span></span>""");
    }

    /// <summary>English on hovering: the other units have a line each.</summary>
    private Html BriefReasonOf(Reason reason)
    {
        (string ja, string en) = sentences.Words(reason);
        return Html.Of($"""<span class="reason" title="{en}">{ja}</span>""");
    }

    private Html Buttons(Incident incident, GivenAdvice given, PageSession session)
    {
        string change = $"/board/override?incident={incident.Id.Value}";
        Html accept = given.Advice.Advised is { } unit
            ? Html.Of(
                $"""
                <form method="post" action="/board/assign">{PageForm.Marks(
                    session,
                    ids
                )}{Fields.Hidden("incident", incident.Id.Value)}{Fields.Hidden(
                    "unit",
                    unit.Value
                )}{Fields.Hidden("recommendation", given.Id.Value)}
                <button class="{(incident.IsWaiting ? "primary" : "")}">{NameOf(unit)}{(
                    incident.IsWaiting ? "に指令する" : "を追加で指令する"
                )} <span lang="en">{(
                    incident.IsWaiting ? "order this unit" : "order it as well"
                )}</span></button></form>
                """
            )
            : Html.Nothing;
        return Html.Of(
            $"""<div class="buttons">{accept}<a class="button" href="{change}">別の隊を選ぶ <span lang="en">override</span></a></div>"""
        );
    }

    private string NameOf(UnitId unit) => city.Plan.FindUnit(unit)?.Name ?? unit.Value;
}
