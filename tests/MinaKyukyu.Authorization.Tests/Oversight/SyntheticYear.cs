using System.Collections.Immutable;
using System.Globalization;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Tests.Oversight;

/// <summary>An abuse that was planted among honest views.</summary>
/// <param name="Pattern">What a detector should call it.</param>
/// <param name="Grants">Its views.</param>
/// <param name="Checks">Its card checks, where it has no view.</param>
internal sealed record Planted(
    SuspicionPattern Pattern,
    ImmutableArray<GrantId> Grants,
    ImmutableArray<string> Checks
);

/// <summary>
/// Months of an invented department: 40 crews, honest runs with the untidiness of real ones, and abuses planted among them.
/// Everything follows from the seed.
/// </summary>
/// <remarks>
/// The untidiness: taps up to two minutes late or missing, fixes some metres off, a vehicle parked round the corner, readings
/// repeated on bad radio, cards laid down twice, several patients at one collision, persons who call again, consent that cannot
/// be had. All shares are our own guesses; what the figures show is that the detectors find what they say, not how often
/// anything happens.
/// </remarks>
internal sealed class SyntheticYear
{
    private const int Units = 40;
    private static readonly DateTimeOffset Begin = new(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(9));

    private readonly Random _chance;
    private readonly List<AccessTrail> _views = [];
    private readonly List<CheckTrace> _checks = [];
    private readonly Dictionary<IncidentId, IncidentTrace> _incidents = [];
    private readonly List<Planted> _planted = [];
    private readonly List<PatientRef> _earlier = [];
    private int _next;

    private SyntheticYear(int seed) => _chance = new Random(seed);

    public IReadOnlyList<Planted> Planted => _planted;

    public OversightPicture Picture => new(_views, _checks, _incidents);

    public static SyntheticYear Live(int seed, int views, int abuses)
    {
        var year = new SyntheticYear(seed);
        year.LiveHonestly(views);
        SuspicionPattern[] patterns = Enum.GetValues<SuspicionPattern>();
        for (int i = 0; i < abuses; i++)
        {
            // Crews of their own days, so that one abuse does not hide in another.
            year.Plant(patterns[i % patterns.Length], Begin.AddDays(500 + (3 * i)), i % Units);
        }

        return year;
    }

    private void LiveHonestly(int views)
    {
        for (int day = 0; _views.Count < views; day++)
        {
            for (int unit = 0; unit < Units && _views.Count < views; unit++)
            {
                LiveADuty(unit, Begin.AddDays(day));
            }
        }
    }

    /// <summary>24 hours of one crew: some runs, views in most of those that are told here.</summary>
    private void LiveADuty(int unit, DateTimeOffset day)
    {
        DateTimeOffset at = day.AddMinutes(_chance.Next(0, 120));
        int runs = _chance.Next(2, 9);
        for (int i = 0; i < runs; i++)
        {
            int patients = _chance.NextDouble() < 0.01 ? _chance.Next(2, 4) : 1;
            at = LiveARun(unit, day, at, patients).AddMinutes(_chance.Next(5, 150));
        }
    }

    private DateTimeOffset LiveARun(
        int unit,
        DateTimeOffset day,
        DateTimeOffset ordered,
        int patients
    )
    {
        RunTrace run = RunAt(unit, ordered);
        IncidentId incident = Open(run);
        DateTimeOffset contact = (run.OnSceneAt ?? ordered.AddMinutes(8)).AddMinutes(
            1 + (_chance.NextDouble() * 3)
        );
        // The button is pressed late: the view may stand before its own "on scene".
        DateTimeOffset early = _chance.NextDouble() < 0.05 ? contact.AddSeconds(-150) : contact;
        for (int p = 0; p < patients; p++)
        {
            CrewId crew = CrewOf(unit, day);
            PatientRef patient =
                _chance.NextDouble() < 0.02 && _earlier.Count > 0
                    ? _earlier[_chance.Next(_earlier.Count)]
                    : NewPatient();
            // Somebody who calls again: at most once more in this corpus.
            _earlier.Remove(patient);
            if (_chance.NextDouble() < 0.03)
            {
                _earlier.Add(patient);
            }

            for (int again = _chance.NextDouble() < 0.08 ? 1 : 0; again > 0; again--)
            {
                Check(unit, crew, incident, early.AddSeconds(-40));
            }

            View(
                unit,
                crew,
                incident,
                patient,
                early.AddMinutes(2 * p),
                _chance.NextDouble() < 0.04
            );
        }

        return run.EndedAt!.Value;
    }

