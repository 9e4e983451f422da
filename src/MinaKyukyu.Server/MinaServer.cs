using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Server.Hosting;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Pages;
using MinaKyukyu.Server.Wire;

namespace MinaKyukyu.Server;

/// <summary>The options cannot stand together; the message is fit to be shown as it is.</summary>
public sealed class MinaServerException(string message) : Exception(message);

/// <summary>One node: who is plugged into whom.</summary>
public static class MinaServer
{
    /// <summary>How long calls in flight may take to end after SIGTERM.</summary>
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(8);

    /// <summary>Puts the node together. Nothing listens yet; starting it opens and replays the journal first.</summary>
    /// <param name="configure">Last word over the services, for tests.</param>
    /// <exception cref="MinaServerException">The options cannot stand together.</exception>
    public static WebApplication Build(
        MinaServerOptions options,
        Action<IServiceCollection>? configure = null
    )
    {
        Addresses.Require(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Why a start failed is said in one sentence by whoever started it; the host would bury it under its own traces.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // What a command answers goes to standard output; what the house says goes to standard error.
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace
        );
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainWithin);
        builder.WebHost.ConfigureKestrel(kestrel => Listeners.Open(kestrel, options));
        builder.Services.AddHouse(options);
        configure?.Invoke(builder.Services);

        WebApplication app = builder.Build();
        app.UseOversizeWords();
        app.MapWire(options);
        app.MapPages(options);
        Warn(app, options);
        return app;
    }

    /// <summary>The socket of a data directory through which its administrator reaches a running node.</summary>
    public static string AdministratorSocketOf(string data) => AdministratorSocket.PathIn(data);

    /// <summary>The real addresses of gRPC and pages, once the node has started.</summary>
    public static (Uri Grpc, Uri Web) AddressesOf(WebApplication app)
    {
        string[] bound =
        [
            .. app
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses,
        ];
        return (new Uri(bound[0]), new Uri(bound[1]));
    }

    private static void Warn(WebApplication app, MinaServerOptions options)
    {
        if (options.DemoIdentities)
        {
            ServerLog.DemoIdentities(app.Logger);
        }

        if (options.Card is { LevelB.IsSimulated: true } or { LevelA.IsSimulated: true })
        {
            ServerLog.SimulatedApproval(app.Logger);
        }
    }
}
