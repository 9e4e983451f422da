using System.Globalization;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>A peer's server in a process of its own, and our channel to it.</summary>
internal sealed class PeerServer : IDisposable
{
    private readonly PeerProcess _process;

    private PeerServer(PeerProcess process, int port)
    {
        _process = process;
        Port = port;
        Channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
    }

    public int Port { get; }

    public GrpcChannel Channel { get; }

    public EchoClient Client => new(Channel);

    public static async Task<PeerServer> StartAsync(Peer peer, params IEnumerable<string> options)
    {
        var process = peer.Start("echo_server", options);
        try
        {
            var port = int.Parse(await process.ReadLineAsync(), CultureInfo.InvariantCulture);
            return new PeerServer(process, port);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Says words to the server and gives its answer as text.</summary>
    public async Task<string> AskAsync(string words, CallOptions options = default) =>
        Encoding.UTF8.GetString(await Client.UnaryAsync(Encoding.UTF8.GetBytes(words), options));

    public async Task<int> CountAsync(string words) =>
        int.Parse(await AskAsync(words), CultureInfo.InvariantCulture);

    /// <summary>Asks the server to stop gracefully and returns when it has begun to.</summary>
    public async Task BeginToStopAsync()
    {
        await _process.WriteLineAsync("stop");
        Assert.Equal("stopping", await _process.ReadLineAsync());
    }

    public async Task EndsWellAsync()
    {
        var (exitCode, _, errors) = await _process.RunAsync();
        Assert.True(exitCode == 0, errors);
    }

    public void Dispose()
    {
        Channel.Dispose();
        _process.Dispose();
    }
}
