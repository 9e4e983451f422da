using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.GrpcTests.Fuzz.Oracles;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>The echo service and one method of the contract, over HTTP/2 and over HTTP/1.1, with a witness of its log.</summary>
internal sealed class FuzzedServer : IAsyncDisposable
{
    /// <summary>Of a message, as in the house.</summary>
    public const int Limit = 64 * 1024;

    private readonly WebApplication _app;

    private FuzzedServer(WebApplication app, LogWitness log)
    {
        _app = app;
        Log = log;
        var ports = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Select(a => new Uri(a).Port)
            .ToArray();
        (Http2Port, Http1Port) = (ports[0], ports[1]);
    }

    public int Http2Port { get; }

    public int Http1Port { get; }

    public LogWitness Log { get; }

    public EchoScript Script => _app.Services.GetRequiredService<EchoScript>();

    public static async Task<FuzzedServer> StartAsync(Action<GrpcServiceOptions>? grpc = null)
    {
        var log = new LogWitness();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);

        // What the framework says below a warning is switched off in the house, because it names paths; what we say is heard whole.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Grpc", LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(
                System.Net.IPAddress.Loopback,
                0,
                l => l.Protocols = HttpProtocols.Http2
            );
            kestrel.Listen(
                System.Net.IPAddress.Loopback,
                0,
                l => l.Protocols = HttpProtocols.Http1
            );
        });
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = Limit;
            grpc?.Invoke(options);
        });
        builder.Services.AddSingleton(Service());

        // A service that never answers is planted here, and nobody waits for it at the end.
        builder.Services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(1)
        );
        var app = builder.Build();
        app.UseGrpcWeb();
        app.MapGrpcService<EchoService>().EnableGrpcWeb();
        app.MapGrpcService<Incidents>().EnableGrpcWeb();
        await app.StartAsync();
        return new FuzzedServer(app, log);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Echoes, after a look at everything that a call tells about itself; of a spread it sends eight messages at most.</summary>
    private static EchoScript Service()
    {
        var script = new EchoScript();
        var (unary, collect, talk) = (script.Unary, script.Collect, script.Talk);
        script.Unary = (request, context) => Look(context, () => unary(request, context));
        script.Collect = (requests, context) => Look(context, () => collect(requests, context));
        script.Talk = (requests, responses, context) =>
            Look(context, () => talk(requests, responses, context));
        script.Spread = async (request, responses, context) =>
        {
            LookAt(context);
            foreach (var piece in request.Chunk(Math.Max(1, (request.Length / 8) + 1)))
            {
                await responses.WriteAsync(piece, context.CancellationToken);
            }
        };
        return script;
    }

    private static TTask Look<TTask>(ServerCallContext context, Func<TTask> then)
        where TTask : Task
    {
        LookAt(context);
        return then();
    }

    private static void LookAt(ServerCallContext context)
    {
        Assert.NotNull(context.Method);
        Assert.NotNull(context.Host);
        Assert.NotNull(context.Peer);
        Assert.NotNull(context.RequestHeaders);
        Assert.NotNull(context.AuthContext);
    }

    private sealed class Incidents : IncidentService.IncidentServiceBase
    {
        public override Task<OpenIncidentResponse> OpenIncident(
            OpenIncidentRequest request,
            ServerCallContext context
        ) => Task.FromResult(new OpenIncidentResponse { IncidentId = "1" });
    }
}
