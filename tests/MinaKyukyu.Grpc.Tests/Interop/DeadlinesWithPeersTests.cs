using System.Globalization;
using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Interop;

public sealed class DeadlinesWithPeersTests
{
    private static readonly string[] Promises =
    [
        "the server sees the deadline",
        "no deadline is none",
        "a call ends at its deadline",
        "a stream ends at its deadline",
        "the server saw both cancelled",
        "an answer at the deadline is an answer or a deadline",
        "the connection is still usable",
    ];

#if PUBLIC_PACKAGES
    /// <summary>Grpc.AspNetCore may reset a call whose deadline passes while its answer is being written.</summary>
    private static readonly string[] LateOptions = ["--resets-late"];
#else
    private static readonly string[] LateOptions = [];
#endif

    public static TheoryData<string> Peers => Peer.All;

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Serves_calls_until_their_deadlines(string peer)
    {
        await using var server = await EchoWords.ServeAsync();

        await Peer.Named(peer).FindsAsync(Promises, "deadlines", server, LateOptions);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Tells_the_server_the_deadline(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));

        var left = await server.AskAsync("deadline", Within(seconds: 100));

        Assert.InRange(int.Parse(left, CultureInfo.InvariantCulture), low: 60, high: 100);
        Assert.Equal("none", await server.AskAsync("deadline"));
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Ends_calls_at_their_deadline_on_both_sides(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        await server.AskAsync("connect");

        await Eventually.RefusesAsync(
            StatusCode.DeadlineExceeded,
            async () => await server.AskAsync("sleep 80000", Within(seconds: 1))
        );
        using var stream = server.Client.Spread("forever"u8.ToArray(), Within(seconds: 3));
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        await Eventually.RefusesAsync(
            StatusCode.DeadlineExceeded,
            () => stream.ResponseStream.MoveNext(CancellationToken.None)
        );

        await Eventually.IsSoAsync(
            "the server saw both cancelled",
            async () => await server.CountAsync("cancellations") >= 2
        );
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Ends_a_call_whose_answer_comes_at_its_deadline_in_one_of_two_ways(string peer)
    {
        using var server = await PeerServer.StartAsync(Peer.Named(peer));
        await server.AskAsync("connect");

        // 60,000 bytes are several frames, so that some deadlines fall between the first and the last of them.
        var outcomes = await Task.WhenAll(
                Enumerable
                    .Range(0, 300)
                    .Select(async index =>
                    {
                        try
                        {
                            var answer = await server.Client.UnaryAsync(
                                "sleep 60 60000"u8.ToArray(),
                                Within(seconds: 0.03 + (index * 0.001))
                            );
                            Assert.Equal(60_000, answer.Length);
                            return Status.DefaultSuccess;
                        }
                        catch (RpcException refused)
                        {
                            return refused.Status;
                        }
                    })
            )
            .WaitAsync(PeerProcess.Patience);

        Assert.All(
            outcomes,
            outcome =>
                Assert.True(
                    IsAnswerOrDeadline(outcome.StatusCode),
                    $"{outcome} {outcome.DebugException}"
                )
        );
        Assert.Contains(outcomes, outcome => outcome.StatusCode == StatusCode.DeadlineExceeded);
        Assert.Equal("still there", await server.AskAsync("still there"));
    }

#if PUBLIC_PACKAGES
    /// <summary>Grpc.Net.Client may call the request that its own deadline aborted UNAVAILABLE.</summary>
    private static bool IsAnswerOrDeadline(StatusCode code) =>
        code is StatusCode.OK or StatusCode.DeadlineExceeded or StatusCode.Unavailable;
#else
    private static bool IsAnswerOrDeadline(StatusCode code) =>
        code is StatusCode.OK or StatusCode.DeadlineExceeded;
#endif

    private static CallOptions Within(double seconds) =>
        new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(seconds));
}
