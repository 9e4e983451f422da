using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MinaKyukyu.GrpcTests;

/// <summary>A Kestrel host on a free loopback port, HTTP/2 by prior knowledge, and a channel to it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(WebApplication app)
    {
        _app = app;
        Address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        Channel = GrpcChannel.ForAddress(Address);
    }

    public string Address { get; }

    public int Port => new Uri(Address).Port;

    public GrpcChannel Channel { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>What the echo service does, where the server was started with it.</summary>
    public EchoScript Script => Services.GetRequiredService<EchoScript>();

    public EchoClient Client => new(Channel);

    public static Task<TestServer> EchoAsync(
        Action<GrpcServiceOptions>? grpc = null,
        Action<IServiceCollection>? services = null,
        HttpProtocols protocols = HttpProtocols.Http2,
        Action<ListenOptions>? listen = null
    ) =>
        StartAsync(
            routes => routes.MapGrpcService<EchoService>(),
            grpc,
            collection =>
            {
                collection.AddSingleton<EchoScript>();
                services?.Invoke(collection);
            },
            protocols,
            listen
        );

    public static async Task<TestServer> StartAsync(
        Action<IEndpointRouteBuilder> map,
        Action<GrpcServiceOptions>? grpc = null,
        Action<IServiceCollection>? services = null,
        HttpProtocols protocols = HttpProtocols.Http2,
        Action<ListenOptions>? listen = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                System.Net.IPAddress.Loopback,
                port: 0,
                endpoint =>
                {
                    endpoint.Protocols = protocols;
                    listen?.Invoke(endpoint);
                }
            )
        );
        builder.Services.AddGrpc(options => grpc?.Invoke(options));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new TestServer(app);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
    }
}
