using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Server.Pages.Crew;

/// <summary>
/// The card step as a browser can do it: it has no card reader, so it tells the steps, says that the tablet program reads the
/// card and alone shows the summary, and closes the step with one tap where there is no card.
/// </summary>
internal sealed class CardFlow(CodeBook codes, IIdSource ids)
{
    public Html Of(CrewOrder about)
    {
        CardStep? step = about.Incident.FindCardStep(PatientSlot.First);
        return Html.Of(
            $"""
            <section class="card"><h2>マイナ救急 <span lang="en">card step</span></h2>
            {State(step)}
            <ol class="flow"><li>本人確認: カードの顔写真と本人を目視で照合 <span lang="en">face against photo</span></li><li>同意: 口頭で同意を得る <span lang="en">spoken consent</span></li><li>読取・閲覧: <b>車載端末のプログラムで行います</b> <span lang="en">read and shown by the tablet program</span></li></ol>
            <p class="hint">このページにはカードリーダーがなく、救急サマリーは表示されません。<span lang="en">No card reader here; the summary is never shown on this page.</span></p>
            {(
                about.Order.IsActive
                && step is not { State: CardStepState.Viewed or CardStepState.Closed }
                    ? Reasons(about)
                    : Html.Nothing
            )}
            </section>
            """
        );
    }

    private Html State(CardStep? step) =>
        step switch
        {
            { State: CardStepState.Viewed } => Html.Of(
                $"""<p class="yes">✓ 閲覧済み {Moments.Clock(step.UpdatedAt)} {IncidentWords.OfLevel(step.Level).Ja}</p>"""
            ),
            { State: CardStepState.Closed, Reason: { } why } => Html.Of(
                $"""<p class="yes">✓ カード閲覧なし: {codes.Find(why)?.Ja ?? why.Value} {Moments.Clock(step.UpdatedAt)}</p>"""
            ),
            { State: CardStepState.Withdrawn } => Html.Of($"""<p>同意の撤回により終了</p>"""),
            { State: CardStepState.Checking } => Html.Of($"""<p>車載端末で確認中</p>"""),
            _ => Html.Nothing,
        };

    /// <summary>One form; the button that is tapped carries the reason.</summary>
    private Html Reasons(CrewOrder about)
    {
        IEnumerable<Html> buttons = codes
            .List(CardSteps.NoViewReason)
            .Select(e =>
                Html.Of($"""<button name="reason" value="{e.Code.Value}">{e.Ja}</button>""")
            );
        return Html.Of(
            $"""<p><b>カードを使わない場合は理由を1回押す</b> <span lang="en">no card: one tap</span></p>{CrewForm.Of(about, ids, "no-card", Html.Of($"""<div class="taps">{buttons}</div>"""))}"""
        );
    }
}
