using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Routes;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Pages.Map;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>What moves, over the streets: places with their doubt, units by shape and letter, the route of the order.</summary>
internal sealed class BoardMap(
    CityPlan city,
    Department department,
    Situations situations,
    StreetMap streets,
    RestrictedLines restrictions,
    UnitPlaces places
)
{
    public const string StreetsPath = "/board/streets.svg";

    public Html Of(Incident? selected, DateTimeOffset now) =>
        streets.Frame is { } frame
            ? Draw(frame, selected, now)
            : Html.Of(
                $"""<section class="map"><p class="empty">道路データがありません <span lang="en">no road map is loaded</span></p></section>"""
            );

    private Html Draw(MapFrame frame, Incident? selected, DateTimeOffset now) =>
        Html.Of(
            $"""
            <section class="map" aria-label="地図">
            <svg viewBox="-12 -12 {MapFrame.Width + 24} {frame.Height
                + 24}" preserveAspectRatio="xMidYMid meet">
            <image href="{StreetsPath}" x="0" y="0" width="{MapFrame.Width}" height="{frame.Height}"/>
            {restrictions.Of(frame, now)}
            {RouteOf(frame, selected)}
            {Doubt(frame, selected)}
            {city.Plan.Stations.Select(s => StationOf(frame, s))}
            {city.Hospitals.Select(h => HospitalOf(frame, h))}
            {department.Incidents.OpenIncidents.Select(i =>
                PlaceOf(frame, i, i.Id == selected?.Id)
            )}
            {UnitsOf(frame, now)}
            </svg>
            {Legend()}
            <p class="credit">© OpenStreetMap contributors</p>
            </section>
            """
        );

    private static Html Legend() =>
        Html.Of(
            $"""
            <ul class="legend" aria-label="凡例">
            {Enum.GetValues<UnitState>().Select(s =>
                Html.Of($"<li>{UnitSymbols.Beside(s)}{UnitStates.Words(s).Ja} <span lang=\"en\">{UnitStates.Words(s).En}</span></li>")
            )}
            {RestrictedLines.Legend()}
            </ul>
            """
        );

    private Html RouteOf(MapFrame frame, Incident? selected)
    {
        if (selected is null)
        {
            return Html.Nothing;
        }

        var situation = situations.Now();
        IEnumerable<Route> routes = selected
            .ActiveOrders.Where(o => IsOnTheWay(department.ActivityOf(o.Unit).State))
            .Select(o => RouteToScene.Find(situation, selected, o.Unit))
            .OfType<Route>();
        return Html.Join(
            routes.Select(r => Html.Of($"""<path class="route" d="{frame.PathOf(r.Polyline)}"/>"""))
        );
    }

    private static bool IsOnTheWay(UnitState state) =>
        state is UnitState.Dispatched or UnitState.EnRoute;

    private static Html Doubt(MapFrame frame, Incident? selected)
    {
        if (selected?.Place.Point is not { } point)
        {
            return Html.Nothing;
        }

        (double x, double y) = frame.Of(point);
        double radius = selected.Place.UncertaintyMeters * frame.UnitsPerMeter;
        string kind =
            selected.Place.Precision == PlacePrecision.TownCentre ? "doubt rough" : "doubt";
        return Html.Of(
            $"""<circle class="{kind}" cx="{MapFrame.Number(x)}" cy="{MapFrame.Number(y)}" r="{MapFrame.Number(radius)}"/>"""
        );
    }

    private static Html StationOf(MapFrame frame, Station station)
    {
        (double x, double y) = frame.Of(station.Point);
        return Html.Of(
            $"""<g class="station" transform="translate({MapFrame.Number(x)} {MapFrame.Number(y)})"><path d="M-8 8V-3L0 -9L8 -3V8Z"/><text y="22">{Plain(station.Name)}</text></g>"""
        );
    }

    private static Html HospitalOf(MapFrame frame, HospitalPlan hospital)
    {
        (double x, double y) = frame.Of(hospital.Point);
        return Html.Of(
            $"""<g class="hospital" transform="translate({MapFrame.Number(x)} {MapFrame.Number(y)})"><rect x="-8" y="-8" width="16" height="16" rx="2"/><path d="M-4 -5V5M4 -5V5M-4 0H4"/><text y="-12">{Plain(hospital.Name)}</text></g>"""
        );
    }

    /// <summary>The map has no room for "(fictional)" behind every name; the head line says it for all.</summary>
    private static string Plain(string name) =>
        name.Replace("(架空)", "", StringComparison.Ordinal);

    private static Html PlaceOf(MapFrame frame, Incident incident, bool isSelected)
    {
        if (incident.Place.Point is not { } point)
        {
            return Html.Nothing;
        }

        (double x, double y) = frame.Of(point);
        string kind = isSelected ? "place selected" : "place";
        Html label = isSelected
            ? Html.Of(
                $"""<text class="place-label" x="14" y="-14">{IncidentWords.Where(incident.Place)}</text>"""
            )
            : Html.Nothing;
        return Html.Of(
            $"""<a href="/board?incident={incident.Id.Value}"><g class="{kind} u-{(int)incident.Urgency.Level}" transform="translate({MapFrame.Number(x)} {MapFrame.Number(y)})"><path d="M0 0C-4 -8 -9 -11 -9 -17A9 9 0 0 1 9 -17C9 -11 4 -8 0 0Z"/><circle cy="-17" r="3.4"/>{label}</g></a>"""
        );
    }

    /// <summary>Units at the same place stand in a row, so that none hides another.</summary>
    private Html UnitsOf(MapFrame frame, DateTimeOffset now)
    {
        const double Near = 20;
        const double Step = 27;
        var drawn = new List<(double X, double Y)>();
        var units = new List<Html>();
        foreach (UnitPlan unit in city.Plan.Units)
        {
            UnitActivity activity = department.ActivityOf(unit.Id);
            UnitPlace place = places.Of(unit, activity, now);
            (double x, double y) = frame.Of(place.Point);
            // Beside what it stands at, so that station and place stay readable beneath.
            bool isHome =
                place.Point.DistanceMetersTo(city.Plan.GetStation(unit.Station).Point) < 150;
            (x, y) = (x + (activity.State == UnitState.OnScene ? 20 : 0), y - (isHome ? 20 : 0));
            while (drawn.Exists(d => Math.Abs(d.X - x) < Near && Math.Abs(d.Y - y) < Near))
            {
                x += Step;
            }

            drawn.Add((x, y));
            units.Add(UnitAt(unit, activity.State, place, x, y));
        }

        return Html.Join(units);
    }

    private static Html UnitAt(UnitPlan unit, UnitState state, UnitPlace place, double x, double y)
    {
        string kind = place.IsStale ? "unit stale" : "unit";
        return Html.Of(
            $"""<g class="{kind} {UnitSymbols.ClassOf(state)}" transform="translate({MapFrame.Number(x)} {MapFrame.Number(y)})"><title>{unit.Name} {UnitStates.Words(state).Ja}</title>{UnitSymbols.Shape(state)}<text y="-12">{Letters(unit.Name)}</text></g>"""
        );
    }

    /// <summary>北救急2 → 北2: what is read aloud.</summary>
    public static string Letters(string name) => name.Replace("救急", "", StringComparison.Ordinal);
}
