using Grpc.Core;

namespace MinaKyukyu.GrpcTests;

/// <summary>Our client against our server: what arrives is what was sent, in order.</summary>
public sealed class CallKindTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task Carries_one_request_and_one_response_of_any_length(int length)
    {
        await using var server = await TestServer.EchoAsync();
        var request = Pattern(length);

        Assert.Equal(request, await server.Client.UnaryAsync(request));
        Assert.Equal(request, await Task.Run(() => server.Client.UnaryBlocking(request)));
    }

    [Fact]
    public async Task Carries_many_requests_and_one_response()
    {
        await using var server = await TestServer.EchoAsync();
        using var call = server.Client.Collect();
        for (byte i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync([i, i]);
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal(
            Enumerable.Range(0, 100).SelectMany(i => new[] { (byte)i, (byte)i }),
            await call
        );
    }

    [Fact]
    public async Task Carries_no_request_at_all_to_a_client_streaming_method()
    {
        await using var server = await TestServer.EchoAsync();
        using var call = server.Client.Collect();
        await call.RequestStream.CompleteAsync();

        Assert.Empty(await call);
    }

    [Fact]
    public async Task Carries_one_request_and_many_responses()
    {
        await using var server = await TestServer.EchoAsync();
        using var call = server.Client.Spread(Pattern(200));

        Assert.Equal(
            Pattern(200).Select(one => new[] { one }),
            await ReadAllAsync(call.ResponseStream)
        );
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Carries_no_response_at_all_of_a_server_streaming_method()
    {
        await using var server = await TestServer.EchoAsync();
        using var call = server.Client.Spread([]);

        Assert.Empty(await ReadAllAsync(call.ResponseStream));
    }

    [Fact]
    public async Task Answers_each_message_of_a_conversation_before_the_next_is_sent()
    {
        await using var server = await TestServer.EchoAsync();
        using var call = server.Client.Talk();
        for (var i = 1; i <= 50; i++)
        {
            var message = Pattern(i * 97);
            await call.RequestStream.WriteAsync(message);
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(message, call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task Lets_the_server_speak_first()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Talk = async (requests, responses, _) =>
        {
            await responses.WriteAsync([42]);
            Assert.True(await requests.MoveNext(CancellationToken.None));
        };
        using var call = server.Client.Talk();

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal([42], call.ResponseStream.Current);
        await call.RequestStream.WriteAsync([1]);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task Does_not_let_a_server_run_ahead_of_a_slow_reader()
    {
        await using var server = await TestServer.EchoAsync();
        var sent = 0;
        server.Script.Spread = async (_, responses, context) =>
        {
            var message = Pattern(64 * 1024);
            while (!context.CancellationToken.IsCancellationRequested)
            {
                await responses.WriteAsync(message, context.CancellationToken);
                Interlocked.Increment(ref sent);
            }
        };
        using var call = server.Client.Spread([]);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        // The windows fill within some reads of the counter and then stay full: 2,000 messages would be 125 MiB.
        var before = -1;
        while (before != Volatile.Read(ref sent))
        {
            before = Volatile.Read(ref sent);
            Assert.InRange(before, 0, 2_000);
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static byte[] Pattern(int length) =>
        [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];

    private static async Task<List<byte[]>> ReadAllAsync(IAsyncStreamReader<byte[]> stream)
    {
        var all = new List<byte[]>();
        await foreach (var message in stream.ReadAllAsync())
        {
            all.Add(message);
        }

        return all;
    }
}
