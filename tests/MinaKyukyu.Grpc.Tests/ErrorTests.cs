using System.Net.Sockets;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;

namespace MinaKyukyu.GrpcTests;

public sealed class ErrorTests
{
    [Fact]
    public async Task Carries_a_refusal_with_its_sentence_and_its_trailers()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Unary = (_, context) =>
        {
            context.ResponseTrailers.Add("from-context", "1");
            throw new RpcException(
                new Status(StatusCode.FailedPrecondition, "100 % 出動中\n終"),
                new Metadata
                {
                    { "grpc-status-details-bin", new byte[] { 8, 9 } },
                    { "from-exception", "2" },
                }
            );
        };
        using var call = server.Client.UnaryAsync([1]);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Equal("100 % 出動中\n終", refused.Status.Detail);
        Assert.Equal([8, 9], refused.Trailers.GetValueBytes("grpc-status-details-bin")!);
        Assert.Equal("1", refused.Trailers.GetValue("from-context"));
        Assert.Equal("2", refused.Trailers.GetValue("from-exception"));
        Assert.Equal(StatusCode.FailedPrecondition, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Sends_a_refusal_without_messages_as_trailers_only()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Unary = (_, _) =>
            throw new RpcException(new Status(StatusCode.NotFound, "no"));

        using var answer = await RawCall.PostAsync(server, "Unary", RawCall.Frame([1]));

        Assert.True(answer.IsTrailersOnly);
        Assert.Equal(StatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task Delivers_the_messages_before_the_refusal_of_a_stream()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Spread = async (_, responses, _) =>
        {
            await responses.WriteAsync([1]);
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "enough"));
        };
        using var call = server.Client.Spread([]);

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            call.ResponseStream.MoveNext(CancellationToken.None)
        );

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task Tells_a_client_that_still_writes_why_its_stream_was_refused()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Collect = (_, _) =>
            throw new RpcException(new Status(StatusCode.PermissionDenied, "no"));
        using var call = server.Client.Collect();

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                await call.RequestStream.WriteAsync(new byte[1_000]);
            }
        });
        var answer = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, answer.StatusCode);
    }

    [Fact]
    public async Task Hides_what_an_unexpected_exception_says()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Unary = (_, _) => throw new InvalidDataException("a secret");

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.UnaryAsync([1])
        );

        Assert.Equal(StatusCode.Unknown, refused.StatusCode);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidData", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_what_an_unexpected_exception_says_where_details_are_wanted()
    {
        await using var server = await TestServer.EchoAsync(options =>
            options.EnableDetailedErrors = true
        );
        server.Script.Unary = (_, _) => throw new InvalidDataException("a secret");

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.UnaryAsync([1])
        );

        Assert.Contains("a secret", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Carries_the_status_that_a_method_sets_without_throwing()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Spread = (_, _, context) =>
        {
            context.Status = new Status(StatusCode.Aborted, "race");
            return Task.CompletedTask;
        };
        using var call = server.Client.Spread([]);

        var refused = await Assert.ThrowsAsync<RpcException>(() =>
            call.ResponseStream.MoveNext(CancellationToken.None)
        );

        Assert.Equal(StatusCode.Aborted, refused.StatusCode);
    }

    [Fact]
    public async Task Says_that_a_server_cannot_be_reached()
    {
        using var closed = new System.Net.Sockets.TcpListener(
            System.Net.IPAddress.Loopback,
            port: 0
        );
        closed.Start();
        var port = ((System.Net.IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new EchoClient(channel).UnaryAsync([1])
        );

        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
    }

    [Fact]
    public async Task Says_that_a_server_cannot_be_reached_that_broke_off_while_it_was_connected_to()
    {
        using var channel = GrpcChannel.ForAddress(
            "http://localhost",
            new GrpcChannelOptions { HttpHandler = new BreakingOff() }
        );
        var client = new EchoClient(channel);
        using var stream = client.Spread([1]);

        var unary = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync([1])
        );
        var streaming = await Assert.ThrowsAsync<RpcException>(() =>
            stream.ResponseStream.MoveNext(CancellationToken.None)
        );

        Assert.Equal(StatusCode.Unavailable, unary.StatusCode);
        Assert.Equal(StatusCode.Unavailable, streaming.StatusCode);
    }

    /// <summary>The platform's connection hands a write whatever made its reader give up, such as headers that it cannot decode.</summary>
    [Fact]
    public async Task Answers_a_write_with_a_status_when_the_transport_throws_what_it_does_not_document()
    {
        using var channel = GrpcChannel.ForAddress(
            "http://localhost",
            new GrpcChannelOptions { HttpHandler = new BreakingOffAtAWrite() }
        );
        using var call = new EchoClient(channel).Collect();

        var atTheWrite = await Record.ExceptionAsync(() => call.RequestStream.WriteAsync([1]));
        var atTheEnd = await Assert.ThrowsAsync<RpcException>(async () => await call);

        Assert.Equal(StatusCode.Internal, atTheEnd.StatusCode);
#if PUBLIC_PACKAGES
        // Grpc.Net.Client hands on what the write threw.
        Assert.IsType<FormatException>(atTheWrite);
#else
        Assert.Equal(StatusCode.Internal, Assert.IsType<RpcException>(atTheWrite).StatusCode);
#endif
    }

    [Fact]
    public async Task Answers_unimplemented_to_an_unknown_method_and_an_unknown_service()
    {
        await using var server = await TestServer.EchoAsync();

        var method = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.MissingAsync([1])
        );
        using var service = await RawCall.PostAsync(
            server,
            "/minakyukyu.test.v1.Nobody/Unary",
            RawCall.Frame([1]),
            "application/grpc",
            System.Net.HttpVersion.Version20
        );

        Assert.Equal(StatusCode.Unimplemented, method.StatusCode);
        Assert.Equal(StatusCode.Unimplemented, service.Status);
    }

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(504, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    public async Task Maps_the_answer_of_something_that_is_not_a_grpc_server(
        int httpStatus,
        StatusCode expected
    )
    {
        using var channel = GrpcChannel.ForAddress(
            "http://localhost",
            new GrpcChannelOptions
            {
                HttpHandler = new Answering((System.Net.HttpStatusCode)httpStatus),
            }
        );

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new EchoClient(channel).UnaryAsync([1])
        );

        Assert.Equal(expected, refused.StatusCode);
    }

    /// <summary>As the platform's handler fails when the far side resets a connection the moment it stands.</summary>
    private sealed class BreakingOff : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => throw new SocketException((int)SocketError.NotConnected);
    }

    /// <summary>A connection whose reader gave up: whoever writes gets what it threw, and so does the request as a whole.</summary>
    private sealed class BreakingOffAtAWrite : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var torn = new Torn();
            _ = request.Content!.CopyToAsync(torn, cancellationToken);
            await torn.Written;
            throw Undocumented();
        }

        private static FormatException Undocumented() => new("as from a decoder of headers");

        private sealed class Torn : MemoryStream
        {
            private readonly TaskCompletionSource _written = new();

            public Task Written => _written.Task;

            public override ValueTask WriteAsync(
                ReadOnlyMemory<byte> buffer,
                CancellationToken cancellationToken = default
            )
            {
                _written.TrySetResult();
                throw Undocumented();
            }
        }
    }

    private sealed class Answering(System.Net.HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) =>
            Task.FromResult(
                new HttpResponseMessage(status)
                {
                    Version = System.Net.HttpVersion.Version20,
                    RequestMessage = request,
                }
            );
    }
}
