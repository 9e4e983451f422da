using System.IO.Compression;
using Grpc.Core;

namespace MinaKyukyu.GrpcTests;

/// <summary>Responses are packed only for a client that understands it, and only where they get shorter.</summary>
public sealed class ResponseCompressionTests
{
    private static readonly byte[] Repeating = new byte[5_000];

    [Fact]
    public async Task Packs_for_a_client_that_understands_it()
    {
        await using var server = await PackingAsync();

        Assert.Equal(Repeating, await server.Client.UnaryAsync(Repeating));
        using var raw = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame(Repeating),
            ("grpc-accept-encoding", "identity, gzip")
        );

        Assert.Equal("gzip", raw.Header("grpc-encoding"));
        Assert.Equal(1, raw.Body[0]);
        Assert.True(raw.Body.Length < 200);
        using var gzip = new GZipStream(
            new MemoryStream(raw.Body[5..]),
            CompressionMode.Decompress
        );
        using var plain = new MemoryStream();
        await gzip.CopyToAsync(plain);
        Assert.Equal(Repeating, plain.ToArray());
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("")]
    [InlineData("gzipped,xgzip")]
    public async Task Packs_for_nobody_else(string accepted)
    {
        await using var server = await PackingAsync();

        using var raw = await RawCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame(Repeating),
            ("grpc-accept-encoding", accepted)
        );

        Assert.NotEqual("gzip", raw.Header("grpc-encoding"));
        Assert.Equal(RawCall.Frame(Repeating), raw.Body);
    }

    [Fact]
    public async Task Packs_each_message_of_a_stream_but_those_that_ask_to_stay()
    {
        await using var server = await PackingAsync();
        server.Script.Spread = async (_, responses, _) =>
        {
            await responses.WriteAsync(Repeating);
            responses.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
            await responses.WriteAsync(Repeating);
        };

        using var raw = await RawCall.PostAsync(
            server,
            "Spread",
            RawCall.Frame([]),
            ("grpc-accept-encoding", "gzip")
        );

        Assert.Equal(1, raw.Body[0]);
        Assert.Equal(RawCall.Frame(Repeating), raw.Body[^(Repeating.Length + 5)..]);
        using var call = server.Client.Spread([]);
        await foreach (var message in call.ResponseStream.ReadAllAsync())
        {
            Assert.Equal(Repeating, message);
        }
    }

#if !PUBLIC_PACKAGES
    [Fact]
    public async Task Leaves_what_would_not_get_shorter()
    {
        await using var server = await PackingAsync();
        var noise = new byte[5_000];
        new Random(1).NextBytes(noise);

        foreach (var message in new[] { noise, [1, 2, 3] })
        {
            using var raw = await RawCall.PostAsync(
                server,
                "Unary",
                RawCall.Frame(message),
                ("grpc-accept-encoding", "gzip")
            );
            Assert.Equal(RawCall.Frame(message), raw.Body);
        }
    }
#endif

    private static Task<TestServer> PackingAsync() =>
        TestServer.EchoAsync(options =>
        {
            options.ResponseCompressionAlgorithm = "gzip";
            options.ResponseCompressionLevel = CompressionLevel.Fastest;
        });
}
