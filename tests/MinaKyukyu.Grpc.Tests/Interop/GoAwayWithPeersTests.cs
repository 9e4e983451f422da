using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>A server that stops says so (GOAWAY), ends what it has begun, and begins nothing new.</summary>
public sealed class GoAwayWithPeersTests
{
    private static readonly string[] PromisesAfterwards =
    [
        "the stream goes on",
        "new calls are refused",
        "the stream ends well",
    ];

    public static TheoryData<string> Peers => Peer.All;

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Stops_without_breaking_a_stream_of_theirs(string peer)
    {
        await using var server = await EchoWords.ServeAsync();
        using var client = Peer.Named(peer).StartClient("goaway", server);
        Assert.Equal("a stream is open", await client.ReadLineAsync());

        var stopping = server.StopAsync(CancellationToken.None);
        await client.WriteLineAsync("stopping");

        await client.EndsHavingFoundAsync(PromisesAfterwards);
        await stopping.WaitAsync(PeerProcess.Patience);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Ends_a_stream_well_with_a_server_that_stops(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        using var talk = server.Client.Talk();
        await SaysAsync(talk, 1);

        await server.BeginToStopAsync();

        await SaysAsync(talk, 2);
        await Eventually.IsSoAsync("new calls are refused", () => IsRefusedAsync(server));
        await SaysAsync(talk, 3);
        await talk.RequestStream.CompleteAsync();
        Assert.False(
            await talk
                .ResponseStream.MoveNext(CancellationToken.None)
                .WaitAsync(PeerProcess.Patience)
        );
        Assert.Equal(StatusCode.OK, talk.GetStatus().StatusCode);
        await server.EndsWellAsync();
    }

    /// <summary>Until the client has read the GOAWAY a call may still be served; anything but that and UNAVAILABLE is wrong.</summary>
    private static async Task<bool> IsRefusedAsync(PeerServer server)
    {
        try
        {
            Assert.Equal("still open", await server.AskAsync("still open"));
            return false;
        }
        catch (RpcException refused)
        {
            Assert.True(refused.StatusCode == StatusCode.Unavailable, refused.ToString());
            return true;
        }
    }

    private static async Task SaysAsync(AsyncDuplexStreamingCall<byte[], byte[]> talk, byte word)
    {
        await talk.RequestStream.WriteAsync([word]).WaitAsync(PeerProcess.Patience);
        Assert.True(
            await talk
                .ResponseStream.MoveNext(CancellationToken.None)
                .WaitAsync(PeerProcess.Patience)
        );
        Assert.Equal([word], talk.ResponseStream.Current);
    }
}
