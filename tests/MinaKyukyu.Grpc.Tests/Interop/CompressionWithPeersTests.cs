using System.Text;
using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Interop;

public sealed class CompressionWithPeersTests
{
    private static readonly string[] Promises =
    [
        "gzip requests",
        "an unknown encoding is refused",
        "a bomb is refused",
        "the connection is still usable",
    ];

    public static TheoryData<string> Peers => Peer.All;

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Unpacks_the_requests_of_a_client(string peer)
    {
        await using var server = await EchoWords.ServeAsync(options =>
        {
            options.MaxReceiveMessageSize = 64 * 1024;
#if PUBLIC_PACKAGES
            // The packages know deflate, too, which the peers send as the encoding that this side does not know.
            options.CompressionProviders =
            [
                new Grpc.Net.Compression.GzipCompressionProvider(
                    System.IO.Compression.CompressionLevel.Fastest
                ),
            ];
#endif
        });

        await Peer.Named(peer).FindsAsync(Promises, "compression", server);
    }

    [Fact]
    public async Task Unpacks_the_responses_of_a_server_and_refuses_a_bomb()
    {
        // grpc-js 1.14 sends no compressed response, whatever it is told; so C-core is the only witness here.
        using var server = await PeerServer.StartAsync(Peer.Named("python"));

        Assert.Equal(new string('x', 5_000), await server.AskAsync("gzip 5000"));
        using var stream = server.Client.Spread("gzip 3 5000"u8.ToArray());
        var count = 0;
        await foreach (var message in stream.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(new string('x', 5_000), Encoding.ASCII.GetString(message));
            count++;
        }

        Assert.Equal(3, count);

        // 20 MB of the same letter travel as some 20 KB; the limit of a client is 4 MiB unless told otherwise.
        await Eventually.RefusesAsync(
            StatusCode.ResourceExhausted,
            () => server.AskAsync("gzip 20000000")
        );
        Assert.Equal("still there", await server.AskAsync("still there"));
    }
}
