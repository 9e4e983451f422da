using System.Diagnostics;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using CardStep = MinaKyukyu.Tablet.CardSteps.CardStep;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>One order lived through: from the acknowledgement to the station.</summary>
internal sealed class CrewRun
{
    /// <summary>Where a crew that will be called back waits: past the middle of the way.</summary>
    private const double CancelledAtShare = 0.6;

    private readonly TabletModule _tablet;
    private readonly SimulatedCrewOptions _options;
    private readonly RunAccount _account;
    private readonly Driver _driver;
    private readonly TimeProvider _time;
    private readonly WatchAssignmentsResponse _told;
    private readonly CrewScript _script;
    private readonly CrewTaps _taps;
    private readonly HospitalDesk _hospitals;
    private readonly HospitalChoice _choice;
    private readonly CardStep _step;
    private readonly ScriptedCardStep _card;

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
        _account = new RunAccount(account, told.Assignment);
        _driver = driver;
        _time = time;
        _told = told;
        _script = script;
        string incident = told.Assignment.IncidentId;
        _taps = new CrewTaps(tablet.Queue, account, time, told.Assignment);
        _hospitals = new HospitalDesk(tablet.Link, account, incident);
        _choice = new HospitalChoice(_hospitals, _taps, driver, script, options.Pace);
        _step = tablet.BeginCardStep(new(incident), PatientSlot.First, options.Device.Value);
        _card = new ScriptedCardStep(_step, script, cards, driver, options, time, _taps, _account);
    }

    private CrewPace Pace => _options.Pace;

    /// <param name="orderOver">Fires when the order is taken back.</param>
    /// <param name="leave">Fires when the crew is wanted elsewhere, or the program ends.</param>
    public async Task LiveAsync(CancellationToken orderOver, CancellationToken leave)
    {
        using Activity trace = TabletTelemetry.Begin("incident run");
        using var working = CancellationTokenSource.CreateLinkedTokenSource(orderOver, leave);
        _account.Tell(
            "run_began",
            ("script", _script.Name),
            ("trace", trace.TraceId.ToHexString())
        );
        try
        {
            await ServeAsync(working.Token);
            await DriveHomeAsync(isCleared: true, leave);
        }
        catch (OperationCanceledException) when (orderOver.IsCancellationRequested)
        {
            _account.Tell("order_taken_back");
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

        _account.Tell("run_ended", ("taps", _taps.Count + _step.Taps), ("card_taps", _step.Taps));
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
            _account.Tell("radio_cut");
        }

        Milestone(MilestoneKind.OnScene);
        await _driver.LastAsync(Pace.SceneToContact, stop);
        Milestone(MilestoneKind.PatientContact);
        if (_script.Kind != CrewScriptKind.NoRadio)
        {
            await _hospitals.AskAsync("before_card", stop);
        }

        await _card.PlayAsync(stop);
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
        if (WayToScene.Find(_told, _driver.Here, Pace.StraightLineMetersPerSecond) is not { } way)
        {
            _account.Tell("no_way_known");
            return;
        }

        if (_script.Kind == CrewScriptKind.CancelledOnTheWay)
        {
            await _driver.DriveAsync(way, CancelledAtShare, stop);
            _account.Tell("waits_to_be_called_back");
            await Task.Delay(_options.Patience, _time, stop);
            _account.Tell("was_not_called_back");
        }

        await _driver.DriveAsync(way, 1, stop);
    }

    private async Task ReturnToRadioAsync(long cutAt, CancellationToken stop)
    {
        TimeSpan left = _options.RadioCut - _time.GetElapsedTime(cutAt);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, _time, stop);
        }

        _account.Tell("radio_back", ("waiting_commands", _tablet.Queue.WaitingCount));
        _tablet.Link.Radio.Restore();
    }

    private async Task CarryAsync(CancellationToken stop)
    {
        ChosenHospital? hospital = await _choice.ChooseAsync(stop);
        await _driver.LastAsync(Pace.LoadedToDeparture, stop);
        Milestone(MilestoneKind.SceneDeparture);
        if (hospital is { Place: { } place })
        {
            await _driver.DriveAsync(
                Drive.Straight(
                    _driver.Here ?? place,
                    place,
                    Pace.StraightLineMetersPerSecond,
                    hospital.OnRoad
                ),
                1,
                stop
            );
        }

        Milestone(MilestoneKind.HospitalArrival);
        if (hospital is not null)
        {
            _taps.Inquiry(hospital.Id, DestinationState.Arrived);
        }

        await _driver.LastAsync(Pace.ArrivalToHandover, stop);
        HandOver();
        _taps.Outcome(null);
        await _driver.LastAsync(Pace.HandoverToCleared, stop);
        Clear();
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
        _account.Tell(
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
            _account.Tell("left_on_the_way_home");
        }
    }

    private void Milestone(MilestoneKind kind, bool? cardReturned = null) =>
        _taps.Milestone(kind, _driver.Here, cardReturned);
}
