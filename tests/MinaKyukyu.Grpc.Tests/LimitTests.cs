using System.IO.Compression;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MinaKyukyu.GrpcTests;

/// <summary>What is refused before a service sees it.</summary>
public sealed class LimitTests
{
    private const int Limit = 64 * 1024;

    private static Task<TestServer> LimitedAsync() =>
        TestServer.EchoAsync(options =>
            (options.MaxReceiveMessageSize, options.MaxSendMessageSize) = (Limit, Limit)
        );

    [Fact]
    public async Task Accepts_a_message_of_exactly_the_limit_and_refuses_one_byte_more()
    {
        await using var server = await LimitedAsync();
        server.Script.Unary = (_, _) => Task.FromResult(new byte[] { 1 });

        Assert.Equal([1], await server.Client.UnaryAsync(new byte[Limit]));
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.UnaryAsync(new byte[Limit + 1])
        );

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task Refuses_to_send_a_response_that_is_too_long()
    {
        await using var server = await LimitedAsync();
        server.Script.Unary = (_, _) => Task.FromResult(new byte[Limit + 1]);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Client.UnaryAsync([1])
        );

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task Refuses_requests_and_responses_that_are_too_long_for_the_client()
    {
        await using var server = await TestServer.EchoAsync();
        server.Script.Unary = (request, _) => Task.FromResult(new byte[request[0] * 100]);
        using var channel = GrpcChannel.ForAddress(
            server.Address,
            new GrpcChannelOptions { MaxSendMessageSize = 10, MaxReceiveMessageSize = 150 }
        );
        var client = new EchoClient(channel);

        Assert.Equal(100, (await client.UnaryAsync([1])).Length);
        var tooLongToSend = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync(new byte[11])
        );
        var tooLongToReceive = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync([2])
        );

        Assert.Equal(StatusCode.ResourceExhausted, tooLongToSend.StatusCode);
        Assert.Equal(StatusCode.ResourceExhausted, tooLongToReceive.StatusCode);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x7F)]
#if !PUBLIC_PACKAGES
    // More than 2 GiB is UNKNOWN with the public packages, and as little read.
    [InlineData(0xFF)]
#endif
    public async Task Believes_the_announced_length_and_does_not_wait_for_the_rest(byte announced)
    {
        await using var server = await LimitedAsync();

        using var answer = await RawCall.PostAsync(
            server,
            "Unary",
            [0, announced, 0xFF, 0xFF, 0xFF]
        );

        Assert.Equal(StatusCode.ResourceExhausted, answer.Status);
    }

    public static TheoryData<string, byte[]> BrokenBodies =>
        new()
        {
            { "nothing at all", [] },
            { "a header that ends early", [0, 0, 0] },
            { "a message that ends early", [0, 0, 0, 0, 9, 1, 2] },
#if !PUBLIC_PACKAGES
            // UNKNOWN with the public packages.
            { "a flag that does not exist", RawCall.Frame([1], flag: 2) },
#endif
            { "compressed without an encoding", RawCall.Frame([1], flag: 1) },
            { "two messages for one", [.. RawCall.Frame([1]), .. RawCall.Frame([2])] },
            { "half a second message", [.. RawCall.Frame([1]), 0, 0] },
        };

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task Refuses_a_broken_request(string what, byte[] body)
    {
        await using var server = await LimitedAsync();
        var calls = 0;
        server.Script.Unary = (request, _) =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(request);
        };

        using var answer = await RawCall.PostAsync(server, "Unary", body);

        Assert.True(answer.Status == StatusCode.Internal, $"{what}: {answer.Status}");
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Refuses_a_stream_that_breaks_off_inside_a_message()
    {
        await using var server = await LimitedAsync();

        using var answer = await RawCall.PostAsync(
            server,
            "Collect",
            [.. RawCall.Frame([1]), .. RawCall.Frame([2]), 0, 0, 0]
        );

        Assert.Equal(StatusCode.Internal, answer.Status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpcx")]
    public async Task Refuses_another_content_type(string contentType)
    {
        await using var server = await LimitedAsync();

        using var answer = await RawCall.PostAsync(
            server,
            $"/{Echo.ServiceName}/Unary",
            RawCall.Frame([1]),
            contentType,
            System.Net.HttpVersion.Version20
        );

        Assert.Equal(System.Net.HttpStatusCode.UnsupportedMediaType, answer.HttpStatus);
    }

    [Theory]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;charset=utf-8")]
    public async Task Accepts_the_content_type_with_a_suffix(string contentType)
    {
        await using var server = await LimitedAsync();

        using var answer = await RawCall.PostAsync(
            server,
            $"/{Echo.ServiceName}/Unary",
            RawCall.Frame([9]),
            contentType,
            System.Net.HttpVersion.Version20
        );

        Assert.Equal(StatusCode.OK, answer.Status);
        Assert.Equal(RawCall.Frame([9]), answer.Body);
    }

    [Fact]
    public async Task Asks_a_client_of_http_1_to_upgrade()
    {
        await using var server = await TestServer.EchoAsync(protocols: HttpProtocols.Http1);

        using var answer = await RawCall.PostAsync(
            server,
            $"/{Echo.ServiceName}/Unary",
            RawCall.Frame([1]),
            "application/grpc",
            System.Net.HttpVersion.Version11
        );

        Assert.Equal(System.Net.HttpStatusCode.UpgradeRequired, answer.HttpStatus);
    }

    [Fact]
    public async Task Unpacks_a_request_that_was_packed_with_gzip()
    {
        await using var server = await LimitedAsync();

        using var answer = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame(Gzip(new byte[1000]), flag: 1),
            ("grpc-encoding", "gzip")
        );

        Assert.Equal(StatusCode.OK, answer.Status);
        Assert.Equal(1005, answer.Body.Length);
    }

    [Fact]
    public async Task Refuses_a_small_message_that_unpacks_to_a_huge_one()
    {
        await using var server = await LimitedAsync();

        using var answer = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame(Gzip(new byte[20_000_000]), flag: 1),
            ("grpc-encoding", "gzip")
        );

        Assert.Equal(StatusCode.ResourceExhausted, answer.Status);
    }

    [Fact]
    public async Task Names_the_encodings_that_it_understands_when_it_does_not()
    {
        await using var server = await LimitedAsync();

        using var answer = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame([1], flag: 1),
            ("grpc-encoding", "zstd")
        );

        Assert.Equal(StatusCode.Unimplemented, answer.Status);
        Assert.Contains("gzip", answer.Header("grpc-accept-encoding"), StringComparison.Ordinal);
    }

#if !PUBLIC_PACKAGES
    public static TheoryData<string, byte[]> PackedBadly
    {
        get
        {
            var packed = Gzip([.. Enumerable.Range(0, 1_000).Select(i => (byte)(i * i))]);
            return new()
            {
                { "cut in its middle", packed[..(packed.Length / 2)] },
                { "without its checksum", packed[..^8] },
                { "without the last octet", packed[..^1] },
                { "with something behind it", [.. packed, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
                { "nothing at all", [] },
            };
        }
    }

    /// <summary>Found by mutation: the first part of a message that was cut off was served as if it were the message.</summary>
    [Theory]
    [MemberData(nameof(PackedBadly))]
    public async Task Never_takes_a_part_of_a_packed_message_for_the_whole(
        string what,
        byte[] packed
    )
    {
        await using var server = await LimitedAsync();

        using var answer = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame(packed, flag: 1),
            ("grpc-encoding", "gzip")
        );

        Assert.True(answer.Status == StatusCode.Internal, $"{what}: {answer.Status}");
    }
#endif

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
