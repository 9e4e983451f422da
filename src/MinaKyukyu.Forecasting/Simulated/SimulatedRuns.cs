using System.Globalization;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>
/// Invents the runs of a city on its real roads. Calls come by the hour of the week; the free unit that is nearest by the router
/// goes; where none is free, the call waits. True times differ from the router's by kind of road, hour, town, rain, regime and
/// chance (<see cref="RunTruth"/>). The same city, options and seed give the same runs.
/// </summary>
public sealed class SimulatedRuns
{
    private const int HoursPerWeek = 168;
    private const long HourMs = 3_600_000;

    /// <summary>Own working value: calls of the last hour are still served, however long they wait.</summary>
    private const int HoursAfter = 48;

    private readonly SimulatedCity _city;
    private readonly SimulatedRunsOptions _options;
    private readonly CounterChance _chance;
    private readonly HourlyStates _states;
    private readonly TrueTimes _times;
    private readonly TrueService _service;
    private readonly SimulatedFleet _fleet;
    private readonly TimeBeforeRolling _beforeRolling = new();

    // Decisions that are due and units that become free, by moment and then by the order in which they were planned.
    private readonly PriorityQueue<PlannedEvent, (long AtMs, long Order)> _events = new();
    private readonly Queue<SimulatedCall> _waiting = new();
    private readonly List<SimulatedRun> _runs = [];
    private long[] _received = [];
    private RoadMap _roads;
    private long _planned;

    private SimulatedRuns(SimulatedCity city, SimulatedRunsOptions options)
    {
        _city = city;
        _options = options;
        _roads = city.Roads;
        _chance = new CounterChance(options.Seed);
        _states = new HourlyStates(
            _chance,
            (options.Weeks * HoursPerWeek) + HoursAfter,
            city.Stations.Length
        );
        _times = new TrueTimes(_chance, city.Stations.Length);
        _service = new TrueService(city, _chance);
        _fleet = new SimulatedFleet(city);
    }

