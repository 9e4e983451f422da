using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MinaKyukyu.GrpcTests;

public sealed class CancellationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Tells_the_server_that_the_caller_gave_up()
    {
        await using var server = await TestServer.EchoAsync();
        var (started, cancelled) = (Signal(), Signal());
        server.Script.Unary = async (request, context) =>
        {
            started.SetResult();
            using var registration = context.CancellationToken.Register(() =>
                cancelled.TrySetResult()
            );
            await cancelled.Task;
            return request;
        };
        using var giveUp = new CancellationTokenSource();

        using var call = server.Client.UnaryAsync(
            [1],
            new CallOptions(cancellationToken: giveUp.Token)
        );
        await started.Task.WaitAsync(Patience);
        await giveUp.CancelAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, refused.StatusCode);
        await cancelled.Task.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_channel_keeps_nothing_of_calls_that_were_over_before_they_began(
        bool isByDeadline
    )
    {
        const int Calls = 40;
        await using var server = await TestServer.EchoAsync();
        var over = isByDeadline
            ? new CallOptions(deadline: DateTime.UnixEpoch)
            : new CallOptions(cancellationToken: new CancellationToken(canceled: true));
        var requests = new List<WeakReference>();
        for (var i = 0; i < Calls; i++)
        {
            requests.Add(await RefusedAtOnceAsync(server.Client, over));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // The last ones may still stand on a thread's stack.
        Assert.InRange(requests.Count(request => request.IsAlive), 0, Calls / 4);
        Assert.Equal([1], await server.Client.UnaryAsync([1]));
    }

    /// <summary>A matter of nanoseconds: before it was mended, one stream in some two thousand was taken so.</summary>
    [Fact]
    public async Task Never_takes_a_stream_that_was_given_up_for_one_that_ended_well()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Spread = async (_, responses, context) =>
        {
            while (true)
            {
                await responses.WriteAsync([1], context.CancellationToken);
            }
        };
        var endings = new ConcurrentBag<StatusCode>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 1_000),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (_, stop) => endings.Add(await GiveUpWhileReadingAsync(server.Client, stop))
        );

        Assert.All(endings, ending => Assert.True(IsGivenUp(ending), $"{ending}"));
    }

#if PUBLIC_PACKAGES
    /// <summary>Grpc.Net.Client may see the stream that it reset before it sees why, and call it UNAVAILABLE.</summary>
    private static bool IsGivenUp(StatusCode code) =>
        code is StatusCode.Cancelled or StatusCode.Unavailable;
#else
    private static bool IsGivenUp(StatusCode code) => code is StatusCode.Cancelled;
#endif

    [Fact]
    public async Task Tells_the_server_that_a_stream_was_disposed_between_two_reads()
    {
        await using var server = await TestServer.EchoAsync();
        var cancelled = Signal();
        server.Script.Spread = async (_, responses, context) =>
        {
            using var registration = context.CancellationToken.Register(() =>
                cancelled.TrySetResult()
            );
            await responses.WriteAsync([1]);
            await cancelled.Task;
        };
        using (var call = server.Client.Spread([]))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        await cancelled.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Ends_a_waiting_read_when_its_token_fires()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Talk = (_, _, context) =>
            Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        using var call = server.Client.Talk();
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var refused = await Assert
            .ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(giveUp.Token))
            .WaitAsync(Patience);

        Assert.Equal(StatusCode.Cancelled, refused.StatusCode);
    }

    [Fact]
    public async Task Ends_a_method_that_writes_on_without_a_token_when_the_client_is_gone()
    {
        await using var server = await TestServer.EchoAsync();
        var ended = Signal();
        server.Script.Spread = async (_, responses, _) =>
        {
            try
            {
                while (true)
                {
                    await responses.WriteAsync(new byte[100]);
                }
            }
            finally
            {
                ended.SetResult();
            }
        };
        using (var call = server.Client.Spread([]))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        await ended.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Ends_a_method_that_reads_on_without_a_token_when_the_client_is_gone()
    {
        await using var server = await TestServer.EchoAsync();
        var (started, ended) = (Signal(), Signal());
        server.Script.Talk = async (requests, _, _) =>
        {
            try
            {
                while (await requests.MoveNext())
                {
                    started.TrySetResult();
                }
            }
            finally
            {
                ended.SetResult();
            }
        };
        using (var call = server.Client.Talk())
        {
            await call.RequestStream.WriteAsync([1]);
            await started.Task.WaitAsync(Patience);
        }

        await ended.Task.WaitAsync(Patience);
    }

#if !PUBLIC_PACKAGES
    [Fact]
    public async Task Takes_a_stream_that_its_client_broke_off_for_given_up_and_not_for_failed()
    {
        using var log = new ErrorCount();
        await using var server = await TestServer.EchoAsync(services: services =>
            services.AddSingleton<ILoggerProvider>(log)
        );
        using var ended = new CountdownEvent(500);
        server.Script.Talk = async (requests, responses, context) =>
        {
            // Whoever holds the token makes the transport fire it on another thread, after the read has found the stream broken.
            Assert.True(context.CancellationToken.CanBeCanceled);
            try
            {
                await foreach (var request in requests.ReadAllAsync())
                {
                    await responses.WriteAsync(request);
                }
            }
            finally
            {
                ended.Signal();
            }
        };

        for (var round = 0; round < ended.InitialCount / 50; round++)
        {
            using var giveUp = new CancellationTokenSource();
            for (var stream = 0; stream < 50; stream++)
            {
                var call = server.Client.Talk(new CallOptions(cancellationToken: giveUp.Token));
                await call.RequestStream.WriteAsync([1]);
                Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            }

            await giveUp.CancelAsync();
        }

        Assert.True(ended.Wait(Patience));
        await server.StopAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(0, log.Errors);
    }

    private sealed class ErrorCount : ILoggerProvider, ILogger
    {
        private int _errors;

        public int Errors => Volatile.Read(ref _errors);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                Interlocked.Increment(ref _errors);
            }
        }

        public void Dispose() { }
    }
