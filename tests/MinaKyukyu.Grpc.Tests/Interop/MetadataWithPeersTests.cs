using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Interop;

public sealed class MetadataWithPeersTests
{
    private static readonly byte[] AllBytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    private static readonly string[] Promises =
    [
        "metadata come back as headers",
        "metadata come back as trailers",
        "text that is not ASCII is not sent",
        "text that is not ASCII is not answered",
        "the connection is still usable",
    ];

    public static TheoryData<string> Peers => Peer.All;

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Carries_the_metadata_of_a_client_and_back(string peer)
    {
        await using var server = await EchoWords.ServeAsync();

        await Peer.Named(peer).FindsAsync(Promises, "metadata", server);
    }

#if !PUBLIC_PACKAGES
    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Carries_what_the_public_packages_do_not(string peer)
    {
        await using var server = await EchoWords.ServeAsync();

        await Peer.Named(peer)
            .FindsAsync(
                ["empty values come back", "several bytes of one key come back"],
                "rare-metadata",
                server
            );
    }
#endif

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Carries_metadata_to_a_server_and_back(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        using var call = server.Client.UnaryAsync(
            "metadata"u8.ToArray(),
            new CallOptions(
                new Metadata
                {
                    { "Echo-Word", "one" },
                    { "echo-word", "two, three" },
                    { "echo-empty", string.Empty },
                    { "echo-sign", "~!@#$%^&*()_+{}|:\"<>?" },
                    { "echo-all-bin", AllBytes },
                    { "echo-none-bin", Array.Empty<byte>() },
                    { "echo-one-bin", new byte[] { 1 } },
                    { "echo-commas-bin", ",,,"u8.ToArray() },
                }
            )
        );

        var headers = await call.ResponseHeadersAsync;
        await call;

        ComeBack(headers, prefix: string.Empty);
        ComeBack(call.GetTrailers(), prefix: "last-");
    }

    [Fact]
    public async Task Sends_several_bytes_of_one_key()
    {
        // HttpClient joins the values of a key by commas, as HTTP allows. grpc-js takes them apart, as the gRPC specification asks;
        // C-core does not (1.51 refuses the call), so that a program that calls C-core gives each value its own key.
        using var server = await PeerServer.StartAsync(Peer.Named("node"));
        using var call = server.Client.UnaryAsync(
            "metadata"u8.ToArray(),
            new CallOptions(
                new Metadata
                {
                    { "echo-some-bin", new byte[] { 1 } },
                    { "echo-some-bin", new byte[] { 1, 2 } },
                    { "echo-some-bin", new byte[] { 1, 2, 3 } },
                }
            )
        );

        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal(
            [
                [1],
                [1, 2],
                [1, 2, 3],
            ],
            headers.GetAll("echo-some-bin").Select(entry => entry.ValueBytes)
        );
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Does_not_send_text_that_is_not_ascii(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));

        await Assert
            .ThrowsAsync<RpcException>(async () =>
                await server.Client.UnaryAsync(
                    "metadata"u8.ToArray(),
                    new CallOptions(new Metadata { { "echo-word", "出動" } })
                )
            )
            .WaitAsync(PeerProcess.Patience);

        Assert.Equal("still there", await server.AskAsync("still there"));
    }

    private static void ComeBack(Metadata metadata, string prefix)
    {
        Assert.Equal("one,two,three", Joined(metadata, $"{prefix}echo-word"));
        Assert.Equal(string.Empty, metadata.GetValue($"{prefix}echo-empty"));
        Assert.Equal("~!@#$%^&*()_+{}|:\"<>?", metadata.GetValue($"{prefix}echo-sign"));
        Assert.Equal(AllBytes, metadata.GetValueBytes($"{prefix}echo-all-bin"));
        Assert.Equal([], metadata.GetValueBytes($"{prefix}echo-none-bin")!);
        Assert.Equal([1], metadata.GetValueBytes($"{prefix}echo-one-bin")!);
        Assert.Equal(",,,"u8.ToArray(), metadata.GetValueBytes($"{prefix}echo-commas-bin")!);
    }

    /// <summary>HTTP lets anybody on the way join the values of one key by commas, so only the words in order are compared.</summary>
    private static string Joined(Metadata metadata, string key) =>
        string.Join(
            ',',
            metadata
                .GetAll(key)
                .SelectMany(entry => entry.Value.Split(',', StringSplitOptions.TrimEntries))
        );
}
