using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Crew;

/// <summary>出動指令: where, how exactly that is known, what was said, whom to call back.</summary>
internal sealed class OrderSheet(CallbackNumbers callbackNumbers, CodeBook codes, IIdSource ids)
{
    public async Task<Html> OfAsync(CrewOrder about, DateTimeOffset now, CancellationToken stop)
    {
        (Incident incident, Order order) = (about.Incident, about.Order);
        string number = order.IsActive ? await callbackNumbers.FindAsync(incident.Id, stop) : "";
        (string precisionJa, string precisionEn) = IncidentWords.Precision(incident.Place);
        (string urgencyJa, string urgencyEn) = IncidentWords.Of(incident.Urgency.Level);
        return Html.Of(
            $"""
            <section class="order u-{(int)incident.Urgency.Level}">
            {Ended(order)}
            <p><b class="urgency">{urgencyJa}</b> <span lang="en">{urgencyEn}</span> {TypeOf(
                incident
            )} <span class="hint">指令 {Moments.Clock(order.DispatchedAt)}・{Moments.Ago(
                order.DispatchedAt,
                now
            )}　入電 {Moments.Clock(
                incident.CallReceivedAt
            )}</span> <span class="id">{IncidentWords.Short(incident.Id)}</span></p>
            <p class="where">{IncidentWords.Where(incident.Place)}</p>
            <p class="precision">{precisionJa} <span lang="en">{precisionEn}</span></p>
            <dl>
            {Row("目標物", "landmark", incident.Place.Landmark)}
            {Row("階", "floor", FloorOf(incident.Place.Floor))}
            {Row("通報者の電話", "callback", number)}
            {Row("カード", "card", IncidentWords.Of(incident.CardReadiness).Ja)}
            {Row("備考", "remarks", incident.Remarks)}
            </dl>
            {Acknowledge(about)}
            </section>
            """
        );
    }

    /// <summary>An order that was taken away must never look like one that stands.</summary>
    private static Html Ended(Order order) =>
        order.End switch
        {
            OrderEnd.Cancelled => Html.Of(
                $"""<p class="alarm big">⚠ この指令は取り消されました <span lang="en">this order was cancelled</span></p>"""
            ),
            OrderEnd.Replaced => Html.Of(
                $"""<p class="alarm big">⚠ 別の隊に交代しました <span lang="en">another unit goes instead</span></p>"""
            ),
            _ => Html.Nothing,
        };

    private static Html Row(string ja, string en, string text) =>
        text.Length == 0
            ? Html.Nothing
            : Html.Of($"""<dt>{ja} <span lang="en">{en}</span></dt><dd>{text}</dd>""");

    private static string FloorOf(int floor) =>
        floor switch
        {
            0 => "",
            < 0 => $"地下{-floor}階",
            _ => $"{floor}階",
        };

    private string TypeOf(Incident incident) =>
        incident.Type is { } type ? codes.Find(type)?.Ja ?? type.Value : "";

    private Html Acknowledge(CrewOrder about) =>
        about.Order switch
        {
            { IsActive: true, AcknowledgedAt: null } => CrewForm.Of(
                about,
                ids,
                "acknowledge",
                Html.Of(
                    $"""<button class="primary huge">指令を確認 <span lang="en">acknowledge</span></button>"""
                )
            ),
            { AcknowledgedAt: { } at } => Html.Of(
                $"""<p class="yes">✓ 指令確認 {Moments.Clock(at)}</p>"""
            ),
            _ => Html.Nothing,
        };
}