#endif

    [Fact]
    public async Task Lets_a_service_stop_listening_while_the_client_still_speaks()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Collect = async (requests, _) =>
        {
            await requests.MoveNext(CancellationToken.None);
            return requests.Current;
        };
        using var call = server.Client.Collect();
        await call.RequestStream.WriteAsync([7]);

        Assert.Equal([7], await call.ResponseAsync.WaitAsync(Patience));
    }

    [Fact]
    public async Task Says_that_a_call_was_given_up_between_its_headers_and_its_body()
    {
        using var giveUp = new CancellationTokenSource();
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(
            "http://localhost",
            new Grpc.Net.Client.GrpcChannelOptions { HttpHandler = new GivenUpAtTheBody(giveUp) }
        );
        var client = new EchoClient(channel);
        var options = new CallOptions(cancellationToken: giveUp.Token);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync([1], options).ResponseAsync.WaitAsync(Patience)
        );

        Assert.Equal(StatusCode.Cancelled, refused.StatusCode);
    }

    /// <summary>A server whose headers arrive, and a body that was closed when the first read of it comes.</summary>
    private sealed class GivenUpAtTheBody(CancellationTokenSource giveUp) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var content = new StreamContent(new Body(giveUp));
            content.Headers.ContentType = new("application/grpc");
            return Task.FromResult(
                new HttpResponseMessage(System.Net.HttpStatusCode.OK)
                {
                    Version = System.Net.HttpVersion.Version20,
                    RequestMessage = request,
                    Content = content,
                }
            );
        }

        private sealed class Body(CancellationTokenSource giveUp) : MemoryStream
        {
            public override async ValueTask<int> ReadAsync(
                Memory<byte> buffer,
                CancellationToken cancellationToken = default
            )
            {
                await giveUp.CancelAsync();
                throw new ObjectDisposedException(nameof(Body));
            }
        }
    }

    [Fact]
    public async Task Gives_up_the_calls_of_a_disposed_channel()
    {
        await using var server = await TestServer.EchoAsync();
        var started = Signal();
        server.Script.Unary = async (request, context) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
            return request;
        };
        var channel = Grpc.Net.Client.GrpcChannel.ForAddress(server.Address);
        using var call = new EchoClient(channel).UnaryAsync([1]);
        await started.Task.WaitAsync(Patience);

        channel.Dispose();

        await Assert.ThrowsAsync<RpcException>(async () =>
            await call.ResponseAsync.WaitAsync(Patience)
        );
    }

    [Fact]
    public async Task Lets_calls_in_flight_end_when_the_server_stops()
    {
        await using var server = await TestServer.EchoAsync();
        var (started, release) = (Signal(), Signal());
        server.Script.Unary = async (request, _) =>
        {
            started.SetResult();
            await release.Task;
            return request;
        };
        using var call = server.Client.UnaryAsync([5]);
        await started.Task.WaitAsync(Patience);

        var stopping = server.StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        release.SetResult();

        Assert.Equal([5], await call.ResponseAsync.WaitAsync(Patience));
        await stopping.WaitAsync(Patience);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.UnaryAsync([6])
        );
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
    }

    private static TaskCompletionSource Signal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Metadata of a call live as long as the call does.</summary>
    private static async Task<WeakReference> RefusedAtOnceAsync(
        EchoClient client,
        CallOptions options
    )
    {
        var headers = new Metadata { { "k", "v" } };
        await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync([1], options.WithHeaders(headers))
        );
        return new WeakReference(headers);
    }

    private static async Task<StatusCode> GiveUpWhileReadingAsync(
        EchoClient client,
        CancellationToken stop
    )
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var call = client.Spread([], new CallOptions(cancellationToken: giveUp.Token));
        await call.ResponseStream.MoveNext(CancellationToken.None);
        var givingUp = Task.Run(giveUp.Cancel, CancellationToken.None);
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                // Read on until it is told.
            }

            return StatusCode.OK;
        }
        catch (RpcException ended)
        {
            return ended.StatusCode;
        }
        finally
        {
            await givingUp;
        }
    }
}
