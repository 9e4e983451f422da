using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.CardSteps;
using MinaKyukyu.Tablet.VirtualCards;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using CardStep = MinaKyukyu.Tablet.CardSteps.CardStep;
using GeoPoint = MinaKyukyu.Vocabulary.Places.GeoPoint;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>One order lived through: from the acknowledgement to the station.</summary>
internal sealed class CrewRun
{
    /// <summary>Where a crew that will be called back waits: past the middle of the way.</summary>
    private const double CancelledAtShare = 0.6;

    /// <summary>A transfer leads to another hospital than the one it starts at: farther than any hospital's yard.</summary>
    private const double OtherHospitalMeters = 300;

    private readonly TabletModule _tablet;
    private readonly SimulatedCrewOptions _options;
    private readonly CrewAccount _account;
    private readonly StandInCards _cards;
    private readonly Driver _driver;
    private readonly TimeProvider _time;
    private readonly WatchAssignmentsResponse _told;
    private readonly CrewScript _script;
    private readonly CrewTaps _taps;
    private readonly HospitalDesk _hospitals;
    private readonly CardStep _step;
    private readonly string _incident;

    public CrewRun(
        TabletModule tablet,
        SimulatedCrewOptions options,
        CrewAccount account,
        StandInCards cards,
        Driver driver,
        TimeProvider time,
        WatchAssignmentsResponse told,
        CrewScript script
    )
    {
        _tablet = tablet;
        _options = options;
        _account = account;
        _cards = cards;
        _driver = driver;
        _time = time;
        _told = told;
        _script = script;
        _incident = told.Assignment.IncidentId;
        _taps = new CrewTaps(tablet.Queue, account, time, told.Assignment);
        _hospitals = new HospitalDesk(tablet.Link, account, _incident);
        _step = tablet.BeginCardStep(new(_incident), PatientSlot.First, options.Device.Value);
    }

    private CrewPace Pace => _options.Pace;

    /// <param name="orderOver">Fires when the order is taken back.</param>
    /// <param name="leave">Fires when the crew is wanted elsewhere, or the program ends.</param>
    public async Task LiveAsync(CancellationToken orderOver, CancellationToken leave)
    {
        using Activity trace = TabletTelemetry.Begin("incident run");
        using var working = CancellationTokenSource.CreateLinkedTokenSource(orderOver, leave);
        Tell("run_began", ("script", _script.Name), ("trace", trace.TraceId.ToHexString()));
        try
        {
            await ServeAsync(working.Token);
            await DriveHomeAsync(isCleared: true, leave);
        }
        catch (OperationCanceledException) when (orderOver.IsCancellationRequested)
        {
            Tell("order_taken_back");
            await DriveHomeAsync(isCleared: false, leave);
        }
        catch (OperationCanceledException)
        {
            // Wanted elsewhere, or the program ends.
        }
        finally
        {
            _tablet.Link.Radio.Restore();
            _step.Screen.Clear();
        }

        try
        {
            await _taps.WaitForAnswersAsync(_options.Patience, leave);
        }
        catch (OperationCanceledException)
        {
            // What is not answered yet stays in the queue's file.
        }

        Tell("run_ended", ("taps", _taps.Count + _step.Taps), ("card_taps", _step.Taps));
    }

    private async Task ServeAsync(CancellationToken stop)
    {
        await _driver.LastAsync(Pace.ToAcknowledge, stop);
        _taps.Acknowledge();
        await _hospitals.LearnAsync(stop);
        await _driver.LastAsync(Pace.Turnout, stop);
        Milestone(MilestoneKind.EnRoute);
        await DriveToSceneAsync(stop);
        long cutAt = _time.GetTimestamp();
        if (_script.Kind == CrewScriptKind.NoRadio)
        {
            _tablet.Link.Radio.Cut();
            Tell("radio_cut");
        }

        Milestone(MilestoneKind.OnScene);
        await _driver.LastAsync(Pace.SceneToContact, stop);
        Milestone(MilestoneKind.PatientContact);
        if (_script.Kind != CrewScriptKind.NoRadio)
        {
            await _hospitals.AskAsync("before_card", stop);
        }

        await DoCardStepAsync(stop);
        if (_script.Kind == CrewScriptKind.NoTransport)
        {
            _taps.Outcome("not-needed");
            Clear();
            return;
        }

        await _driver.LastAsync(Pace.ContactToLoaded, stop);
        Milestone(MilestoneKind.PatientLoaded);
        if (_script.Kind == CrewScriptKind.NoRadio)
        {
            await ReturnToRadioAsync(cutAt, stop);
        }

        await CarryAsync(stop);
    }

    private async Task DriveToSceneAsync(CancellationToken stop)
    {
        if (WayToScene() is not { } way)
        {
            Tell("no_way_known");
            return;
        }

        if (_script.Kind == CrewScriptKind.CancelledOnTheWay)
        {
            await _driver.DriveAsync(way, CancelledAtShare, stop);
            Tell("waits_to_be_called_back");
            await Task.Delay(_options.Patience, _time, stop);
            Tell("was_not_called_back");
        }

        await _driver.DriveAsync(way, 1, stop);
    }

