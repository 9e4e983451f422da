using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.StandIn;
using MinaKyukyu.Tablet.Simulation;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Tests.Telemetry;

/// <summary>The national side, the server and whoever collects its telemetry, in this process; each on a port of its own.</summary>
internal sealed class TracedHouse : IAsyncDisposable
{
    /// <summary>Planted where a call may say them; nothing that leaves by telemetry may hold one.</summary>
    public const string Address = "金糸雀町九丁目";
    public const string Landmark = "Canary tower";
    public const string Callback = "042-000-9731";

    private static readonly Metadata Dispatcher =
    [
        new("mina-device-id", "console-1"),
        new("mina-role", "dispatcher"),
    ];
    private static readonly GeoPoint Place = new() { Latitude = 35.7262, Longitude = 139.3752 };

    private readonly string _directory = Directory
        .CreateTempSubdirectory("mina-telemetry")
        .FullName;
    private readonly UuidSource _ids = new(TimeProvider.System);
    private readonly ConcurrentDictionary<string, bool> _handles = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<byte[]> _exported = new();
    private WebApplication? _standIn;
    private WebApplication? _collector;
    private GrpcChannel? _console;

    public WebApplication Server { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    public Uri Web { get; private set; } = null!;

    public Uri StandIn => new(_standIn!.Urls.First());

    /// <summary>What the source of records was asked by, and nobody else may learn.</summary>
    public IEnumerable<string> Handles => _handles.Keys;

    /// <summary>Bodies that the collector was sent.</summary>
    public IReadOnlyCollection<byte[]> Exported => _exported;

    public CallInvoker Console => _console!.CreateCallInvoker();

    public static CallOptions Call =>
        new(Dispatcher, TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30));

    public static async Task<TracedHouse> StartAsync()
    {
        var house = new TracedHouse();
        await house.StartStandInAsync();
        await house.StartCollectorAsync();
        await house.StartServerAsync();
        return house;
    }

    private async Task StartStandInAsync()
    {
        _standIn = StandInApp.Build(StandInOptions.Default, TimeProvider.System);
        _standIn.Use(
            async (http, next) =>
            {
                if (
                    http.Request.Path.StartsWithSegments("/fhir", StringComparison.Ordinal)
                    && http.Request.HasFormContentType
                )
                {
                    IFormCollection form = await http.Request.ReadFormAsync();
                    foreach (string value in form.SelectMany(f => f.Value).OfType<string>())
                    {
                        _handles.TryAdd(value.Split('|')[^1], true);
                    }
                }

                await next(http);
            }
        );
        await _standIn.StartAsync();
    }

    private async Task StartCollectorAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _collector = builder.Build();
        _collector.Urls.Add("http://127.0.0.1:0");
        _collector.MapPost(
            "/v1/{signal}",
            async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                _exported.Enqueue(body.ToArray());
            }
        );
        await _collector.StartAsync();
    }

    private async Task StartServerAsync()
    {
        string root = RepositoryRoot();
        Server = MinaServer.Build(
            new MinaServerOptions
            {
                Data = Path.Combine(_directory, "data"),
                Grpc = new Uri("http://127.0.0.1:0"),
                Web = new Uri("http://127.0.0.1:0"),
                City = Path.Combine(root, "samples", "tachikawa"),
                Codes = Path.Combine(root, "codes", "fdma-2026.csv"),
                DemoIdentities = true,
                Otlp = new Uri(_collector!.Urls.First()),
                Card = new CardOptions(
                    [await SaveAsync("ca/authentication.pem")],
                    [],
                    await SaveAsync("verifier/key.pem"),
                    "SIMULATED-0001",
                    new LevelApproval("SIMULATED-0001", new DateOnly(2026, 1, 1), "test"),
                    null,
                    new Uri(StandIn, "fhir/")
                ),
            }
        );
        await Server.StartAsync();
        (Grpc, Web) = MinaServer.AddressesOf(Server);
        _console = GrpcChannel.ForAddress(Grpc);
    }

    private async Task<string> SaveAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = StandIn };
        string file = Path.Combine(_directory, Path.GetFileName(path));
        await File.WriteAllTextAsync(
            file,
            await http.GetStringAsync(new Uri(path, UriKind.Relative))
        );
        return file;
    }

    public async Task<string> OpenAsync()
    {
        OpenIncidentResponse opened = await new IncidentService.IncidentServiceClient(
            Console
        ).OpenIncidentAsync(
            new OpenIncidentRequest
            {
                RequestId = _ids.Next(),
                Call = new CallOrigin { CallbackNumber = Callback },
                Place = new Place
                {
                    Point = Place,
                    PlacePrecision = PlacePrecision.Building,
                    Address = Address,
                    Landmark = Landmark,
                },
                Urgency = new Urgency { Level = UrgencyLevel.High, Protocol = "test" },
                CardReadiness = CardReadiness.Ready,
            },
            Call
        );
        return opened.IncidentId;
    }

    public async Task<Recommendation> RecommendAsync(string incident) =>
        (
            await new DispatchService.DispatchServiceClient(Console).RecommendUnitsAsync(
                new RecommendUnitsRequest { IncidentId = incident },
                Call
            )
        ).Recommendation;

    public async Task SendAsync(Recommendation advice) =>
        await new DispatchService.DispatchServiceClient(Console).AssignUnitAsync(
            new AssignUnitRequest
            {
                RequestId = _ids.Next(),
                IncidentId = advice.IncidentId,
                UnitId = advice.Candidates[0].UnitId,
                RecommendationId = advice.RecommendationId,
            },
            Call
        );

    public async Task WaitForCrewAsync()
    {
        var crews = new CrewService.CrewServiceClient(Console);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (
            (await crews.ListUnitsAsync(new ListUnitsRequest(), Call)).Units.All(u =>
                u.State == UnitState.OffDuty
            )
        )
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>One crew with a tablet; it lives through one order in which it views a record.</summary>
    public Task<int> RunCrewAsync(TextWriter account, CancellationToken stop)
    {
        var options = new SimulatedCrewOptions
        {
            Server = Grpc,
            StandIn = StandIn,
            Directory = Path.Combine(_directory, "tablet"),
            Device = new DeviceId("tablet-nishi-1"),
            Crew = new CrewId("crew-nishi-1"),
            Unit = new UnitId("nishi-1"),
            Station = new Vocabulary.Places.GeoPoint(Place.Latitude, Place.Longitude),
            Usual = new CrewScript(CrewScriptKind.ViewB, 1),
            TimeScale = 2_000,
            BatchEvery = TimeSpan.FromMilliseconds(200),
            StopAfterOrders = 1,
            Seed = 7,
        };
        return SimulatedCrew.RunAsync(options, account, stop);
    }

    public static string RepositoryRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName
            ?? throw new DirectoryNotFoundException("The tests run inside the repository.");
    }

    /// <summary>Stops and takes apart: who provides the telemetry's host may export its last at the one or at the other.</summary>
    public async Task StopServerAsync()
    {
        await Server.StopAsync();
        await Server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _console?.Dispose();
        await Server.DisposeAsync();
        await _standIn!.DisposeAsync();
        await _collector!.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