    private RunTrace RunAt(int unit, DateTimeOffset ordered)
    {
        DateTimeOffset onScene = ordered.AddMinutes(4 + (_chance.NextDouble() * 10));
        DateTimeOffset left = onScene.AddMinutes(10 + (_chance.NextDouble() * 15));
        DateTimeOffset hospital = left.AddMinutes(5 + (_chance.NextDouble() * 15));
        DateTimeOffset handover = hospital.AddMinutes(5 + (_chance.NextDouble() * 10));
        // One tap in thirty is forgotten.
        DateTimeOffset? Told(DateTimeOffset at) => _chance.NextDouble() < 0.97 ? at : null;
        return new RunTrace(
            UnitOf(unit),
            ordered,
            Told(onScene.AddSeconds(_chance.Next(0, 90))),
            Told(left),
            Told(hospital),
            Told(handover),
            handover.AddMinutes(5)
        );
    }

    private IncidentId Open(params RunTrace[] runs)
    {
        var id = new IncidentId(Name("i"));
        _incidents.Add(id, new IncidentTrace(id, [.. runs]));
        return id;
    }

    private AccessTrail View(
        int unit,
        CrewId crew,
        IncidentId incident,
        PatientRef patient,
        DateTimeOffset at,
        bool isEmergency = false
    )
    {
        string challenge = Check(unit, crew, incident, at.AddSeconds(-20));
        int readings = _chance.NextDouble() < 0.15 ? _chance.Next(2, 6) : 1;
        var view = new AccessTrail(
            new GrantId(Name("g")),
            incident,
            patient,
            UnitOf(unit),
            crew,
            DeviceOf(unit),
            challenge,
            "C",
            "Summary",
            isEmergency ? "not-obtainable" : "spoken",
            isEmergency ? "public-duty-necessity" : "consent-spoken",
            isEmergency,
            at,
            at.AddHours(2),
            _next
        )
        {
            Readings =
            [
                .. Enumerable
                    .Range(0, readings)
                    .Select(i => ReadingAt(at.AddSeconds(20 * i), Math.Abs(Noise(120)))),
            ],
        };
        _views.Add(view);
        return view;
    }

    private Reading ReadingAt(DateTimeOffset at, int metres) =>
        new(
            at,
            metres,
            _chance.Next(0, 40),
            ["risks", "medicines"],
            [],
            "complete",
            at.AddSeconds(2)
        );

    /// <summary>Metres, bounded: a fix in a street of high houses, a vehicle round the corner.</summary>
    private int Noise(double sigma)
    {
        double sum = 0;
        for (int i = 0; i < 12; i++)
        {
            sum += _chance.NextDouble();
        }

        return (int)Math.Clamp((sum - 6) * sigma, -450, 450);
    }

    private string Check(int unit, CrewId crew, IncidentId incident, DateTimeOffset at)
    {
        string challenge = Name("c");
        _checks.Add(new CheckTrace(challenge, incident, UnitOf(unit), crew, DeviceOf(unit), at));
        return challenge;
    }

