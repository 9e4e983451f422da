using Grpc.Core;

namespace MinaKyukyu.GrpcTests;

public sealed class MetadataTests
{
    private static readonly byte[] Binary = [0, 1, 2, 250, 251, 252, 253, 254, 255];

    [Fact]
    public async Task Carries_text_and_bytes_in_headers_and_trailers()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Unary = async (request, context) =>
        {
            await context.WriteResponseHeadersAsync(
                new Metadata
                {
                    { "word", context.RequestHeaders.GetValue("word")! },
                    { "bytes-bin", context.RequestHeaders.GetValueBytes("bytes-bin")! },
                }
            );
            context.ResponseTrailers.Add("last-word", "fine");
            context.ResponseTrailers.Add("last-bytes-bin", Binary);
            return request;
        };
        using var call = server.Client.UnaryAsync(
            [1],
            new CallOptions(new Metadata { { "Word", "hello there" }, { "bytes-bin", Binary } })
        );

        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("hello there", headers.GetValue("word"));
        Assert.Equal(Binary, headers.GetValueBytes("bytes-bin"));
        Assert.Equal("fine", call.GetTrailers().GetValue("last-word"));
        Assert.Equal(Binary, call.GetTrailers().GetValueBytes("last-bytes-bin"));
    }

    [Fact]
    public async Task Gives_the_response_headers_before_the_first_message()
    {
        await using var server = await TestServer.EchoAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Script.Spread = async (_, responses, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "early", "yes" } });
            await release.Task;
            await responses.WriteAsync([1]);
        };
        using var call = server.Client.Spread([]);

        var headers = await call.ResponseHeadersAsync.WaitAsync(TimeSpan.FromSeconds(10));
        release.SetResult();

        Assert.Equal("yes", headers.GetValue("early"));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

#if !PUBLIC_PACKAGES
    [Fact]
    public async Task Carries_empty_and_repeated_values_both_ways()
    {
        await using var server = await TestServer.EchoAsync();
        Metadata? seen = null;
        server.Script.Unary = async (request, context) =>
        {
            seen = context.RequestHeaders;
            await context.WriteResponseHeadersAsync(EmptyAndRepeated());
            foreach (var entry in EmptyAndRepeated())
            {
                context.ResponseTrailers.Add(entry);
            }

            return request;
        };
        using var call = server.Client.UnaryAsync([1], new CallOptions(EmptyAndRepeated()));
        var headers = await call.ResponseHeadersAsync;
        await call;

        foreach (var received in (Metadata[])[seen!, headers, call.GetTrailers()])
        {
            Assert.Equal(string.Empty, received.GetValue("empty"));
            Assert.Equal([], received.GetValueBytes("empty-bin")!);
            Assert.Equal(
                "one, two",
                string.Join(", ", received.GetAll("word").Select(entry => entry.Value))
            );
        }

        static Metadata EmptyAndRepeated() =>
            new()
            {
                { "empty", string.Empty },
                { "empty-bin", Array.Empty<byte>() },
                { "word", "one" },
                { "word", "two" },
            };
    }
#endif

    [Theory]
    [InlineData("AQID", new byte[] { 1, 2, 3 })]
    [InlineData("AQI=", new byte[] { 1, 2 })]
    [InlineData("AQI", new byte[] { 1, 2 })]
    [InlineData("AQ", new byte[] { 1 })]
    public async Task Reads_bytes_with_and_without_padding(string text, byte[] expected)
    {
        await using var server = await TestServer.EchoAsync();
        byte[]? seen = null;
        server.Script.Unary = (request, context) =>
        {
            seen = context.RequestHeaders.GetValueBytes("x-bin");
            return Task.FromResult(request);
        };

        using var answer = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame([1]),
            ("x-bin", text)
        );

        Assert.Equal(expected, seen);
    }

#if !PUBLIC_PACKAGES
    [Fact]
    public async Task Reads_several_binary_values_that_were_joined_by_commas()
    {
        await using var server = await TestServer.EchoAsync();
        byte[][] seen = [];
        server.Script.Unary = (request, context) =>
        {
            seen = [.. context.RequestHeaders.GetAll("x-bin").Select(entry => entry.ValueBytes)];
            return Task.FromResult(request);
        };

        using var answer = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame([1]),
            ("x-bin", "AQ,Ag==, AwQ")
        );

        Assert.Equal(
            [
                [1],
                [2],
                [3, 4],
            ],
            seen
        );
    }
#endif

    [Fact]
    public async Task Does_not_show_the_headers_of_the_protocol_to_the_service()
    {
        await using var server = await TestServer.EchoAsync();
        string[] keys = [];
        server.Script.Unary = (request, context) =>
        {
            keys = [.. context.RequestHeaders.Select(entry => entry.Key)];
            return Task.FromResult(request);
        };

        await server.Client.UnaryAsync(
            [1],
            new CallOptions(new Metadata { { "mina-role", "crew" } })
        );

        Assert.Contains("mina-role", keys);
        Assert.DoesNotContain("te", keys);
        Assert.DoesNotContain("content-type", keys);
        Assert.DoesNotContain("grpc-timeout", keys);
        Assert.DoesNotContain(":path", keys);
    }

    [Fact]
    public void Refuses_keys_and_values_that_do_not_fit_each_other()
    {
        Assert.Throws<ArgumentException>(() => new Metadata { { "a-bin", "text" } });
        Assert.Throws<ArgumentException>(() => new Metadata { { "a", Binary } });
        Assert.Throws<ArgumentException>(() => new Metadata { { "not a key", "text" } });
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
    }

    [Fact]
    public async Task Names_the_peer_the_host_and_the_method_of_a_call()
    {
        await using var server = await TestServer.EchoAsync();
        (string Peer, string Host, string Method) seen = default;
        server.Script.Unary = (request, context) =>
        {
            seen = (context.Peer, context.Host, context.Method);
            return Task.FromResult(request);
        };

        await server.Client.UnaryAsync([1]);

        Assert.StartsWith("ipv4:127.0.0.1:", seen.Peer, StringComparison.Ordinal);
        Assert.Equal($"127.0.0.1:{server.Port}", seen.Host);
        Assert.Equal("/minakyukyu.test.v1.Echo/Unary", seen.Method);
    }
}
