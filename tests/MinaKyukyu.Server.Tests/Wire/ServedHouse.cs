using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.StandIn;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Counts;
using MinaKyukyu.StandIn.Revocation;
using MinaKyukyu.StandIn.Verifier;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>The whole house in this process on real loopback ports, with the national side beside it; shared by the tests of a class.</summary>
public class ServedHouse : IAsyncLifetime
{
    protected static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("mina-wire-").FullName;
    private readonly UuidSource _ids = new(TimeProvider.System);
    private WebApplication? _standIn;
    private MinaServerOptions _options = null!;
    private GrpcChannel? _channel;

    public static string Root { get; } = FindRoot();

    public string Data => Path.Combine(_directory, "data");

    public WebApplication App { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    /// <summary>The national side, which also hands out the cards.</summary>
    public Uri National => new(_standIn!.Urls.First());

    public DepartmentPlan Plan { get; private set; } = null!;

    internal Truth Truth { get; private set; } = null!;

    /// <summary>The journal's store, which can be told to hold its breath.</summary>
    public BreathHolding Breath { get; } = new();

    public IssuedCards Cards => _standIn!.Services.GetRequiredService<IssuedCards>();

    public RevocationFaults Revocation => _standIn!.Services.GetRequiredService<RevocationFaults>();

    public ApprovedVerifier Verifier => _standIn!.Services.GetRequiredService<ApprovedVerifier>();

    internal Caller Dispatcher { get; private protected set; } = null!;

    internal Caller SecondDispatcher { get; private set; } = null!;

    internal Caller Analyst { get; private set; } = null!;

    internal Caller Nobody { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        _standIn = StandInApp.Build(StandInOptions.Default, TimeProvider.System);
        await _standIn.StartAsync();
        Plan = SampleCity.Plan(Path.Combine(Root, "samples", "tachikawa"));
        _options = Change(await OptionsAsync());
        App = MinaServer.Build(_options, Plug);
        await App.StartAsync();
        Grpc = MinaServer.AddressesOf(App).Grpc;
        _channel = GrpcChannel.ForAddress(Grpc);
        Truth = new Truth(App.Services, Data, Plan.Id, Upstream);
        Dispatcher = CallerOf("console-1", "dispatcher");
        SecondDispatcher = CallerOf("console-2", "dispatcher");
        Analyst = CallerOf("desk-1", "analyst");
        Nobody = new Caller(_channel.CreateCallInvoker().Intercept(new Within(CallDeadline)));
    }

    /// <summary>Another process on the same data and the same ports, as far as anybody can tell from outside.</summary>
    public async Task RestartAsync()
    {
        (Uri grpc, Uri web) = MinaServer.AddressesOf(App);
        await App.StopAsync();
        await App.DisposeAsync();
        App = MinaServer.Build(_options with { Grpc = grpc, Web = web }, Plug);
        await App.StartAsync();
        Truth = new Truth(App.Services, Data, Plan.Id, Upstream);
    }

    /// <summary>What a class changes of the usual options.</summary>
    protected virtual MinaServerOptions Change(MinaServerOptions usual) => usual;

    /// <summary>What a class puts in the place of the usual services.</summary>
    protected virtual void Plug(IServiceCollection services) { }

    public virtual async Task DisposeAsync()
    {
        _channel?.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        if (_standIn is not null)
        {
            await _standIn.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>What the national side was asked since its start.</summary>
    private long Upstream() =>
        _standIn!.Services.GetRequiredService<RequestCounts>().Snapshot().Values.Sum();

    /// <summary>A new request id.</summary>
    public string Next() => _ids.Next();

    internal virtual Caller CrewOf(UnitPlan unit) =>
        CallerOf(unit.Device.Value, "crew", unit.Crew.Value);

    internal bool IsOnDuty(UnitId unit) =>
        App.Services.GetRequiredService<FleetProjection>().Current.Find(unit) is not null;

    internal UnitPlan Unit(int index) => Plan.Units[index];

    /// <summary>Somebody of that role; a crew's member stands at the first unit.</summary>
    internal Caller As(CallerRole role)
    {
        string word = RoleWords.Of(role);
        UnitPlan unit = Unit(0);
        return role.IsCrew()
            ? CallerOf(unit.Device.Value, word, unit.Crew.Value)
            : CallerOf($"console-{word}", word);
    }

    internal Caller CallerOf(string device, string role, string? crew = null)
    {
        var identity = new Metadata { { "mina-device-id", device }, { "mina-role", role } };
        if (crew is not null)
        {
            identity.Add("mina-crew-id", crew);
        }

        return new Caller(
            _channel!
                .CreateCallInvoker()
                .Intercept(new Within(CallDeadline))
                .Intercept(headers => Joined(headers, identity))
        );
    }

    /// <summary>As a caller of its own, without any deadline.</summary>
    internal Caller WithoutDeadline(string device, string role)
    {
        var identity = new Metadata { { "mina-device-id", device }, { "mina-role", role } };
        return new Caller(
            _channel!.CreateCallInvoker().Intercept(headers => Joined(headers, identity))
        );
    }

    private static Metadata Joined(Metadata headers, Metadata identity)
    {
        foreach (Metadata.Entry entry in identity)
        {
            headers.Add(entry);
        }

        return headers;
    }

    private async Task<MinaServerOptions> OptionsAsync()
    {
        Uri national = National;
        using var http = new HttpClient
        {
            BaseAddress = national,
            Timeout = TimeSpan.FromSeconds(20),
        };
        string anchor = await SaveAsync(http, "ca/authentication.pem");
        string key = await SaveAsync(http, "verifier/key.pem");
        var approval = new LevelApproval(
            ApprovedVerifier.ApprovalId,
            new DateOnly(2026, 1, 1),
            "test"
        );
        return new MinaServerOptions
        {
            Data = Data,
            Grpc = new Uri("http://127.0.0.1:0"),
            Web = new Uri("http://127.0.0.1:0"),
            City = Path.Combine(Root, "samples", "tachikawa"),
            Codes = Path.Combine(Root, "codes", "fdma-2026.csv"),
            DemoIdentities = true,
            Card = new CardOptions(
                [anchor],
                [],
                key,
                approval.ApprovalId,
                approval,
                null,
                new Uri(national, "fhir/")
            ),
            WrapStore = Breath.Wrap,
        };
    }

    private async Task<string> SaveAsync(HttpClient http, string path)
    {
        string file = Path.Combine(_directory, path.Replace('/', '-'));
        await File.WriteAllTextAsync(
            file,
            await http.GetStringAsync(new Uri(path, UriKind.Relative))
        );
        return file;
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName
            ?? throw new InvalidOperationException("The tests run inside the checkout.");
    }
}

/// <summary>The same with an order watch that loses patience at once.</summary>
public sealed class ImpatientHouse : ServedHouse
{
    protected override MinaServerOptions Change(MinaServerOptions usual) =>
        usual with
        {
            Watch = new WatchOptions
            {
                DeliveredWithin = TimeSpan.FromSeconds(1),
                AcknowledgedWithin = TimeSpan.FromSeconds(1),
                RollingWithin = TimeSpan.FromSeconds(20),
            },
        };
}

/// <summary>Gives each call of a test an end.</summary>
internal sealed class Within(TimeSpan limit) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation
    ) => continuation(request, Limited(context));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<
        TRequest,
        TResponse
    >(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation
    ) => continuation(request, Limited(context));

    private ClientInterceptorContext<TRequest, TResponse> Limited<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context
    )
        where TRequest : class
        where TResponse : class =>
        new(
            context.Method,
            context.Host,
            context.Options.WithDeadline(
                context.Options.Deadline ?? TimeProvider.System.GetUtcNow().UtcDateTime + limit
            )
        );
}
