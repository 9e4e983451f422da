#if !PUBLIC_PACKAGES
using Grpc.Core;
using Grpc.Net.Client;
using MinaKyukyu.GrpcTests.Fuzz.Requests;
using MinaKyukyu.GrpcTests.Fuzz.Responses;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>What mutations found and what was then mended, each by itself.</summary>
public sealed class FoundByFuzzTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The read learns of a reset before the call's token fires; in between the client's going was logged as a failure of the service,
    /// about once in three times.
    /// </summary>
    [Fact]
    public async Task Never_calls_it_a_failure_of_the_service_that_a_client_took_its_stream_back()
    {
        await using var server = await FuzzedServer.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = await Http2Client.ConnectAsync(server.Http2Port, patience.Token);
        for (var i = 0; i < 200; i++)
        {
            var draft = RequestGenerator.Plain(CallKind.Collect, [1]);
            (draft.End, draft.ResetCode) = (RequestEnd.Reset, 8);
            draft.Headers.Add(("grpc-timeout", "60S"));

            await client.ExchangeAsync(draft, patience.Token);
            await client.ExchangeAsync(RequestGenerator.Plain(CallKind.Unary, [1]), patience.Token);
        }

        server.Log.ThrowIfAny();
    }

    /// <summary>Broken chunks of a browser's call were UNKNOWN and an error in the log.</summary>
    [Fact]
    public async Task Refuses_a_body_that_the_transport_cannot_read()
    {
        await using var server = await FuzzedServer.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var draft = RequestGenerator.Plain(CallKind.Unary, [1], isHttp1: true);
        (draft.Parts, draft.BreaksChunks) = (
            [
                [0, 0],
                [0, 0, 9],
            ],
            true
        );

        var answer = await Http1Client.ExchangeAsync(server.Http1Port, draft, patience.Token);

        Assert.Equal(StatusCode.Internal, answer.Status);
        server.Log.ThrowIfAny();
    }

    /// <summary>
    /// A refusal kept the body's last octets for itself, so the server could not drain the rest and wrote an error into its log.
    /// </summary>
    [Theory]
    [InlineData(0x00, 0x7F)]
    [InlineData(0x02, 0x00)]
    [InlineData(0x01, 0x00)]
    public async Task Gives_the_rest_of_a_refused_body_back(byte flag, byte length)
    {
        await using var server = await FuzzedServer.StartAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var kind in new[] { CallKind.Unary, CallKind.Collect })
        {
            var draft = RequestGenerator.Plain(kind, [1], isHttp1: true);
            draft.Parts =
            [
                [flag, length, 0, 0, 1, 1],
            ];

            var answer = await Http1Client.ExchangeAsync(server.Http1Port, draft, patience.Token);

            Assert.True(
                answer.Status is StatusCode.Internal or StatusCode.ResourceExhausted,
                answer.ToString()
            );
        }

        server.Log.ThrowIfAny();
    }

    /// <summary>HttpClient sends a refused request again; a stream of which something was written cannot be.</summary>
    [Fact]
    public async Task Never_loses_a_message_of_a_stream_that_was_refused_and_sent_again()
    {
        await using var server = new ScriptedServer();
        using var channel = GrpcChannel.ForAddress(server.Address);
        var client = new EchoClient(channel);
        for (var i = 0; i < 20; i++)
        {
            server.Script = RefusedOnce();
            using var call = client.Collect();
            StatusCode status;
            try
            {
                await call.RequestStream.WriteAsync([1]).WaitAsync(Patience);
                await Task.Delay(i);
                await call.RequestStream.WriteAsync([2]).WaitAsync(Patience);
                await call.RequestStream.CompleteAsync().WaitAsync(Patience);
                await call.ResponseAsync.WaitAsync(Patience);
                status = StatusCode.OK;
            }
            catch (RpcException refused)
            {
                status = refused.StatusCode;
            }

            if (status == StatusCode.OK)
            {
                Assert.Equal([.. RawCall.Frame([1]), .. RawCall.Frame([2])], server.Heard);
            }
            else
            {
                Assert.Equal(StatusCode.Unavailable, status);
            }
        }
    }

    /// <summary>What was written whole before the call began can be sent again, and is.</summary>
    [Fact]
    public async Task Sends_a_single_request_again_that_was_refused_unheard()
    {
        await using var server = new ScriptedServer();
        using var channel = GrpcChannel.ForAddress(server.Address);
        server.Script = RefusedOnce();

        Assert.Equal(
            [9],
            await new EchoClient(channel).UnaryAsync([1]).ResponseAsync.WaitAsync(Patience)
        );
        Assert.Equal(RawCall.Frame([1]), server.Heard);
    }

    /// <summary>
    /// A stream that is closed from this side in the moment of a read makes the read fail with ObjectDisposedException, which was
    /// taken for a mistake of the caller and not for the end of the call.
    /// </summary>
    [Fact]
    public async Task Ends_a_read_in_the_moment_of_its_cancellation_as_cancelled()
    {
        using var handler = new ClosedWhileRead();
        using var channel = GrpcChannel.ForAddress(
            "http://localhost",
            new GrpcChannelOptions { HttpHandler = handler }
        );
        using var cancel = new CancellationTokenSource();
        using var call = new EchoClient(channel).Spread(
            [],
            new CallOptions(cancellationToken: cancel.Token)
        );
        var reading = call.ResponseStream.MoveNext(CancellationToken.None);
        await handler.Reading.WaitAsync(Patience);
        await cancel.CancelAsync();

        var ended = await Assert.ThrowsAsync<RpcException>(() => reading.WaitAsync(Patience));

        Assert.Equal(StatusCode.Cancelled, ended.StatusCode);
    }

    /// <summary>HttpClient has an exception of its own, which nobody can name, for trailers or headers beyond its limit.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ends_a_call_whose_headers_are_too_long_in_words_that_callers_know(
        bool afterRefusal
    )
    {
        await using var server = new ScriptedServer();
        using var channel = GrpcChannel.ForAddress(server.Address);
        var script = afterRefusal ? RefusedOnce() : ResponseGenerator.Plain([9]);
        script.Speech.Headers.Add(("long", new string('z', 70_000)));
        for (var i = 0; i < 20; i++)
        {
            server.Script = script;
            using var call = new EchoClient(channel).Spread([1]);

            await Assert.ThrowsAsync<RpcException>(() =>
                call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience)
            );
        }
    }

    /// <summary>A flush that the deadline cancelled made Kestrel reset the stream as an internal error.</summary>
    [Fact]
    public async Task Tells_of_the_deadline_also_in_the_moment_of_a_write()
    {
        await using var server = await FuzzedServer.StartAsync();
        server.Script.Spread = async (_, responses, _) =>
        {
            while (true)
            {
                await responses.WriteAsync([1]);
            }
        };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var i = 0; i < 40; i++)
        {
            using var client = await Http2Client.ConnectAsync(server.Http2Port, patience.Token);
            var draft = RequestGenerator.Plain(CallKind.Spread, [1]);
            draft.Headers.Add(("grpc-timeout", "20m"));

            var answer = await client.ExchangeAsync(draft, patience.Token);

            Assert.True(answer.Status == StatusCode.DeadlineExceeded, answer.ToString());
        }
    }

    private static ResponseDraft RefusedOnce()
    {
        var draft = ResponseGenerator.Plain([9]);
        draft.Refuses = 1;
        return draft;
    }

    /// <summary>A body that waits until it is closed and then says so, as HTTP/2's does.</summary>
    private sealed class ClosedWhileRead : HttpMessageHandler
    {
        private readonly TaskCompletionSource _reading = new();

        public Task Reading => _reading.Task;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var content = new StreamContent(new Body(_reading));
            content.Headers.ContentType = new("application/grpc");
            return Task.FromResult(new HttpResponseMessage { Content = content });
        }

        private sealed class Body(TaskCompletionSource reading) : MemoryStream
        {
            private readonly TaskCompletionSource _closed = new();

            public override async ValueTask<int> ReadAsync(
                Memory<byte> buffer,
                CancellationToken cancellationToken = default
            )
            {
                reading.TrySetResult();
                await _closed.Task;
                throw new ObjectDisposedException(nameof(Body));
            }

            protected override void Dispose(bool disposing)
            {
                base.Dispose(disposing);
                _closed.TrySetResult();
            }
        }
    }
}
#endif
