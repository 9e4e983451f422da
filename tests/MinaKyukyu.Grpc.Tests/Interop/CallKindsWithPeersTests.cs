using System.Buffers.Binary;
using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Interop;

public sealed class CallKindsWithPeersTests
{
    private const int Many = 10_000;

    private static readonly string[] Promises =
    [
        "unary",
        "client streaming",
        "server streaming",
        "duplex streaming",
        "10,000 messages each way on one stream",
    ];

    public static TheoryData<string> Peers => Peer.All;

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Serves_the_four_kinds_of_call(string peer)
    {
        await using var server = await EchoWords.ServeAsync();

        await Peer.Named(peer).FindsAsync(Promises, "call-kinds", server);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Finds_out_a_server_that_answers_wrongly(string peer)
    {
        // The planted fault: a witness that cannot be shocked is none.
        await using var server = await EchoWords.ServeAsync();
        server.Script.Collect = async (requests, _) =>
        {
            await foreach (var request in requests.ReadAllAsync())
            {
                Assert.NotNull(request);
            }

            return [];
        };

        using var process = Peer.Named(peer).StartClient("call-kinds", server);
        var (exitCode, output, errors) = await process.RunAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal("unary\n", output);
        Assert.Contains("expected", errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Makes_unary_calls(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));

        foreach (var length in (int[])[0, 1, 16_384, 300_000])
        {
            var message = new byte[length];
            message.AsSpan().Fill(7);
            Assert.Equal(message, await server.Client.UnaryAsync(message));
        }
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Streams_requests(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        using var few = server.Client.Collect();
        await few.RequestStream.WriteAsync([1, 2]);
        await few.RequestStream.WriteAsync([]);
        await few.RequestStream.WriteAsync([3]);
        await few.RequestStream.CompleteAsync();
        Assert.Equal([1, 2, 3], await few);

        using var none = server.Client.Collect();
        await none.RequestStream.CompleteAsync();
        Assert.Empty(await none);

        using var many = server.Client.Collect();
        for (var index = 0; index < Many; index++)
        {
            await many.RequestStream.WriteAsync(Numbered(index));
        }

        await many.RequestStream.CompleteAsync();
        Assert.Equal(Enumerable.Range(0, Many).SelectMany(Numbered), await many);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Streams_responses(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        using var none = server.Client.Spread([]);
        Assert.False(await none.ResponseStream.MoveNext(CancellationToken.None));

        using var many = server.Client.Spread(new byte[Many]);
        var count = 0;
        await foreach (var message in many.ResponseStream.ReadAllAsync())
        {
            Assert.Equal([0], message);
            count++;
        }

        Assert.Equal(Many, count);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Streams_both_ways_in_turns_and_at_once(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        using var turns = server.Client.Talk();
        for (byte i = 0; i < 100; i++)
        {
            await turns.RequestStream.WriteAsync([i]);
            Assert.True(await turns.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal([i], turns.ResponseStream.Current);
        }

        await turns.RequestStream.CompleteAsync();
        Assert.False(await turns.ResponseStream.MoveNext(CancellationToken.None));

        using var atOnce = server.Client.Talk();
        var writing = WriteManyAsync(atOnce.RequestStream);
        var expected = 0;
        await foreach (var message in atOnce.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(Numbered(expected++), message);
        }

        await writing;
        Assert.Equal(Many, expected);
    }

    private static async Task WriteManyAsync(IClientStreamWriter<byte[]> requests)
    {
        for (var index = 0; index < Many; index++)
        {
            await requests.WriteAsync(Numbered(index));
        }

        await requests.CompleteAsync();
    }

    private static byte[] Numbered(int index)
    {
        var message = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(message, index);
        return message;
    }
}