    private Drive? WayToScene()
    {
        List<GeoPoint> points =
        [
            .. (_told.Route?.Points ?? []).Select(p => new GeoPoint(p.Latitude, p.Longitude)),
        ];
        if (_told.Incident.Place?.Point is { } place)
        {
            points.Add(new GeoPoint(place.Latitude, place.Longitude));
        }

        if (points.Count == 0)
        {
            return null;
        }

        return _told.Route?.DrivingDuration is { } duration
            ? new Drive(points, duration.ToTimeSpan())
            : Drive.Straight(
                _driver.Here ?? points[0],
                points[^1],
                Pace.StraightLineMetersPerSecond
            );
    }

    private async Task DoCardStepAsync(CancellationToken stop)
    {
        CardStepResult result = _script.Kind switch
        {
            CrewScriptKind.FirstHospitalRefuses => await ViewAsync(
                "valid",
                byPin: false,
                stop,
                Unconscious
            ),
            CrewScriptKind.ViewB => await ViewAsync("valid", byPin: false, stop),
            CrewScriptKind.ViewC => await ViewAsync("valid", byPin: true, stop),
            CrewScriptKind.NotRegistered => await ViewAsync("not-registered", byPin: false, stop),
            CrewScriptKind.Expired => await ViewAsync("expired", byPin: false, stop),
            CrewScriptKind.Refused => _step.Close(NoViewReasons.ConsentRefused),
            CrewScriptKind.NoRadio => _step.Close(NoViewReasons.NoRadio),
            CrewScriptKind.NoTransport => _step.Close(NoViewReasons.NoTransport),
            CrewScriptKind.Transfer => _step.Close(NoViewReasons.NotNeeded),
            CrewScriptKind.NoCard or CrewScriptKind.CancelledOnTheWay => _step.Close(
                NoViewReasons.NoCard
            ),
            _ => throw new UnreachableException(),
        };
        TellOf(result);
    }

    /// <summary>Consent is hard to get, and life needs the record: the leader judges, a member confirms.</summary>
    private static ConsentJudgement Unconscious { get; } =
        new()
        {
            Jcs = "200",
            ReasonCode = "unconscious",
            JudgedBy = "leader",
            ConfirmedBy = "member-1",
        };

    private async Task<CardStepResult> ViewAsync(
        string cardKind,
        bool byPin,
        CancellationToken stop,
        ConsentJudgement? judgement = null
    )
    {
        using FoundCard? found = await _cards.FindAsync(_script.Patient, cardKind, stop);
        if (found is null)
        {
            Tell("no_card_from_stand_in", ("patient", _script.Patient), ("kind", cardKind));
            return _step.Close(NoViewReasons.NoCard);
        }

        using var card = new VirtualCard(found.Spec);
        ICardReader reader = JpkiCardReader.OverVirtualCard(card, _time, NullLogger.Instance);
        CardPath path = byPin
            ? new CardPath.PinChallenge(new KnownPin(found.Spec.Pin))
            : new CardPath.SpecialVerifier(found.Presence);
        _step.CheckIdentity(byPin ? IdentityCheck.PinEntered : IdentityCheck.PhotoMatchedByCrew);
        await _driver.LastAsync(Pace.BetweenCardTaps, stop);
        _step.TakeConsent(
            judgement is null ? ConsentBasis.Spoken : ConsentBasis.NotObtainable,
            judgement
        );
        await _driver.LastAsync(Pace.BetweenCardTaps, stop);
        CardStepResult read = await _step.ReadAsync(reader, path, stop);
        if (read.Word != CardStepWord.HolderDiffers)
        {
            return read;
        }

        // Callers err; this crew looks at the photo again and finds the same face.
        Tell("holder_differs", ("sections", read.SectionCount));
        await _driver.LastAsync(Pace.BetweenCardTaps, stop);
        return await _step.ConfirmHolderAsync(stop);
    }

    private void TellOf(CardStepResult result)
    {
        // What was played in quick motion is told as it would have lasted; what the machines took is told as it was.
        TimeSpan pauses =
            result.Taps > 1 ? Pace.BetweenCardTaps * (result.Taps - 1) : TimeSpan.Zero;
        TimeSpan played = result.HandsOn + pauses - (pauses / _options.TimeScale);
        Tell(
            "card",
            ("word", result.Word.ToString()),
            ("level", result.Level),
            ("card_state", result.Card?.ToString()),
            ("refused", result.Refusal?.Reason),
            ("summary", result.Word == CardStepWord.Viewed ? result.Summary.ToString() : null),
            ("sections", result.SectionCount),
            ("care_needs", CrewAccount.List(result.CareNeeds)),
            ("taps", result.Taps),
            ("hands_on_seconds", Math.Round(played.TotalSeconds, 3)),
            ("measured_hands_on_seconds", Math.Round(result.HandsOn.TotalSeconds, 3)),
            ("until_word_seconds", Math.Round(result.UntilWord.TotalSeconds, 3)),
            ("closed_with", result.ClosedWith)
        );
        if (result.Closing is { } closing)
        {
            _taps.Follow("card_closed", closing, ("reason", result.ClosedWith));
        }
    }

