using System.Globalization;
using System.Text;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Wire;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>What the forms about roads do. Unlike a call for help, a restriction whose place or end makes no sense is refused.</summary>
internal sealed class RoadCommands(
    CityPlan city,
    Department department,
    CodeTables codes,
    Towns towns,
    RoadPicture picture,
    RestrictRoads restrictRoads,
    RefusalPage refusals
)
{
    public const string LiftPath = "/board/roads/lift";

    private const string InputFormat = "yyyy-MM-dd'T'HH:mm";

    /// <summary>A moment as the value of an input of dates and times, in Japan Standard Time as everything on the pages.</summary>
    public static string InputOf(DateTimeOffset moment) =>
        moment.ToOffset(Moments.Jst).ToString(InputFormat, CultureInfo.InvariantCulture);

    public async Task<PageAnswer> RestrictAsync(
        PageCall call,
        PageForm form,
        CancellationToken stop
    )
    {
        Command command = form.Command(call.Session.AsConsole(city.Plan), call.Http.Request.Path);
        var report = new RoadReport(
            PlaceOf(form),
            EffectOf(form),
            codes.Required(form["kind"], RoadRestrictions.KindTable, "kind"),
            Parse.FreeText(form["reason"], RoadPicture.LongestReason),
            UntilOf(form)
        );
        CommandAnswer<RoadRestriction> answer = await restrictRoads.RestrictAsync(
            command,
            report,
            made => Encoding.UTF8.GetBytes(WhereToLook(made, form["incident"])),
            stop
        );
        return answer is CommandAnswer<RoadRestriction>.Answered(var path, _)
            ? new PageAnswer.SeeOther(Encoding.UTF8.GetString(path.Span))
            : refusals.After(answer, RoadsPage.Path, RoadsPage.Path);
    }

    /// <summary>At the advice that it changes; where it changes none, at the list that says so.</summary>
    private string WhereToLook(RoadRestriction made, string incident) =>
        picture.NoteOn(made) is null ? RoadsPage.BoardOf(incident) : RoadsPage.Path;

    public async Task<PageAnswer> LiftAsync(PageCall call, PageForm form, CancellationToken stop)
    {
        Command command = form.Command(call.Session.AsConsole(city.Plan), call.Http.Request.Path);
        CommandAnswer<RoadRestriction> answer = await restrictRoads.LiftAsync(
            command,
            Parse.RoadRestriction(form["restriction"]),
            _ => [],
            stop
        );
        return refusals.After(answer, RoadsPage.BoardOf(form["incident"]), RoadsPage.Path);
    }

    private RestrictedPlace PlaceOf(PageForm form) =>
        new(
            PointOf(form),
            form.Double("radius") is { } meters && RestrictedPlace.IsRadius(meters)
                ? meters
                : throw Parse.Malformed("radius")
        );

    /// <summary>Coordinates, else the incident, else the town that was chosen.</summary>
    private GeoPoint PointOf(PageForm form)
    {
        if (form["lat"].Length > 0 || form["lon"].Length > 0)
        {
            return
                form.Double("lat") is { } lat
                && form.Double("lon") is { } lon
                && GeoPoint.IsValid(lat, lon)
                ? new GeoPoint(lat, lon)
                : throw Parse.Malformed("point");
        }

        GeoPoint? chosen =
            form["at-incident"].Length > 0
                ? department.Incidents.Find(Parse.Incident(form["at-incident"]))?.Place.Point
                : towns.Find(form["town"])?.Centre;
        return chosen
            ?? throw new InvalidRequestException(
                InvalidRequestException.RequiredFieldEmpty,
                "point"
            );
    }

    /// <summary>0 per cent is closed; what is no number closes nothing.</summary>
    private static RoadEffect EffectOf(PageForm form) =>
        form["speed"] == "0" ? RoadEffect.Closed
        : RoadEffect.IsSlowness(form.Int("speed")) ? RoadEffect.SlowedTo(form.Int("speed"))
        : throw Parse.Malformed("speed");

    private static DateTimeOffset UntilOf(PageForm form) =>
        DateTime.TryParseExact(
            form["until"],
            InputFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateTime until
        ) && until.Year is >= 2000 and < 2200
            ? new DateTimeOffset(until, Moments.Jst)
            : throw Parse.Malformed("until");
}
