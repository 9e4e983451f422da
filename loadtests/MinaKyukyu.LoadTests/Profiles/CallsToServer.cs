using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.LoadTests.Generating;
using MinaKyukyu.LoadTests.Serving;

namespace MinaKyukyu.LoadTests.Profiles;

/// <summary>Every call of a run, over one channel.</summary>
internal sealed class CallsToServer : IDisposable
{
    /// <summary>How long one call may take; a call that takes longer is an error and counts with this time.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private static readonly Metadata Dispatcher =
    [
        new("mina-device-id", "load-console"),
        new("mina-role", "dispatcher"),
    ];

    private readonly GrpcChannel _channel;
    private readonly Health.HealthClient _health;
    private readonly DispatchService.DispatchServiceClient _dispatch;
    private readonly IncidentService.IncidentServiceClient _incidents;
    private readonly CrewService.CrewServiceClient _crews;
    private readonly TimeProvider _time;
    private readonly string _run;
    private int _ids;

    /// <param name="seed">Of request ids: a run on a data directory that lives on must not repeat another run's.</param>
    public CallsToServer(Uri server, TimeProvider time, int seed)
    {
        _time = time;
        _run = $"load-{seed}-{time.GetUtcNow().ToUnixTimeMilliseconds()}";
        _channel = GrpcChannel.ForAddress(server);
        _health = new Health.HealthClient(_channel);
        _dispatch = new DispatchService.DispatchServiceClient(_channel);
        _incidents = new IncidentService.IncidentServiceClient(_channel);
        _crews = new CrewService.CrewServiceClient(_channel);
    }

    /// <summary>The floor: the least that a call through the whole pipeline costs.</summary>
    public LoadProfile Floor() =>
        new(
            "floor",
            async stop =>
            {
                await _health.CheckAsync(new HealthCheckRequest(), Options([], stop));
                return null;
            }
        );

    /// <summary>Advice on units for open incidents, in turn.</summary>
    public LoadProfile Recommend(IReadOnlyList<string> incidents)
    {
        int turn = 0;
        return new(
            "recommend",
            async stop =>
            {
                var request = new RecommendUnitsRequest
                {
                    IncidentId = incidents[turn++ % incidents.Count],
                };
                RecommendUnitsResponse answer = await _dispatch.RecommendUnitsAsync(
                    request,
                    Options(Dispatcher, stop)
                );
                return TimeSpan.FromMilliseconds(answer.Recommendation.DecisionMilliseconds);
            }
        );
    }

    public async Task SignOnAsync(IReadOnlyList<CityUnit> units, CancellationToken stop)
    {
        foreach (CityUnit unit in units)
        {
            await _crews.SignOnAsync(
                new SignOnRequest { RequestId = NextId(), UnitId = unit.Unit },
                Options(CrewOf(unit), stop)
            );
        }
    }

    /// <summary>Every unit says where it is, as it would every few seconds: the advice then reckons from there, not from its station.</summary>
    public async Task ReportPositionsAsync(IReadOnlyList<CityUnit> units, CancellationToken stop)
    {
        foreach (CityUnit unit in units)
        {
            var report = new ReportPositionsRequest { UnitId = unit.Unit };
            report.Positions.Add(
                new PositionReport
                {
                    Point = new GeoPoint { Latitude = unit.Latitude, Longitude = unit.Longitude },
                    ObservedTime = _time.GetUtcNow().ToTimestamp(),
                }
            );
            await _crews.ReportPositionsAsync(report, Options(CrewOf(unit), stop));
        }
    }

    public async Task<IReadOnlyList<string>> OpenIncidentsAsync(
        IReadOnlyList<(double Latitude, double Longitude)> places,
        CancellationToken stop
    )
    {
        var opened = new List<string>();
        foreach ((double latitude, double longitude) in places)
        {
            OpenIncidentResponse answer = await _incidents.OpenIncidentAsync(
                new OpenIncidentRequest
                {
                    RequestId = NextId(),
                    Place = new Place
                    {
                        Point = new GeoPoint { Latitude = latitude, Longitude = longitude },
                        PlacePrecision = PlacePrecision.Building,
                    },
                    Urgency = new Urgency { Level = UrgencyLevel.High, Protocol = "load" },
                },
                Options(Dispatcher, stop)
            );
            opened.Add(answer.IncidentId);
        }

        return opened;
    }

    /// <summary>On what the advice rests, so that a run says what it measured.</summary>
    public async Task<string> LevelOfAsync(string incident, CancellationToken stop)
    {
        RecommendUnitsResponse answer = await _dispatch.RecommendUnitsAsync(
            new RecommendUnitsRequest { IncidentId = incident },
            Options(Dispatcher, stop)
        );
        return answer.Recommendation.Level.ToString();
    }

    private static Metadata CrewOf(CityUnit unit) =>
        [
            new("mina-device-id", unit.Device),
            new("mina-crew-id", unit.Crew),
            new("mina-role", "crew"),
        ];

    private CallOptions Options(Metadata headers, CancellationToken stop) =>
        new(headers, _time.GetUtcNow().UtcDateTime + Deadline, stop);

    private string NextId() => $"{_run}-{Interlocked.Increment(ref _ids)}";

    public void Dispose() => _channel.Dispose();
}
