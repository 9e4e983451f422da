using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>Which units are free, and where: at their station, or on the way back to it.</summary>
internal sealed class SimulatedFleet
{
    private readonly RoadGraph _graph;
    private readonly RoadPosition[] _stations;
    private readonly UnitTrack[] _units;

    /// <exception cref="ArgumentException">There is no unit, or a station lies off the roads.</exception>
    public SimulatedFleet(SimulatedCity city)
    {
        _graph = city.Roads.Graph;
        _stations =
        [
            .. city.Stations.Select(station =>
                city.Roads.Snapper.Snap(station.Point)
                ?? throw new ArgumentException(
                    $"The station {station.Name} is near no road.",
                    nameof(city)
                )
            ),
        ];
        _units = [.. city.Units.Select(unit => new UnitTrack(unit.VehicleKind, unit.Station))];
        if (_units.Length == 0)
        {
            throw new ArgumentException("There is no unit.", nameof(city));
        }
    }

    public int Count => _units.Length;

    public UnitTrack this[int unit] => _units[unit];

    public IEnumerable<int> ListFree() =>
        Enumerable.Range(0, _units.Length).Where(unit => !_units[unit].IsBusy);

    public bool IsAtStation(int unit, long nowMs) =>
        _units[unit].WayBack is not { } way || nowMs >= _units[unit].FreeSinceMs + way.Milliseconds;

    /// <summary>Where the unit was at that moment; its station before and after it was anywhere else.</summary>
    public RoadPosition PlaceOf(int unit, long atMs)
    {
        UnitTrack track = _units[unit];
        if (track.WayBack is not { } way)
        {
            return _stations[track.Station];
        }

        long gone = Math.Max(0, atMs - track.FreeSinceMs);
        foreach (RouteStep step in way.Steps)
        {
            if (gone < step.Milliseconds)
            {
                double share = (double)gone / step.Milliseconds;
                double at = step.FromFraction + (share * (step.ToFraction - step.FromFraction));
                return _graph.PositionOn(step.Edge, Math.Clamp(at, 0, 1));
            }

            gone -= step.Milliseconds;
        }

        return _stations[track.Station];
    }

    public void Take(int unit) => _units[unit].IsBusy = true;

    /// <summary>The unit is free at that place and drives home with the traffic.</summary>
    public void Release(int unit, RoadMap roads, RoadPosition place, long nowMs)
    {
        UnitTrack track = _units[unit];
        track.IsBusy = false;
        track.FreeSinceMs = nowMs;
        track.WayBack = roads.TravelTimes.PointToPoint(
            place,
            _stations[track.Station],
            DrivingProfile.Ordinary
        );
    }
}

/// <summary>One unit as it goes through the simulation.</summary>
internal sealed class UnitTrack(string vehicleKind, int station)
{
    public string VehicleKind { get; } = vehicleKind;

    public int Station { get; } = station;

    public bool IsBusy { get; set; }

    /// <summary>Since when it drives <see cref="WayBack"/>.</summary>
    public long FreeSinceMs { get; set; }

    /// <summary>Null: it never left, or there is no way back and it was taken home.</summary>
    public Route? WayBack { get; set; }
}
