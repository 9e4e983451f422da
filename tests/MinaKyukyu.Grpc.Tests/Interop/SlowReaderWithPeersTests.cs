using System.Buffers.Binary;
using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>Who does not read holds the writer back: HTTP/2's windows fill, and nothing is queued beyond them.</summary>
public sealed class SlowReaderWithPeersTests
{
    /// <summary>20 MB in all, of which at most half may wait between the two: windows begin at 64 KiB and grow only for who reads.</summary>
    private const int Many = 20_000;

    private static readonly string[] Promises =
    [
        "the writer is held back",
        "all messages arrived in order",
    ];

    public static TheoryData<string> Peers => Peer.All;

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Waits_for_a_client_that_does_not_read(string peer)
    {
        await using var server = await EchoWords.ServeAsync();

        await Peer.Named(peer).FindsAsync(Promises, "slow-reader", server);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Holds_a_server_back_while_nobody_reads(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        using var call = server.Client.Spread("flood 20000 1000"u8.ToArray());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var written = await Eventually.SettlesAsync(() => server.CountAsync("written"));

        Assert.InRange(written, low: 1, high: Many / 2);
        var expected = 1;
        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(expected++, BinaryPrimitives.ReadInt32BigEndian(message));
        }

        Assert.Equal(Many, expected);
        Assert.Equal(Many, await server.CountAsync("written"));
    }
}
