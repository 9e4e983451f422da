using System.Text;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Pages.Access;
using MinaKyukyu.Server.Pages.Forms;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>What a dispatcher's forms do: the same flows as the wire's, under the same rules.</summary>
internal sealed class BoardCommands(
    CityPlan city,
    CodeTables codes,
    Towns towns,
    OpenIncident openIncident,
    AssignUnit assignUnit,
    RefusalPage refusals
)
{
    public async Task<PageAnswer> OpenAsync(PageCall call, PageForm form, CancellationToken stop)
    {
        Command command = form.Command(call.Session.AsConsole(city.Plan), call.Http.Request.Path);
        var spoken = new Call(
            null,
            null,
            null,
            Parse.Telephone(form["callback"]),
            PlaceOf(form),
            new Urgency(Known((UrgencyLevel)form.Int("urgency")), ""),
            form["type"].Length == 0 ? null : codes.Required(form["type"], "incident-type", "type"),
            Known((CardReadiness)form.Int("card")),
            [HeardIn(form)],
            Parse.FreeText(form["remarks"])
        );
        CommandAnswer<IncidentOpened> answer = await openIncident.OpenAsync(
            command,
            spoken,
            opened => Encoding.UTF8.GetBytes(opened.Id.Value),
            stop
        );
        return answer is CommandAnswer<IncidentOpened>.Answered(var bytes, _)
            ? new PageAnswer.SeeOther($"/board?incident={Encoding.UTF8.GetString(bytes.Span)}")
            : refusals.After(answer, "/board", "/board/new");
    }

    /// <summary>What is not said, or not known here, is left open: an emergency is not refused for it.</summary>
    private Patient HeardIn(PageForm form) =>
        new(
            PatientSlot.First,
            codes.Lenient(form[HolderComparison.AgeBands], HolderComparison.AgeBands),
            false,
            null
        )
        {
            Sex = codes.Lenient(form[HolderComparison.Sexes], HolderComparison.Sexes),
        };

    private static T Known<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value) ? value : default;

    /// <summary>A town without coordinates is its centre, whatever precision was chosen: it is never an address.</summary>
    private Place PlaceOf(PageForm form)
    {
        Town? town = towns.Find(form["town"]);
        GeoPoint? point =
            form.Double("lat") is { } lat
            && form.Double("lon") is { } lon
            && GeoPoint.IsValid(lat, lon)
                ? new GeoPoint(lat, lon)
                : null;
        var chosen = (PlacePrecision)form.Int("precision");
        PlacePrecision precision =
            point is not null && Enum.IsDefined(chosen) ? chosen
            : point is null && town is not null ? PlacePrecision.TownCentre
            : PlacePrecision.Unknown;
        return new Place(
            point ?? town?.Centre,
            precision,
            null,
            Parse.FreeText($"{town?.Name} {form["address"]}".Trim()),
            Math.Clamp(form.Int("floor"), -50, 200),
            Parse.FreeText(form["landmark"])
        );
    }

    public async Task<PageAnswer> AssignAsync(PageCall call, PageForm form, CancellationToken stop)
    {
        Command command = form.Command(call.Session.AsConsole(city.Plan), call.Http.Request.Path);
        IncidentId incident = Parse.Incident(form["incident"]);
        var choice = new Choice(
            Parse.Unit(form["unit"]),
            form["recommendation"].Length == 0
                ? null
                : Parse.Id(
                    form["recommendation"],
                    "recommendation_id",
                    id => new RecommendationId(id)
                ),
            form["reason"].Length == 0
                ? null
                : codes.Required(form["reason"], "override-reason", "override_reason")
        );
        CommandAnswer<Order> answer =
            form["replaces"].Length == 0
                ? await assignUnit.AssignAsync(command, incident, choice, Encode, stop)
                : await assignUnit.ReassignAsync(
                    command,
                    Parse.Assignment(form["replaces"]),
                    choice,
                    Encode,
                    stop
                );
        string board = $"/board?incident={incident.Value}";
        return refusals.After(answer, board, board);
    }

    private static byte[] Encode(Order order) => Encoding.UTF8.GetBytes(order.Id.Value);
}
