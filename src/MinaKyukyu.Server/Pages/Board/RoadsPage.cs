using System.Globalization;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Incidents.State;
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

/// <summary>交通規制: a form to restrict a road, and what is in force. A page of its own that never refreshes under the dispatcher's hand.</summary>
internal sealed class RoadsPage(
    PageFrame frame,
    Department department,
    RoadPicture picture,
    Towns towns,
    CodeBook codes,
    IIdSource ids,
    TimeProvider time
)
{
    public const string Path = "/board/roads";

    /// <summary>When a restriction ends if nobody says otherwise.</summary>
    /// <value>3 hours: an event or a flooded underpass; works are known to the day.</value>
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(3);

    /// <summary>Per cent of the usual speed that the form offers; 0: closed.</summary>
    private static readonly int[] Speeds = [0, 75, 50, 25, 10];

    private static readonly int[] RadiiMeters = [0, 50, 100, 200, 500, 1_000];

    public PageAnswer Show(PageCall call)
    {
        DateTimeOffset now = time.GetUtcNow();
        string incident = call.Query("incident");
        Html body = Html.Of(
            $"""
            <main class="form wide roads">
            {Form(call.Session, incident, now)}
            {List(call.Session, incident, now)}
            </main>
            """
        );
        return new PageAnswer.Page(
            frame.Around(new PageHead("交通規制", "Road restrictions", "page-form"), body)
        );
    }

    private Html Form(PageSession session, string incident, DateTimeOffset now) =>
        Html.Of(
            $"""
            <form method="post" action="{Path}">
            {PageForm.Marks(session, ids)}{Fields.Hidden("incident", incident)}
            <fieldset><legend>場所 <span lang="en">place</span></legend>
            <label for="lat">緯度・経度 <span lang="en">lat, lon</span></label><span class="pair"><input id="lat" name="lat" inputmode="decimal" aria-label="緯度 latitude"><input id="lon" name="lon" inputmode="decimal" aria-label="経度 longitude"></span>
            <label for="at-incident">または事案の場所 <span lang="en">or an incident's place</span></label>{Fields.Select(
                "at-incident",
                Incidents(),
                "",
                "(選択なし)"
            )}
            <label for="town">または町丁目の代表点 <span lang="en">or a town's centre</span></label>{Fields.Select(
                "town",
                towns.All.Select(t => new Choosable(t.Name, t.Name, "")),
                "",
                "(選択なし)"
            )}
            <label for="radius">範囲 <span lang="en">radius</span></label>{Fields.Select(
                "radius",
                RadiiMeters.Select(ChoiceOfRadius)
            )}
            </fieldset>
            <fieldset><legend>規制 <span lang="en">restriction</span></legend>
            <label for="speed">内容 <span lang="en">effect</span></label>{Fields.Select(
                "speed",
                Speeds.Select(ChoiceOfSpeed)
            )}
            <label for="kind">原因 <span lang="en">kind</span></label>{Fields.Codes(
                "kind",
                codes,
                RoadRestrictions.KindTable
            )}
            <label for="until">終了日時 <span lang="en">until</span></label><input id="until" name="until" type="datetime-local" required value="{RoadCommands.InputOf(
                now + UsualLife
            )}">
            <p class="hint">90日以内。この時刻に自動で終わります。<span lang="en">Ends by itself, within 90 days.</span></p>
            <label for="reason">説明 <span lang="en">reason</span></label><textarea id="reason" name="reason" rows="3" maxlength="{RoadPicture.LongestReason}" aria-describedby="reason-hint"></textarea>
            <p class="hint" id="reason-hint">氏名・住所・電話番号など個人の情報は書かないでください。<span lang="en">No names, addresses or numbers of persons.</span></p>
            </fieldset>
            <div class="buttons"><button class="primary">規制を登録する <span lang="en">restrict the road</span></button><a class="button" href="{BoardOf(
                incident
            )}">指令台に戻る <span lang="en">back</span></a></div>
            </form>
            """
        );

    private IEnumerable<Choosable> Incidents() =>
        department
            .Incidents.OpenIncidents.Where(i => i.Place.Point is not null)
            .Select(i => new Choosable(
                i.Id.Value,
                $"{IncidentWords.Short(i.Id)} {IncidentWords.Where(i.Place)}",
                ""
            ));

    private static Choosable ChoiceOfRadius(int meters)
    {
        (string ja, string en) = RoadSentences.Words(
            new RestrictedPlace(new Vocabulary.Places.GeoPoint(0, 0), meters)
        );
        return new Choosable(meters.ToString(CultureInfo.InvariantCulture), ja, en);
    }

    private static Choosable ChoiceOfSpeed(int percent)
    {
        (string ja, string en) = RoadSentences.Words(
            percent == 0 ? RoadEffect.Closed : RoadEffect.SlowedTo(percent)
        );
        return new Choosable(percent.ToString(CultureInfo.InvariantCulture), ja, en);
    }

    private Html List(PageSession session, string incident, DateTimeOffset now)
    {
        IReadOnlyList<RoadRestriction> inForce = department.RoadRestrictions.ListInForce(now);
        Html rows =
            inForce.Count == 0
                ? Html.Of(
                    $"""<p class="empty">規制はありません <span lang="en">none in force</span></p>"""
                )
                : Html.Of(
                    $"""
                    <table><thead><tr><th scope="col">内容 <span lang="en">effect</span></th><th scope="col">原因・説明 <span lang="en">why</span></th><th scope="col">場所 <span lang="en">place</span></th><th scope="col">開始 <span lang="en">since</span></th><th scope="col">終了 <span lang="en">until</span></th><th scope="col">登録 <span lang="en">by</span></th><th scope="col"></th></tr></thead>
                    <tbody>{inForce.Select(r => Row(r, session, incident))}</tbody></table>
                    """
                );
        return Html.Of(
            $"""
            <section aria-label="有効な規制"><h2>有効な規制 <span lang="en">in force</span> <b class="count">{inForce.Count}</b> <span class="hint">件</span></h2>
            {rows}</section>
            """
        );
    }

    private Html Row(RoadRestriction restriction, PageSession session, string incident)
    {
        (string ja, string en) = RoadSentences.Words(restriction.Effect);
        (string whereJa, string whereEn) = RoadSentences.Words(restriction.Place);
        CodeEntry? kind = codes.Find(restriction.Report.Kind);
        string point = string.Create(
            CultureInfo.InvariantCulture,
            $"{restriction.Place.Point.Latitude:0.00000}, {restriction.Place.Point.Longitude:0.00000}"
        );
        Html note = picture.NoteOn(restriction) is { } why
            ? Html.Of(
                $"""<p class="alarm">⚠ {why.Words.Ja} <span lang="en">{why.Words.En}</span></p>"""
            )
            : Html.Nothing;
        return Html.Of(
            $"""
            <tr><th scope="row">{ja} <span lang="en">{en}</span></th><td class="why">{kind?.Ja} <span lang="en">{kind?.En}</span> {restriction.Report.Reason}{note}</td><td>{point}<br>{whereJa} <span lang="en">{whereEn}</span></td><td class="when">{Moments.Minute(
                restriction.Since
            )}</td><td class="when">{Moments.Minute(
                restriction.ExpiresAt
            )}</td><td class="id">{restriction.By}</td><td><form method="post" action="{RoadCommands.LiftPath}">{PageForm.Marks(
                session,
                ids
            )}{Fields.Hidden("incident", incident)}{Fields.Hidden(
                "restriction",
                restriction.Id.Value
            )}<button aria-label="解除する lift: {ja} {kind?.Ja} {point}">解除 <span lang="en">lift</span></button></form></td></tr>
            """
        );
    }

    /// <summary>Back to the incident from which the dispatcher came.</summary>
    public static string BoardOf(string incident) =>
        Identifier.IsWellFormed(incident) ? $"/board?incident={incident}" : "/board";
}
