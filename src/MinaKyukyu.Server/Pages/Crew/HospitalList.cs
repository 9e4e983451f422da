using System.Globalization;
using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Server.Pages.Crew;

/// <summary>病院選定: the ranking with its reasons, and what each hospital answered. Advice; the crew asks and decides.</summary>
internal sealed class HospitalList(
    ChooseHospital choose,
    AdviceSentences sentences,
    CityPlan city,
    CodeBook codes,
    IIdSource ids
)
{
    private const int Most = 5;

    public Html Of(CrewOrder about)
    {
        if (
            !about.Order.IsActive
            || choose.Recommend(about.Incident.Id, PatientSlot.First, Most) is not { } advice
        )
        {
            return Html.Nothing;
        }

        (string ja, string en) = AdviceSentences.Words(advice.Ranking.Level);
        return Html.Of(
            $"""
            <section class="hospitals"><h2>病院選定(推奨) <span lang="en">hospitals, advice</span> <span class="hint count">{ja} <span lang="en">{en}</span></span></h2>
            <table>{advice.Ranking.Hospitals.Select(h => Row(about, h))}</table></section>
            """
        );
    }

    private Html Row(CrewOrder about, HospitalCandidate hospital)
    {
        string road = hospital.Road is { } time ? Durations.Ja(time) : "";
        DestinationState? state = about
            .Order.Destinations.LastOrDefault(d =>
                d.Hospital == hospital.Hospital && d.Patient == PatientSlot.First
            )
            ?.State;
        return Html.Of(
            $"""
            <tr><td class="num">{hospital.Rank}</td><td><b>{city.FindHospital(
                hospital.Hospital
            )?.Name}</b> {road} {StateOf(state)}<br>{hospital.Reasons.Select(
                ReasonOf
            )}</td><td class="answers">{Buttons(about, hospital.Hospital)}</td></tr>
            """
        );
    }

    private static Html StateOf(DestinationState? state) =>
        state is { } known
            ? Html.Of($"""<b class="answer-{(int)known}">【{HospitalWords.Of(known).Ja}】</b>""")
            : Html.Nothing;

    private Html ReasonOf(Reason reason)
    {
        (string ja, string en) = sentences.Words(reason);
        return Html.Of($"""<span class="reason">{ja} <span lang="en">{en}</span></span>""");
    }

    private Html Buttons(CrewOrder about, HospitalId hospital)
    {
        Html inside = Html.Of(
            $"""{Fields.Hidden("hospital", hospital.Value)}{Button(DestinationState.Asked, "照会")}{Button(DestinationState.Accepted, "受入可")}"""
        );
        string refused = $"/crew/refused?unit={about.Unit.Id.Value}&hospital={hospital.Value}";
        return Html.Of(
            $"""{CrewForm.Of(about, ids, "hospital", inside)}<a class="button" href="{refused}">受入不可…</a>"""
        );
    }

    /// <summary>Why it refused: one tap on a page that does not refresh under the thumb.</summary>
    public Html Refusals(CrewOrder about, HospitalId hospital)
    {
        string state = ((int)DestinationState.Refused).ToString(CultureInfo.InvariantCulture);
        IEnumerable<Html> reasons = codes
            .List("refusal-reason")
            .Select(e =>
                Html.Of(
                    $"""<button name="reason" value="{e.Code.Value}">{e.Ja} <span lang="en">{e.En}</span></button>"""
                )
            );
        Html inside = Html.Of(
            $"""{Fields.Hidden("hospital", hospital.Value)}{Fields.Hidden("state", state)}<div class="taps">{reasons}</div>"""
        );
        return Html.Of(
            $"""
            <main class="form crew-taps"><p class="big">{city.FindHospital(
                hospital
            )?.Name} 受入不可の理由 <span lang="en">why it refused</span></p>
            {CrewForm.Of(about, ids, "hospital", inside)}
            <p><a class="button" href="/crew?unit={about.Unit.Id.Value}">やめる <span lang="en">back</span></a></p></main>
            """
        );
    }

    private static Html Button(DestinationState state, string word) =>
        Html.Of(
            $"""<button name="state" value="{((int)state).ToString(CultureInfo.InvariantCulture)}">{word}</button>"""
        );
}
