using System.Collections.Immutable;
using System.Globalization;
using MinaKyukyu.Dispatch;
using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.TestKit;

/// <summary>
/// A city as text and an expectation as a line, both readable by a dispatcher. Words that begin with S are stations, with H
/// hospitals; the roads are read by <see cref="DrawnMap"/>. It is a day, the present moment is 00:00 on the drawn clock.
/// </summary>
/// <example>
/// <code>
/// var city = TestCity.Draw("""
///     S1 -3- a -4- b
///            |     |
///            2     5
///            |     |
///            c -1- H1
///     """);
/// city.Unit("A1", at: "S1").Turnout("1m");
/// city.Incident("b", UrgencyLevel.Critical);
/// city.Recommends("A1@S1 ~ turnout 1m ~ drive 7m ~ scene b 00:08 [nearest by road]");
/// </code>
/// </example>
public sealed class TestCity
{
    /// <summary>Noon in Japan: crews turn out as by day.</summary>
    private static readonly DateTimeOffset Midday = new(2026, 4, 1, 3, 0, 0, TimeSpan.Zero);
    private static readonly DepartmentId Department = new("drawn");

    private readonly DrawnMap _map;
    private readonly LiveRoads _live;
    private readonly Dictionary<string, RoadRestrictionId> _restrictions = new(
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, CareNeeds> _services = new(StringComparer.Ordinal);
    private readonly HashSet<string> _notAccepting = new(StringComparer.Ordinal);
    private readonly Dictionary<UnitId, TestCityUnit> _units = [];
    private readonly Dictionary<string, ImmutableArray<StationId>> _orderOfTowns = new(
        StringComparer.Ordinal
    );
    private bool _hasRoads = true;
    private ITimeToSceneModel? _model;
    private ReasonCode _whyNoModel = ReasonCode.NoModel;
    private ImmutableArray<StationId> _stationOrder = [];
    private string _incidentPlace = "";
    private IncidentId? _incident;

    private TestCity(DrawnMap map)
    {
        _map = map;
        _live = new LiveRoads(map.Roads);
        Log = new TestCityLog(Department);
        Plan = new DepartmentPlan(
            Department,
            "Drawn (fictional)",
            [
                .. map
                    .Places.Where(place => place[0] == 'S')
                    .Select(place => new Station(new StationId(place), place, map.PlaceOf(place))),
            ],
            [],
            []
        );
    }

    public DateTimeOffset Now { get; set; } = Midday;

    public DispatchOptions Options { get; } = new();

    public DepartmentPlan Plan { get; private set; }

    public TestCityLog Log { get; }

    public Dictionary<UnitId, UnitPosition> Positions { get; } = [];

    public Incident TheIncident => Log.Incidents.Find(_incident!.Value)!;

    public Situation Situation =>
        new()
        {
            Plan = Plan,
            Fleet = Log.Fleet,
            Incidents = Log.Incidents,
            Now = Now,
            Positions = Positions,
            Roads = _hasRoads ? _live.Now(Now, Log.Roads) : null,
            Hospitals = [.. _map.Places.Where(place => place[0] == 'H').Select(Hospital)],
            Stations = new StationOrder(_stationOrder, _orderOfTowns),
            Options = Options,
            TimeToScene = _model,
            WhyNoModel = _whyNoModel,
        };

    public static TestCity Draw(string drawing) => new(DrawnMap.Draw(drawing));

    /// <summary>A place on the drawn map, known to the building.</summary>
    public static Place Exactly(GeoPoint point) =>
        new(point, PlacePrecision.Building, null, "", 0, "");

    /// <summary>Of a place that is drawn, or of the middle of a street such as "a-b".</summary>
    public GeoPoint PlaceOf(string place)
    {
        if (place.Split('-') is not [var one, var other])
        {
            return _map.PlaceOf(place);
        }

        (GeoPoint from, GeoPoint to) = (_map.PlaceOf(one), _map.PlaceOf(other));
        return new GeoPoint((from.Latitude + to.Latitude) / 2, (from.Longitude + to.Longitude) / 2);
    }

    /// <summary>Nobody drives through the street "a-b", or through any within some metres of it.</summary>
    /// <param name="until">On the drawn clock.</param>
    public TestCity Closes(string street, string until = "23:00", double meters = 0) =>
        Restrict(street, RoadEffect.Closed, until, meters);

    /// <summary>The street "a-b" can be driven at this share of its usual speed.</summary>
    public TestCity Slows(string street, int percent, string until = "23:00") =>
        Restrict(street, RoadEffect.SlowedTo(percent), until, 0);

    /// <summary>What holds on the street ends now.</summary>
    public TestCity Lifts(string street)
    {
        Log.Lift(_restrictions[street], Now);
        return this;
    }

    private TestCity Restrict(string street, RoadEffect effect, string until, double meters)
    {
        var report = new RoadReport(
            new RestrictedPlace(PlaceOf(street), meters),
            effect,
            new Code(RoadRestrictions.KindTable, "construction"),
            "",
            OnTheClock(until)
        );
        _restrictions[street] = Log.Restrict(report, Now).Id;
        return this;
    }

    /// <summary>The drawn clock goes on.</summary>
    public TestCity At(string clock)
    {
        Now = OnTheClock(clock);
        return this;
    }

    private static DateTimeOffset OnTheClock(string clock) =>
        Midday + TimeSpan.ParseExact(clock, @"hh\:mm", CultureInfo.InvariantCulture);

    /// <summary>A unit of this station, on duty there since six hours.</summary>
    public TestCityUnit Unit(string name, string at)
    {
        TestCityUnit unit = OffDuty(name, at);
        Log.SignOn(Plan, unit.Plan, Now.AddHours(-6));
        return unit;
    }

    public TestCityUnit OffDuty(string name, string at)
    {
        var plan = new UnitPlan(
            new UnitId(name),
            name,
            new StationId(at),
            new VehicleId($"v-{name}"),
            new CrewId($"crew-{name}"),
            new DeviceId($"tablet-{name}")
        );
        // Made anew: a plan indexes its units once, when it is made.
        Plan = new DepartmentPlan(
            Plan.Id,
            Plan.Name,
            Plan.Stations,
            Plan.Units.Add(plan),
            Plan.SpareVehicles
        );
        var unit = new TestCityUnit(this, plan);
        _units.Add(plan.Id, unit);
        return unit;
    }

    public TestCity Hospital(string place, CareNeeds services, bool accepting = true)
    {
        _services[place] = services;
        if (!accepting)
        {
            _notAccepting.Add(place);
        }

        return this;
    }

    public TestCity WithoutRoads()
    {
        _hasRoads = false;
        return this;
    }

    /// <summary>A model of the time to scene answers.</summary>
    public TestCity Model(ITimeToSceneModel model)
    {
        _model = model;
        return this;
    }

    /// <summary>None does, and that is why.</summary>
    public TestCity WithoutModel(ReasonCode why)
    {
        (_model, _whyNoModel) = (null, why);
        return this;
    }

    public TestCity StationsGo(params string[] stations)
    {
        _stationOrder = [.. stations.Select(s => new StationId(s))];
        return this;
    }

    public TestCity StationsGoTo(string town, params string[] stations)
    {
        _orderOfTowns[town] = [.. stations.Select(s => new StationId(s))];
        return this;
    }

    /// <param name="at">On the drawn clock; the call came then and the advice is asked for then.</param>
    public TestCity Incident(
        string place,
        UrgencyLevel urgency = UrgencyLevel.Critical,
        string at = "00:00"
    )
    {
        Now = OnTheClock(at);
        return Incident(Exactly(PlaceOf(place)), urgency, place);
    }

    public TestCity Incident(
        Place place,
        UrgencyLevel urgency = UrgencyLevel.Critical,
        string called = "x"
    )
    {
        _incident = Log.Open(place, urgency, Now).Id;
        _incidentPlace = called;
        return this;
    }

    /// <summary>The incident's own order, for what follows it.</summary>
    public Order Order(string unit) => Log.Order(TheIncident.Id, new UnitId(unit), Now);

    public UnitRecommendation Recommend(int maxCandidates = 10) =>
        UnitRecommender.Recommend(Situation, TheIncident, maxCandidates);

    public HospitalRecommendation RecommendHospital(
        CareNeeds needs = CareNeeds.None,
        int patient = 1
    ) => HospitalRecommender.Recommend(Situation, TheIncident, new PatientSlot(patient), needs);

    /// <summary>All candidates, one line each, in order.</summary>
    public UnitRecommendation Recommends(params string[] lines)
    {
        UnitRecommendation advice = Recommend();
        Same(lines, advice.Candidates.Select(Line), "recommends");
        return advice;
    }

    /// <summary>All units that are no candidates, with their reasons: "A2: off duty".</summary>
    public UnitRecommendation DoesNotSend(params string[] lines)
    {
        UnitRecommendation advice = Recommend();
        Same(
            lines,
            advice.Excluded.Select(e => $"{e.Unit}: {TestCityText.Words(e.Reason)}"),
            "does not send"
        );
        return advice;
    }

    /// <summary>Why nobody can be ordered now.</summary>
    public void HasNobody(string line)
    {
        Reason? nobody = Recommend().Nobody;
        Same([line], nobody is { } reason ? [TestCityText.Words(reason)] : [], "has nobody for");
    }

    /// <summary>"RouterOnly: no model".</summary>
    public void AdvisesAt(string level)
    {
        UnitRecommendation advice = Recommend();
        Same([level], [$"{advice.Level}: {TestCityText.Words(advice.LevelReason)}"], "advises at");
    }

    /// <summary>All hospitals, one line each, in order: "H1 ~ drive 3m [nearest, from the scene]".</summary>
    public HospitalRecommendation Carries(CareNeeds needs, params string[] lines)
    {
        HospitalRecommendation advice = RecommendHospital(needs);
        Same(lines, advice.Hospitals.Select(Line), "carries to");
        return advice;
    }

    private HospitalPlan Hospital(string place) =>
        new(
            new HospitalId(place),
            place,
            PlaceOf(place),
            _services.GetValueOrDefault(place),
            !_notAccepting.Contains(place)
        );

    private string Line(UnitCandidate candidate)
    {
        var parts = new List<string> { $"{candidate.Unit}@{WhereIs(candidate)}" };
        if (candidate.FreeIn is { } freeIn)
        {
            parts.Add($"free in {TestCityText.Span(freeIn)}");
        }

        if (candidate is { Turnout: { } turnout, Road: { } road, EtaP50: { } eta })
        {
            var clock = TimeSpan.FromSeconds(Math.Round((Now + eta - Midday).TotalSeconds));
            parts.Add($"turnout {TestCityText.Span(turnout)}");
            parts.Add($"drive {TestCityText.Span(road)}");
            string seconds = clock.Seconds == 0 ? "" : $":{clock.Seconds:00}";
            parts.Add($"scene {_incidentPlace} {clock:hh\\:mm}{seconds}{Between(candidate)}");
        }

        return $"{string.Join(" ~ ", parts)} [{Reasons(candidate)}]";
    }

    /// <summary>" (6m to 13m)": P10 and P90, where a model says them.</summary>
    private static string Between(UnitCandidate candidate) =>
        candidate is { EtaP10: { } early, EtaP90: { } late }
            ? $" ({TestCityText.Span(early)} to {TestCityText.Span(late)})"
            : "";

    /// <summary>That it is free in some time stands in the line already.</summary>
    private static string Reasons(UnitCandidate candidate) =>
        TestCityText.Reasons(candidate.Reasons.Where(r => r.Code != ReasonCode.SoonFree));

    private static string Line(HospitalCandidate hospital)
    {
        string drive = hospital.Road is { } road ? $" ~ drive {TestCityText.Span(road)}" : "";
        return $"{hospital.Hospital}{drive} [{TestCityText.Reasons(hospital.Reasons)}]";
    }

    /// <summary>The drawn place that the unit was reckoned from, as its reasons tell.</summary>
    private string WhereIs(UnitCandidate candidate)
    {
        TestCityUnit unit = _units[candidate.Unit];
        ReasonCode known = candidate
            .Reasons.Select(r => r.Code)
            .FirstOrDefault(c => c is >= ReasonCode.FromStation and <= ReasonCode.StationAssumed);
        return known is ReasonCode.FromPosition or ReasonCode.PositionStale
            ? NameOf(Positions[candidate.Unit].Point)
            : known switch
            {
                ReasonCode.FromLastHospital or ReasonCode.FromLastScene => "?",
                _ => unit.Plan.Station.Value,
            };
    }

    private string NameOf(GeoPoint point) =>
        _map.Places.FirstOrDefault(place => PlaceOf(place) == point) ?? "road";

    private static void Same(
        IReadOnlyCollection<string> expected,
        IEnumerable<string> actual,
        string verb
    )
    {
        List<string> found = [.. actual];
        if (!found.SequenceEqual(expected, StringComparer.Ordinal))
        {
            throw new TestCityException(
                $"""
                The city {verb}
                  {string.Join("\n  ", found.DefaultIfEmpty("(nobody)"))}
                but the test says
                  {string.Join("\n  ", expected.DefaultIfEmpty("(nobody)"))}
                """
            );
        }
    }
}

/// <summary>A drawn city advises otherwise than the test says.</summary>
public sealed class TestCityException(string message) : Exception(message);