    /// <summary>One abuse of a pattern, on a day and by a crew that have nothing else.</summary>
    private void Plant(SuspicionPattern pattern, DateTimeOffset day, int unit)
    {
        DateTimeOffset at = day.AddHours(9);
        CrewId crew = CrewOf(unit, day);
        RunTrace run = RunAt(unit, at) with
        {
            OnSceneAt = at.AddMinutes(8),
            LeftSceneAt = at.AddMinutes(25),
            AtHospitalAt = at.AddMinutes(35),
            HandoverAt = at.AddMinutes(45),
            EndedAt = at.AddMinutes(50),
        };
        AccessTrail One(DateTimeOffset seen, RunTrace? of = null) =>
            View(unit, crew, Open(of ?? run), NewPatient(), seen);

        List<AccessTrail> views = [];
        List<string> checks = [];
        switch (pattern)
        {
            case SuspicionPattern.WithoutOrder:
                views.Add(
                    _chance.Next(2) == 0
                        ? View(unit, crew, new IncidentId(Name("nowhere")), NewPatient(), at)
                        : One(at, run with { Unit = UnitOf(unit + 1) })
                );
                break;
            case SuspicionPattern.BeforeArrival:
                views.Add(One(at.AddMinutes(_chance.Next(0, 4))));
                break;
            case SuspicionPattern.AfterHandover:
                views.Add(One(at.AddMinutes(48 + _chance.Next(0, 60))));
                break;
            case SuspicionPattern.AfterRun:
                views.Add(
                    One(at.AddMinutes(53 + _chance.Next(0, 600)), run with { HandoverAt = null })
                );
                break;
            case SuspicionPattern.AwayFromScene:
                AccessTrail away = One(at.AddMinutes(12));
                _views.Remove(away);
                views.Add(
                    away with
                    {
                        Readings = [ReadingAt(at.AddMinutes(12), _chance.Next(501, 9_000))],
                    }
                );
                _views.Add(views[0]);
                break;
            case SuspicionPattern.BurstOfCrew:
            case SuspicionPattern.BurstOfDevice:
                for (int i = 0; i < 6; i++)
                {
                    // A device passes from hand to hand; a crew takes other devices.
                    bool isDevice = pattern == SuspicionPattern.BurstOfDevice;
                    AccessTrail view = View(
                        unit,
                        isDevice ? new CrewId(Name("hand")) : crew,
                        Open(run),
                        NewPatient(),
                        at.AddMinutes(10 + (2 * i))
                    );
                    views.Add(view);
                }

                break;
            case SuspicionPattern.ManyPatients:
                for (int i = 0; i < 16; i++)
                {
                    DateTimeOffset then = at.AddMinutes(80 * i);
                    views.Add(
                        One(
                            then.AddMinutes(10),
                            new RunTrace(
                                UnitOf(unit),
                                then,
                                null,
                                null,
                                null,
                                null,
                                then.AddHours(1)
                            )
                        )
                    );
                }

                break;
            case SuspicionPattern.RepeatedEmergency:
                for (int i = 0; i < 4; i++)
                {
                    DateTimeOffset then = at.AddHours(5 * i);
                    IncidentId incident = Open(
                        new RunTrace(UnitOf(unit), then, null, null, null, null, then.AddHours(1))
                    );
                    views.Add(View(unit, crew, incident, NewPatient(), then.AddMinutes(10), true));
                }

                break;
            case SuspicionPattern.UnfinishedChecks:
                IncidentId tried = Open(run);
                for (int i = 0; i < 6; i++)
                {
                    checks.Add(Check(unit, crew, tried, at.AddMinutes(10 + (3 * i))));
                }

                break;
            case SuspicionPattern.OnePatientManyCrews:
                PatientRef known = NewPatient();
                for (int i = 0; i < 3; i++)
                {
                    int other = (unit + i) % Units;
                    views.Add(
                        View(
                            other,
                            new CrewId(Name("crew")),
                            Open(run with { Unit = UnitOf(other) }),
                            known,
                            at.AddMinutes(10 + i)
                        )
                    );
                }

                break;
            case SuspicionPattern.RepeatedOpenings:
                AccessTrail often = One(at.AddMinutes(10));
                _views.Remove(often);
                views.Add(
                    often with
                    {
                        Readings =
                        [
                            .. Enumerable
                                .Range(0, 12)
                                .Select(i => ReadingAt(at.AddMinutes(10).AddSeconds(30 * i), 40)),
                        ],
                    }
                );
                _views.Add(views[0]);
                break;
            case SuspicionPattern.RevokedAfterwards:
                AccessTrail revoked = One(at.AddMinutes(10));
                _views.Remove(revoked);
                views.Add(revoked with { RevokedAt = at.AddMinutes(12) });
                _views.Add(views[0]);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        _planted.Add(new Planted(pattern, [.. views.Select(v => v.Id)], [.. checks]));
    }

    private PatientRef NewPatient() => new(Name("p"));

    private string Name(string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{_next++}");

    private static UnitId UnitOf(int unit) => new($"u-{unit % Units}");

    private static DeviceId DeviceOf(int unit) => new($"d-{unit % Units}");

    /// <summary>Three crews take turns on a unit.</summary>
    private static CrewId CrewOf(int unit, DateTimeOffset day) =>
        new($"u-{unit % Units}-{day.DayOfYear % 3}");
}
