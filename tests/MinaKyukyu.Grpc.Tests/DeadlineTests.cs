using System.Diagnostics;
using Grpc.Core;

namespace MinaKyukyu.GrpcTests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(250);

    private static CallOptions Within(TimeSpan span) =>
        new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + span);

    [Fact]
    public async Task Ends_a_call_at_its_deadline_on_both_sides()
    {
        await using var server = await TestServer.EchoAsync();
        var cancelled = new TaskCompletionSource(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        server.Script.Unary = async (request, context) =>
        {
            using var registration = context.CancellationToken.Register(() =>
                cancelled.TrySetResult()
            );
            await cancelled.Task;
            return request;
        };

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.UnaryAsync([1], Within(Soon))
        );

        Assert.Equal(StatusCode.DeadlineExceeded, refused.StatusCode);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Answers_at_the_deadline_although_the_method_does_not_look_at_its_token()
    {
        await using var server = await TestServer.EchoAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Script.Unary = async (request, _) =>
        {
            await release.Task;
            return request;
        };

        // The raw client has no clock of its own: only the server can end this.
        using var answer = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame([1]),
            ("grpc-timeout", "200m")
        );

        Assert.Equal(StatusCode.DeadlineExceeded, answer.Status);
        release.SetResult();
    }

#if !PUBLIC_PACKAGES
    /// <summary>With the public packages the stream of such a call is reset, and its client never reads why.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tells_the_deadline_also_in_the_middle_of_a_stream(bool doesServiceStop)
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Spread = async (request, responses, context) =>
        {
            foreach (var piece in request.Chunk(8_000))
            {
                await responses.WriteAsync(
                    piece,
                    doesServiceStop ? context.CancellationToken : CancellationToken.None
                );
            }
        };
        var outcomes = new List<StatusCode?>();
        for (var i = 0; i < 300; i++)
        {
            // By hand, for a client of ours would look at its own clock.
            using var answer = await RawCall.PostAsync(
                server,
                "Spread",
                RawCall.Frame(new byte[64_000]),
                ("grpc-timeout", $"{100 * (i % 60)}u")
            );
            outcomes.Add(answer.Status);
        }

        Assert.All(
            outcomes,
            status =>
                Assert.True(
                    status is StatusCode.OK or StatusCode.DeadlineExceeded,
                    $"{status?.ToString() ?? "no status"}"
                )
        );
        Assert.Contains(StatusCode.DeadlineExceeded, outcomes);
    }
#endif

    [Fact]
    public async Task Survives_deadlines_that_meet_the_end_of_their_calls()
    {
        // The timers of both sides, the client's reset and the method's end meet in the same moments, in every order.
        await using var server = await TestServer.EchoAsync();
        server.Script.Unary = async (request, context) =>
        {
            using var registration = context.CancellationToken.Register(() =>
                throw new InvalidOperationException("a callback that throws")
            );
            await Task.Delay(TimeSpan.FromMilliseconds(5 + (request[0] % 10)));
            return request;
        };
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(async i =>
                {
                    // Every other call has no deadline: it must never be told of its neighbour's.
                    var options =
                        i % 2 == 0 ? default : Within(TimeSpan.FromMilliseconds(1 + (i % 60)));
                    try
                    {
                        await server.Client.UnaryAsync([(byte)i], options);
                        return (options.Deadline, Code: StatusCode.OK);
                    }
                    catch (RpcException refused)
                    {
                        return (options.Deadline, Code: refused.StatusCode);
                    }
                })
        );

        Assert.All(
            outcomes,
            outcome =>
                Assert.True(
                    outcome.Code == StatusCode.OK
                        || (
                            outcome.Code == StatusCode.DeadlineExceeded
                            && outcome.Deadline is not null
                        ),
                    $"{outcome.Deadline}: {outcome.Code}"
                )
        );
        Assert.Contains(outcomes, outcome => outcome.Code == StatusCode.DeadlineExceeded);
        Assert.Equal([1], await server.Client.UnaryAsync([1]));
    }

    [Fact]
    public async Task Ends_a_stream_of_responses_at_the_deadline()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Spread = async (_, responses, context) =>
        {
            await responses.WriteAsync([1]);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        };
        using var call = server.Client.Spread([], Within(Soon));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            call.ResponseStream.MoveNext(CancellationToken.None)
        );

        Assert.Equal(StatusCode.DeadlineExceeded, refused.StatusCode);
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Does_not_send_a_call_whose_deadline_has_passed()
    {
        await using var server = await TestServer.EchoAsync();
        var calls = 0;
        server.Script.Unary = (request, _) =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(request);
        };

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.UnaryAsync([1], Within(TimeSpan.FromSeconds(-1)))
        );

        Assert.Equal(StatusCode.DeadlineExceeded, refused.StatusCode);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Tells_the_method_when_it_must_be_done()
    {
        await using var server = await TestServer.EchoAsync();
        var deadlines = new List<DateTime>();
        server.Script.Unary = (request, context) =>
        {
            deadlines.Add(context.Deadline);
            return Task.FromResult(request);
        };
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(3);

        await server.Client.UnaryAsync([1], new CallOptions(deadline: deadline));
        await server.Client.UnaryAsync([1]);

        Assert.InRange(deadlines[0], deadline.AddSeconds(-5), deadline.AddSeconds(5));
        Assert.Equal(DateTimeKind.Utc, deadlines[0].Kind);
        Assert.Equal(DateTime.MaxValue, deadlines[1]);
    }

    [Theory]
    [InlineData("99999999n", 0.099999999)]
    [InlineData("5000000u", 5)]
    [InlineData("7000m", 7)]
    [InlineData("30S", 30)]
    [InlineData("2M", 120)]
    [InlineData("3H", 10_800)]
    public async Task Reads_every_unit_of_a_timeout(string text, double seconds)
    {
        await using var server = await TestServer.EchoAsync();
        var left = TimeSpan.Zero;
        server.Script.Unary = (request, context) =>
        {
            left = context.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime;
            return Task.FromResult(request);
        };
        var clock = Stopwatch.StartNew();

        using var answer = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame([1]),
            ("grpc-timeout", text)
        );

        Assert.InRange(
            left.TotalSeconds,
            seconds - clock.Elapsed.TotalSeconds - 0.02,
            seconds + 0.02
        );
    }

#if !PUBLIC_PACKAGES
    [Theory]
    [InlineData("5")]
    [InlineData("S")]
    [InlineData("-5S")]
    [InlineData("123456789S")]
    [InlineData("5x")]
    public async Task Refuses_a_timeout_that_cannot_be_read(string text)
    {
        // The public package ignores it and waits for ever; every wait has an end here.
        await using var server = await TestServer.EchoAsync();

        using var answer = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame([1]),
            ("grpc-timeout", text)
        );

        Assert.Equal(StatusCode.Internal, answer.Status);
    }
#endif
}