    /// <summary>All runs, in the order of their decisions.</summary>
    /// <exception cref="ArgumentException">The city has no unit, no town with a junction, or a station off the roads; or the options are out of range.</exception>
    public static IReadOnlyList<SimulatedRun> Generate(
        SimulatedCity city,
        SimulatedRunsOptions options,
        CancellationToken stop = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Weeks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Weeks, 520);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.CallsPerDay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CallsPerDay, 480);
        return new SimulatedRuns(city, options).Run(stop);
    }

    private List<SimulatedRun> Run(CancellationToken stop)
    {
        TrueTown[] towns = TrueTown.ListOf(_city, _chance);
        if (towns.Length == 0)
        {
            throw new ArgumentException("No town has a junction near it.");
        }

        int hours = _options.Weeks * HoursPerWeek;
        SimulatedCall[] calls = [.. SimulatedCall.Draw(_chance, _options, towns, hours)];
        _received = [.. calls.Select(call => call.ReceivedMs)];
        foreach (SimulatedCall call in calls)
        {
            Plan(call.DecisionMs, new PlannedEvent(call, -1, default));
        }

        while (_events.TryDequeue(out PlannedEvent one, out (long AtMs, long Order) when))
        {
            stop.ThrowIfCancellationRequested();
            Happen(one, when.AtMs);
        }

        return _runs;
    }

    private void Happen(PlannedEvent one, long nowMs)
    {
        _roads = _roads.At(Moment(nowMs));
        if (one.Call is { } call)
        {
            _waiting.Enqueue(call);
        }
        else
        {
            _fleet.Release(one.Unit, _roads, one.Place, nowMs);
        }

        while (_waiting.TryPeek(out SimulatedCall? next) && TrySend(next, nowMs))
        {
            _waiting.Dequeue();
        }
    }

    /// <summary>Sends the nearest free unit by the router; false where nobody is free.</summary>
    private bool TrySend(SimulatedCall call, long nowMs)
    {
        RoadPosition scene = _roads.Graph.PositionAtNode(call.Junction);
        Candidate[] free = [.. _fleet.ListFree().Select(unit => Locate(unit, call, nowMs))];
        var times = new int[free.Length];
        _roads.TravelTimes.ManyToOne(
            [.. free.Select(candidate => candidate.Place)],
            scene,
            DrivingProfile.Emergency,
            times
        );
        int nearest = Enumerable
            .Range(0, free.Length)
            .Where(i => TravelTime.IsReachable(times[i]))
            .OrderBy(i => times[i])
            .FirstOrDefault(-1);
        if (nearest < 0)
        {
            return false;
        }

        Send(call, free[nearest], scene, free.Length, nowMs);
        return true;
    }

    private Candidate Locate(int unit, SimulatedCall call, long nowMs)
    {
        if (_fleet.IsAtStation(unit, nowMs))
        {
            return new Candidate(unit, _fleet.PlaceOf(unit, nowMs), null);
        }

        // Own working values: tablets report every 45 s at most; one in twenty is out of reach for up to four minutes.
        double share = _chance.Uniform(ChancePurpose.FixAge, call.Id, unit);
        double age = Math.Round(share < 0.05 ? 60 + (share * 3600) : share * 45);
        return new Candidate(unit, _fleet.PlaceOf(unit, nowMs - (long)(age * 1000)), age);
    }

    private void Send(
        SimulatedCall call,
        Candidate chosen,
        RoadPosition scene,
        int unitsFree,
        long nowMs
    )
    {
        Route route = _roads.TravelTimes.PointToPoint(
            chosen.Place,
            scene,
            DrivingProfile.Emergency
        )!;
        DateTimeOffset now = Moment(nowMs);
        int hour = (int)Math.Min(nowMs / HourMs, (_options.Weeks * HoursPerWeek) + HoursAfter - 1);
        UnitTrack unit = _fleet[chosen.Unit];
        TrueRegime regime = RegimeAt(nowMs);
        WayByKind way = WayByKind.Of(_roads.Graph, route);
        double straightLine = _roads
            .Graph.PlaceOf(chosen.Place)
            .DistanceMetersTo(_roads.Graph.PlaceOf(scene));
        double rain = _states.RainMm(hour);
        double usual = TrueTimes.DriveMedian(way, call.Town, now, regime, rain);
        double median =
            usual * Math.Exp(_states.City(hour) + _states.Corridor(call.Town.Corridor, hour));
        RoadNoise noise = TrueTimes.NoiseOf(
            chosen.FixAgeSeconds,
            call.PlaceUncertaintyMeters,
            straightLine
        );
        LognormalLaw turnout = _times.Turnout(
            unit.Station,
            chosen.FixAgeSeconds is null,
            now,
            regime
        );

        long dispatched = nowMs + Drawn(call.Processing, ChancePurpose.Processing, call.Id, 0);
        long rolling = dispatched + Drawn(turnout, ChancePurpose.Turnout, call.Id, chosen.Unit);
        double drive =
            median
            * Math.Exp(
                noise.Draw(
                    _chance.Uniform(ChancePurpose.RoadNoiseKind, call.Id, chosen.Unit),
                    _chance.Normal(ChancePurpose.RoadNoise, call.Id, chosen.Unit)
                )
            );
        long onScene = rolling + (long)(1000 * drive);
        (long service, RoadPosition freeAt) = _service.Of(call.Id, _roads, scene);
        _fleet.Take(chosen.Unit);
        Plan(onScene + service, new PlannedEvent(null, chosen.Unit, freeAt));

        var run = new CanonicalRun
        {
            RunId = string.Create(CultureInfo.InvariantCulture, $"sim-{_runs.Count + 1:000000}"),
            Department = _city.Department,
            DecidedAt = now,
            CallReceivedAt = Moment(call.ReceivedMs),
            DispatchedAt = Moment(dispatched),
            RollingAt = Moment(rolling),
            OnSceneAt = Moment(onScene),
            Station = _city.Stations[unit.Station].Name,
            VehicleKind = unit.VehicleKind,
            IsAtStation = chosen.FixAgeSeconds is null,
            Area = call.Town.Name,
            Urgency = call.Urgency,
            RouterSeconds = route.Milliseconds / 1000.0,
            StraightLineMeters = Math.Round(straightLine),
            FastMeters = Math.Round(way.Meters.Fast),
            MainMeters = Math.Round(way.Meters.Main),
            LocalMeters = Math.Round(way.Meters.Local),
            PositionAgeSeconds = chosen.FixAgeSeconds,
            PlaceUncertaintyMeters = call.PlaceUncertaintyMeters,
            UnitsFree = unitsFree,
            IncidentsWaiting = CountReceived(nowMs) - _runs.Count - 1,
            PrecipitationMmPerHour = rain,
        };
        var truth = new RunTruth(
            _beforeRolling.With(call.Processing, turnout, median, noise),
            _beforeRolling.With(call.Processing, turnout, usual, noise.And(HourlyStates.Variance)),
            new TrueQuantiles(
                median * Math.Exp(noise.Quantile(0.1)),
                median * Math.Exp(noise.Quantile(0.5)),
                median * Math.Exp(noise.Quantile(0.9))
            ),
            regime.Number
        );
        _runs.Add(new SimulatedRun(run, truth));
    }

    /// <summary>Calls that came until now, with or without a unit.</summary>
    private int CountReceived(long nowMs)
    {
        int found = Array.BinarySearch(_received, nowMs);
        return found >= 0 ? found + 1 : ~found;
    }

    private TrueRegime RegimeAt(long nowMs)
    {
        long week = 1 + (nowMs / (HoursPerWeek * HourMs));
        return week >= _options.RegimeChangeWeek ? TrueRegime.Second : TrueRegime.First;
    }

    private long Drawn(LognormalLaw law, ChancePurpose purpose, long call, int unit) =>
        (long)(1000 * law.At(_chance.Normal(purpose, call, unit)));

    private DateTimeOffset Moment(long ms) => _options.Start.AddMilliseconds(ms);

    private void Plan(long atMs, PlannedEvent one) => _events.Enqueue(one, (atMs, _planned++));

    /// <param name="Call">Whose decision is due; null: a unit becomes free.</param>
    private readonly record struct PlannedEvent(SimulatedCall? Call, int Unit, RoadPosition Place);

    /// <param name="Place">By its last fix.</param>
    /// <param name="FixAgeSeconds">Null at its station.</param>
    private readonly record struct Candidate(int Unit, RoadPosition Place, double? FixAgeSeconds);
}
