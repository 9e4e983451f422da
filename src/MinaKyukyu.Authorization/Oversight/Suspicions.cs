using System.Collections.Immutable;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Oversight;

/// <summary>What the detectors look at: views from the audit chain, runs and begun checks from the facts; plain values.</summary>
/// <param name="Views">Of the time that is looked at, in any order.</param>
public sealed record OversightPicture(
    IReadOnlyList<AccessTrail> Views,
    IReadOnlyList<CheckTrace> Checks,
    IReadOnlyDictionary<IncidentId, IncidentTrace> Incidents
);

/// <summary>A detector: a pure function of the picture.</summary>
public delegate IEnumerable<Suspicion> Detector(OversightPicture picture, SuspicionOptions options);

/// <summary>Which views look unlike a view for a patient in the crew's care. Pure; nothing is scored and nobody is ranked.</summary>
/// <remarks>
/// What cannot be seen: where a unit was between the openings of its records (positions are not kept), whether it was on a
/// sensible way to the hospital, who held the tablet, and a view by a crew that truly attends a patient it is curious about.
/// </remarks>
public static class Suspicions
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>One detector for each pattern.</summary>
    public static ImmutableSortedDictionary<SuspicionPattern, Detector> Detectors { get; } =
        new Dictionary<SuspicionPattern, Detector>
        {
            [SuspicionPattern.WithoutOrder] = WithoutOrder,
            [SuspicionPattern.BeforeArrival] = BeforeArrival,
            [SuspicionPattern.AfterHandover] = AfterHandover,
            [SuspicionPattern.AfterRun] = AfterRun,
            [SuspicionPattern.AwayFromScene] = AwayFromScene,
            [SuspicionPattern.BurstOfCrew] = BurstOfCrew,
            [SuspicionPattern.BurstOfDevice] = BurstOfDevice,
            [SuspicionPattern.ManyPatients] = ManyPatients,
            [SuspicionPattern.RepeatedEmergency] = RepeatedEmergency,
            [SuspicionPattern.UnfinishedChecks] = UnfinishedChecks,
            [SuspicionPattern.OnePatientManyCrews] = OnePatientManyCrews,
            [SuspicionPattern.RepeatedOpenings] = RepeatedOpenings,
            [SuspicionPattern.RevokedAfterwards] = RevokedAfterwards,
        }.ToImmutableSortedDictionary();

    /// <summary>All questions, latest first.</summary>
    public static ImmutableArray<Suspicion> Find(
        OversightPicture picture,
        SuspicionOptions options,
        IReadOnlyDictionary<SuspicionPattern, Detector>? detectors = null
    ) =>
        [
            .. (detectors ?? Detectors)
                .Values.SelectMany(detect => detect(picture, options))
                .OrderByDescending(s => s.At)
                .ThenBy(s => s.Pattern),
        ];

    private static IEnumerable<Suspicion> WithoutOrder(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        picture
            .Views.Where(v =>
                !RunsOf(picture, v).Any(r => v.FirstSeenAt >= r.OrderedAt - options.TapTolerance)
            )
            .Select(v => Of(SuspicionPattern.WithoutOrder, v, 0));

    private static IEnumerable<Suspicion> BeforeArrival(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        OfRuns(
            picture,
            SuspicionPattern.BeforeArrival,
            (view, run) => run.OnSceneAt - options.TapTolerance - view.FirstSeenAt
        );

    private static IEnumerable<Suspicion> AfterHandover(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        OfRuns(
            picture,
            SuspicionPattern.AfterHandover,
            (view, run) => LastSeen(view) - run.HandoverAt - options.EndTolerance
        );

    /// <summary>A handover, where it was told, is the earlier end, and is asked about instead.</summary>
    private static IEnumerable<Suspicion> AfterRun(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        OfRuns(
            picture,
            SuspicionPattern.AfterRun,
            (view, run) =>
                run.HandoverAt is null ? LastSeen(view) - run.EndedAt - options.EndTolerance : null
        );

    private static IEnumerable<Suspicion> AwayFromScene(
        OversightPicture picture,
        SuspicionOptions options
    )
    {
        foreach (AccessTrail view in picture.Views)
        {
            Reading? away = view.Readings.FirstOrDefault(r =>
                r.DistanceMeters > options.SceneRadiusMeters
                && r.PositionAgeSeconds <= options.PositionGoodFor.TotalSeconds
                && RunsOf(picture, view).Any(run => IsAtScene(run, r.OpenedAt))
            );
            if (away is not null)
            {
                yield return Of(SuspicionPattern.AwayFromScene, view, away.DistanceMeters!.Value);
            }
        }
    }

    /// <summary>On the way to a hospital, or at it, a unit is where it should be.</summary>
    private static bool IsAtScene(RunTrace run, DateTimeOffset at) =>
        run.OnSceneAt <= at
        && (run.LeftSceneAt ?? run.AtHospitalAt ?? run.HandoverAt ?? run.EndedAt ?? at) >= at;

    private static IEnumerable<Suspicion> BurstOfCrew(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        picture
            .Views.GroupBy(v => v.Crew)
            .SelectMany(g => Gatherings(g, options.BurstWindow, options.BurstViews, Patient))
            .Select(views => Of(SuspicionPattern.BurstOfCrew, views, views[0].Crew, null));

    private static IEnumerable<Suspicion> BurstOfDevice(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        picture
            .Views.GroupBy(v => v.Device)
            .SelectMany(g => Gatherings(g, options.BurstWindow, options.BurstViews, Patient))
            .Select(views => Of(SuspicionPattern.BurstOfDevice, views, null, views[0].Device));

    private static IEnumerable<Suspicion> ManyPatients(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        picture
            .Views.GroupBy(v => v.Crew)
            .SelectMany(g => Gatherings(g, Day, options.PatientsPerDay, Patient))
            .Select(views => Of(SuspicionPattern.ManyPatients, views, views[0].Crew, null));

    private static IEnumerable<Suspicion> RepeatedEmergency(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        picture
            .Views.Where(v => v.IsEmergency)
            .GroupBy(v => v.Crew)
            .SelectMany(g => Gatherings(g, Day, options.EmergencyReadsPerDay, v => v.Id.Value))
            .Select(views => Of(SuspicionPattern.RepeatedEmergency, views, views[0].Crew, null));

    private static IEnumerable<Suspicion> UnfinishedChecks(
        OversightPicture picture,
        SuspicionOptions options
    )
    {
        HashSet<string> finished = [.. picture.Views.Select(v => v.Challenge)];
        return picture
            .Checks.Where(c => !finished.Contains(c.Challenge))
            .GroupBy(c => c.Crew)
            .SelectMany(g =>
                Stretches.Find(
                    g,
                    c => c.BegunAt,
                    Hour,
                    options.UnfinishedChecksPerHour,
                    c => c.Challenge
                )
            )
            .Select(checks => new Suspicion(
                SuspicionPattern.UnfinishedChecks,
                checks[0].BegunAt,
                checks[0].Crew,
                null,
                null,
                null,
                [],
                [.. checks.Select(c => c.Challenge)],
                checks.Count
            ));
    }

    private static IEnumerable<Suspicion> OnePatientManyCrews(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        picture
            .Views.GroupBy(v => v.PatientRef)
            // Two crews at one incident see the same patient by right: both, crews and incidents, must be many.
            .SelectMany(g =>
                Gatherings(
                    g,
                    options.LookBack,
                    options.CrewsPerPatient,
                    v => v.Crew.Value,
                    v => v.Incident.Value
                )
            )
            .Select(views =>
                Of(SuspicionPattern.OnePatientManyCrews, views, null, null) with
                {
                    PatientRef = views[0].PatientRef,
                }
            );

    private static IEnumerable<Suspicion> RepeatedOpenings(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        picture
            .Views.Where(v => v.Readings.Length >= options.OpeningsPerGrant)
            .Select(v => Of(SuspicionPattern.RepeatedOpenings, v, v.Readings.Length));

    private static IEnumerable<Suspicion> RevokedAfterwards(
        OversightPicture picture,
        SuspicionOptions options
    ) =>
        picture
            .Views.Where(v => v.RevokedAt is not null)
            .Select(v => Of(SuspicionPattern.RevokedAfterwards, v, v.Readings.Length));

    private static IEnumerable<RunTrace> RunsOf(OversightPicture picture, AccessTrail view) =>
        picture.Incidents.TryGetValue(view.Incident, out IncidentTrace? incident)
            ? incident.Runs.Where(r => r.Unit == view.Unit)
            : [];

    private static DateTimeOffset LastSeen(AccessTrail view) =>
        view.Readings.IsEmpty ? view.GrantedAt : view.Readings[^1].OpenedAt;

    /// <summary>Views for which every run of their unit says "outside by so much": a unit that was ordered twice is there once by right.</summary>
    private static IEnumerable<Suspicion> OfRuns(
        OversightPicture picture,
        SuspicionPattern pattern,
        Func<AccessTrail, RunTrace, TimeSpan?> outsideBy
    )
    {
        foreach (AccessTrail view in picture.Views)
        {
            List<TimeSpan?> outside = [.. RunsOf(picture, view).Select(r => outsideBy(view, r))];
            if (outside.Count > 0 && outside.All(o => o > TimeSpan.Zero))
            {
                yield return Of(pattern, view, (long)outside.Min()!.Value.TotalSeconds);
            }
        }
    }

    private static string Patient(AccessTrail view) => view.PatientRef.Value;

    private static IEnumerable<List<AccessTrail>> Gatherings(
        IEnumerable<AccessTrail> views,
        TimeSpan window,
        int atLeast,
        params Func<AccessTrail, string>[] different
    ) => Stretches.Find(views, v => v.FirstSeenAt, window, atLeast, different);

    private static Suspicion Of(SuspicionPattern pattern, AccessTrail view, long amount) =>
        new(
            pattern,
            view.FirstSeenAt,
            view.Crew,
            view.Device,
            view.Incident,
            view.PatientRef,
            [view.Id],
            [],
            amount
        );

    private static Suspicion Of(
        SuspicionPattern pattern,
        IReadOnlyList<AccessTrail> views,
        CrewId? crew,
        DeviceId? device
    ) =>
        new(
            pattern,
            views[0].FirstSeenAt,
            crew,
            device,
            null,
            null,
            [.. views.Select(v => v.Id)],
            [],
            views.Count
        );
}
