using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Server;

namespace MinaKyukyu.Cli.Administration;

/// <summary>
/// The administrator's way to the service: through the socket of the data directory when it runs; when it does not, the service is
/// started for the length of this command, without a door for anybody else.
/// </summary>
internal sealed class AdministratorChannel : IAsyncDisposable
{
    private readonly WebApplication? _own;
    private readonly GrpcChannel _channel;

    private AdministratorChannel(WebApplication? own, string data)
    {
        _own = own;
        _channel = GrpcChannel.ForAddress(
            "http://localhost",
            new GrpcChannelOptions
            {
                HttpClient = new HttpClient(Through(MinaServer.AdministratorSocketOf(data)))
                {
                    DefaultRequestVersion = HttpVersion.Version20,
                    DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
                },
                DisposeHttpClient = true,
            }
        );
        Enrolment = new EnrolmentService.EnrolmentServiceClient(_channel);
    }

    public EnrolmentService.EnrolmentServiceClient Enrolment { get; }

    public static async Task<AdministratorChannel> OpenAsync(
        string data,
        string city,
        string codes,
        CancellationToken stop
    )
    {
        if (await IsServedAsync(data, stop))
        {
            return new AdministratorChannel(own: null, data);
        }

        WebApplication own = MinaServer.Build(
            new MinaServerOptions
            {
                Data = data,
                City = city,
                Codes = codes,
                Grpc = new Uri("http://127.0.0.1:0"),
                Web = new Uri("http://127.0.0.1:0"),
            }
        );
        await own.StartAsync(stop);
        return new AdministratorChannel(own, data);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        if (_own is not null)
        {
            await _own.StopAsync();
            await _own.DisposeAsync();
        }
    }

    private static async Task<bool> IsServedAsync(string data, CancellationToken stop)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(
                new UnixDomainSocketEndPoint(MinaServer.AdministratorSocketOf(data)),
                stop
            );
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static SocketsHttpHandler Through(string socketPath) =>
        new()
        {
            ConnectCallback = async (_, stop) =>
            {
                Socket socket = new(
                    AddressFamily.Unix,
                    SocketType.Stream,
                    ProtocolType.Unspecified
                );
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), stop);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
}
