using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Interop;

public sealed class ManyStreamsWithPeersTests
{
    private const int Many = 1_000;

    private static readonly string[] Promises =
    [
        "1,000 streams are open at once",
        "1,000 streams ended well",
    ];

    public static TheoryData<string> Peers => Peer.All;

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Serves_a_thousand_streams_at_once(string peer)
    {
        // Kestrel lets a connection have 100 unless told otherwise; the one beyond the thousand asks how many there are.
        await using var server = await EchoWords.ServeAsync(listen: endpoint =>
            endpoint.KestrelServerOptions.Limits.Http2.MaxStreamsPerConnection = Many + 1
        );

        await Peer.Named(peer).FindsAsync(Promises, "many-streams", server);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Holds_a_thousand_streams_at_once(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        var calls = Enumerable.Range(0, Many).Select(_ => server.Client.Talk()).ToArray();

        await Task.WhenAll(calls.Select(Greet)).WaitAsync(PeerProcess.Patience);
        Assert.Equal(Many, await server.CountAsync("peak"));
        await Task.WhenAll(calls.Select(End)).WaitAsync(PeerProcess.Patience);
    }

    private static async Task Greet(AsyncDuplexStreamingCall<byte[], byte[]> call, int index)
    {
        byte[] word = [(byte)index, (byte)(index >> 8)];
        await call.RequestStream.WriteAsync(word);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(word, call.ResponseStream.Current);
    }

    private static async Task End(AsyncDuplexStreamingCall<byte[], byte[]> call)
    {
        using (call)
        {
            await call.RequestStream.CompleteAsync();
            Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        }
    }
}
