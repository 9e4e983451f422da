using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Interop;

public sealed class CancellationWithPeersTests
{
    private static readonly string[] Promises =
    [
        "a unary call is cancelled",
        "a stream of answers is cancelled",
        "a stream both ways is cancelled",
        "the server saw all three",
    ];

    public static TheoryData<string> Peers => Peer.All;

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Sees_that_a_client_gave_up(string peer)
    {
        await using var server = await EchoWords.ServeAsync();

        await Peer.Named(peer).FindsAsync(Promises, "cancellation", server);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Shows_a_server_that_it_gave_up(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        using var giveUp = new CancellationTokenSource();
        var options = new CallOptions(cancellationToken: giveUp.Token);
        using var spread = server.Client.Spread("forever"u8.ToArray(), options);
        using var talk = server.Client.Talk(options);
        await talk.RequestStream.WriteAsync("wait"u8.ToArray());
        Assert.True(await spread.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(await talk.ResponseStream.MoveNext(CancellationToken.None));
        using (var disposed = server.Client.Spread("forever"u8.ToArray()))
        {
            Assert.True(await disposed.ResponseStream.MoveNext(CancellationToken.None));
        }

        await giveUp.CancelAsync();

        await Eventually.RefusesAsync(
            StatusCode.Cancelled,
            () => spread.ResponseStream.MoveNext(CancellationToken.None)
        );
        await Eventually.RefusesAsync(
            StatusCode.Cancelled,
            () => talk.ResponseStream.MoveNext(CancellationToken.None)
        );
        await Eventually.IsSoAsync(
            "the server saw all three",
            async () => await server.CountAsync("cancellations") == 3
        );
    }
}
