using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Interop;

public sealed class ErrorsWithPeersTests
{
    private const string Sentence = "100 % 出動中\n%41 %zz \"終\"\t~";

    private static readonly string[] Promises =
    [
        "every code and its sentence",
        "a refusal after a message",
        "what a service throws stays with it",
        "a rich status",
        "an unknown method",
        "an unknown service",
        "a message over the limit",
        "the connection is still usable",
    ];

    public static TheoryData<string> Peers => Peer.All;

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Tells_a_client_why_it_refuses(string peer)
    {
        await using var server = await EchoWords.ServeAsync(options =>
            options.MaxReceiveMessageSize = 64 * 1024
        );
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.PathOf("rpc.descriptors"), RichStatus.Descriptors());

        await Peer.Named(peer)
            .FindsAsync(
                Promises,
                "errors",
                server,
                "--descriptors",
                folder.PathOf("rpc.descriptors")
            );
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Reads_every_code_and_its_sentence(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));

        for (var code = StatusCode.Cancelled; code <= StatusCode.Unauthenticated; code++)
        {
            var refused = await Eventually.RefusesAsync(
                code,
                async () => await server.AskAsync($"refuse {(int)code} {Sentence}")
            );
            Assert.Equal(Sentence, refused.Status.Detail);
        }
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Reads_a_refusal_that_comes_after_a_message(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        using var call = server.Client.Spread("refuse 10 race"u8.ToArray());

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var refused = await Eventually.RefusesAsync(
            StatusCode.Aborted,
            () => call.ResponseStream.MoveNext(CancellationToken.None)
        );

        Assert.Equal("race", refused.Status.Detail);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Reads_a_rich_status(string peer)
    {
        using var folder = new TemporaryFolder();
        var descriptors = folder.PathOf("rpc.descriptors");
        File.WriteAllBytes(descriptors, RichStatus.Descriptors());
        using var server = await PeerServer.StartAsync(
            Peer.Named(peer),
            "--descriptors",
            descriptors
        );

        var refused = await Assert
            .ThrowsAsync<RpcException>(() => server.AskAsync("rich"))
            .WaitAsync(PeerProcess.Patience);

        RichStatus.IsIn(refused);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Reads_what_a_server_says_of_a_failure_and_of_a_method_that_it_has_not(
        string peer
    )
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));

        await Eventually.RefusesAsync(StatusCode.Unknown, () => server.AskAsync("throw"));
        await Eventually.RefusesAsync(
            StatusCode.Unimplemented,
            async () => await server.Client.MissingAsync([])
        );

        Assert.Equal("still there", await server.AskAsync("still there"));
    }
}
