using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>What keeps a unit busy after it arrived: the scene, mostly a hospital. It only makes units scarce; nothing of it is written.</summary>
internal sealed class TrueService
{
    // Own working values, in seconds.
    private static readonly LognormalLaw AtScene = new(14 * 60, 0.4);
    private static readonly LognormalLaw AtHospital = new(24 * 60, 0.4);
    private const double TransportedShare = 0.85;

    private readonly CounterChance _chance;
    private readonly RoadPosition[] _hospitals;

    public TrueService(SimulatedCity city, CounterChance chance)
    {
        _chance = chance;
        _hospitals =
        [
            .. city
                .Hospitals.Select(hospital => city.Roads.Snapper.Snap(hospital.Point))
                .OfType<RoadPosition>(),
        ];
    }

    /// <summary>How long after arrival the unit is free again, and where.</summary>
    public (long Ms, RoadPosition Place) Of(long call, RoadMap roads, RoadPosition scene)
    {
        double seconds = AtScene.At(_chance.Normal(ChancePurpose.SceneTime, call));
        bool isTransported =
            _hospitals.Length > 0
            && _chance.Uniform(ChancePurpose.IsTransported, call) < TransportedShare;
        if (!isTransported)
        {
            return ((long)(1000 * seconds), scene);
        }

        var drives = new int[_hospitals.Length];
        roads.TravelTimes.OneToMany(scene, _hospitals, DrivingProfile.Ordinary, drives);
        int nearest = Enumerable
            .Range(0, drives.Length)
            .Where(hospital => TravelTime.IsReachable(drives[hospital]))
            .OrderBy(hospital => drives[hospital])
            .FirstOrDefault(-1);
        if (nearest < 0)
        {
            return ((long)(1000 * seconds), scene);
        }

        seconds += AtHospital.At(_chance.Normal(ChancePurpose.Handover, call));
        return ((long)(1000 * seconds) + drives[nearest], _hospitals[nearest]);
    }
}