    private async Task ReturnToRadioAsync(long cutAt, CancellationToken stop)
    {
        TimeSpan left = _options.RadioCut - _time.GetElapsedTime(cutAt);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, _time, stop);
        }

        Tell("radio_back", ("waiting_commands", _tablet.Queue.WaitingCount));
        _tablet.Link.Radio.Restore();
    }

    private async Task CarryAsync(CancellationToken stop)
    {
        IReadOnlyList<HospitalCandidate> ranked = await _hospitals.AskAsync("after_card", stop);
        string? hospital = await InquireAsync(
            [.. ranked.Where(IsElsewhere).Select(h => h.HospitalId)],
            stop
        );
        await _driver.LastAsync(Pace.LoadedToDeparture, stop);
        Milestone(MilestoneKind.SceneDeparture);
        if (hospital is not null && _hospitals.Find(hospital) is { } place)
        {
            double? seconds = ranked.FirstOrDefault(h => h.HospitalId == hospital)?.RoadSeconds;
            await _driver.DriveAsync(
                Drive.Straight(
                    _driver.Here ?? place,
                    place,
                    Pace.StraightLineMetersPerSecond,
                    seconds is { } road ? TimeSpan.FromSeconds(road) : null
                ),
                1,
                stop
            );
        }

        Milestone(MilestoneKind.HospitalArrival);
        if (hospital is not null)
        {
            _taps.Inquiry(hospital, DestinationState.Arrived);
        }

        await _driver.LastAsync(Pace.ArrivalToHandover, stop);
        HandOver();
        _taps.Outcome(null);
        await _driver.LastAsync(Pace.HandoverToCleared, stop);
        Clear();
    }

    /// <summary>Whether it is not the hospital that a transfer starts at.</summary>
    private bool IsElsewhere(HospitalCandidate hospital) =>
        _script.Kind != CrewScriptKind.Transfer
        || _driver.Here is not { } here
        || _hospitals.Find(hospital.HospitalId) is not { } place
        || here.DistanceMetersTo(place) > OtherHospitalMeters;

    /// <returns>The hospital that accepted; null when nobody is known.</returns>
    private async Task<string?> InquireAsync(List<string> ranked, CancellationToken stop)
    {
        if (ranked.Count == 0 && _hospitals.Nearest(_driver.Here) is { } nearest)
        {
            ranked.Add(nearest);
        }

        if (_script.Kind == CrewScriptKind.FirstHospitalRefuses && ranked.Count > 1)
        {
            _taps.Inquiry(ranked[0], DestinationState.Asked);
            await _driver.LastAsync(Pace.HospitalInquiry, stop);
            _taps.Inquiry(ranked[0], DestinationState.Refused, "beds-full");
            ranked.RemoveAt(0);
        }

        if (ranked.Count == 0)
        {
            return null;
        }

        _taps.Inquiry(ranked[0], DestinationState.Asked);
        await _driver.LastAsync(Pace.HospitalInquiry, stop);
        _taps.Inquiry(ranked[0], DestinationState.Accepted);
        return ranked[0];
    }

    private void HandOver()
    {
        bool? isReturned = null;
        if (_step.IsCardInHand)
        {
            _step.GiveBack(isReturned: true);
            isReturned = true;
        }

        _step.Screen.Clear();
        Milestone(MilestoneKind.Handover, isReturned);
        Tell(
            "screen",
            ("is_empty", _step.Screen.IsEmpty),
            ("card_taps", _step.Taps),
            ("card_returned", isReturned)
        );
    }

    private void Clear()
    {
        Milestone(MilestoneKind.Cleared);
        _tablet.Orders.End(new AssignmentId(_told.Assignment.AssignmentId));
    }

    private async Task DriveHomeAsync(bool isCleared, CancellationToken leave)
    {
        try
        {
            if (_options.Station is { } station && _driver.Here is { } here)
            {
                Drive home = Drive.Straight(here, station, Pace.StraightLineMetersPerSecond);
                await _driver.DriveAsync(home, 1, leave);
            }

            if (isCleared)
            {
                Milestone(MilestoneKind.BackAtStation);
            }
        }
        catch (OperationCanceledException)
        {
            Tell("left_on_the_way_home");
        }
    }

    private void Milestone(MilestoneKind kind, bool? cardReturned = null) =>
        _taps.Milestone(kind, _driver.Here, cardReturned);

    private void Tell(
        string what,
        params (string Key, System.Text.Json.Nodes.JsonNode? Value)[] details
    ) =>
        _account.Tell(
            what,
            [("incident", _incident), ("assignment", _told.Assignment.AssignmentId), .. details]
        );
}
