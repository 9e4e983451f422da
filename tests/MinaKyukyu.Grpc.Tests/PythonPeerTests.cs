using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;

namespace MinaKyukyu.GrpcTests;

/// <summary>gRPC C-core, which nobody here wrote, as client of our server and as server of our client.</summary>
public sealed class PythonPeerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Serves_a_python_client()
    {
        await using var server = await TestServer.EchoAsync(options =>
            options.MaxReceiveMessageSize = 64 * 1024
        );
        var giveUps = 0;
        server.Script.Unary = async (request, context) =>
        {
            switch (System.Text.Encoding.ASCII.GetString(request))
            {
                case "sleep":
                    using (
                        context.CancellationToken.Register(() => Interlocked.Increment(ref giveUps))
                    )
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                    }

                    break;
                case "metadata":
                    await context.WriteResponseHeadersAsync(
                        new Metadata
                        {
                            { "word", context.RequestHeaders.GetValue("word")! },
                            { "bytes-bin", context.RequestHeaders.GetValueBytes("bytes-bin")! },
                        }
                    );
                    context.ResponseTrailers.Add("last-bin", [0, 255]);
                    break;
                case "refuse":
                    throw new RpcException(
                        new Status(StatusCode.FailedPrecondition, "100 % 出動中"),
                        new Metadata { { "grpc-status-details-bin", new byte[] { 8, 9 } } }
                    );
                case "throw":
                    throw new InvalidDataException("a secret");
            }

            return request;
        };

        using var peer = PythonPeer.Start("echo_client.py", $"127.0.0.1:{server.Port}");
        var (exitCode, output, errors) = await peer.RunAsync(Patience);

        Assert.True(exitCode == 0, errors);
        Assert.Equal(
            [
                "unary",
                "client streaming",
                "server streaming",
                "duplex streaming",
                "deadline",
                "metadata",
                "errors",
                "gzip",
                "cancellation",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.Equal(1, giveUps);
    }

    [Fact]
    public async Task Calls_a_python_server()
    {
        using var peer = PythonPeer.Start("echo_server.py");
        var port = int.Parse(await peer.ReadLineAsync(Patience), CultureInfo.InvariantCulture);
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var client = new EchoClient(channel);

        await CallsOfEveryKind(client);
        await MetadataOfBothSides(client);
        await Deadlines(client);
        await Refusals(client);
    }

    private static async Task CallsOfEveryKind(EchoClient client)
    {
        var large = new byte[300_000];
        Assert.Equal(large, await client.UnaryAsync(large));
        Assert.Empty(await client.UnaryAsync([]));

        using var collect = client.Collect();
        await collect.RequestStream.WriteAsync([1, 2]);
        await collect.RequestStream.WriteAsync([]);
        await collect.RequestStream.WriteAsync([3]);
        await collect.RequestStream.CompleteAsync();
        Assert.Equal([1, 2, 3], await collect);

        using var spread = client.Spread(new byte[10_000]);
        var count = 0;
        await foreach (var message in spread.ResponseStream.ReadAllAsync())
        {
            Assert.Equal([0], message);
            count++;
        }

        Assert.Equal(10_000, count);

        using var talk = client.Talk();
        for (byte i = 0; i < 100; i++)
        {
            await talk.RequestStream.WriteAsync([i]);
            Assert.True(await talk.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal([i], talk.ResponseStream.Current);
        }

        await talk.RequestStream.CompleteAsync();
        Assert.False(await talk.ResponseStream.MoveNext(CancellationToken.None));
    }

    private static async Task MetadataOfBothSides(EchoClient client)
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        using var call = client.UnaryAsync(
            "metadata"u8.ToArray(),
            new CallOptions(new Metadata { { "word", "hello" }, { "bytes-bin", bytes } })
        );
        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("hello", headers.GetValue("word"));
        Assert.Equal(bytes, headers.GetValueBytes("bytes-bin"));
        Assert.Equal([0, 255], call.GetTrailers().GetValueBytes("last-bin")!);
    }

    private static async Task Deadlines(EchoClient client)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var left = await client.UnaryAsync(
            "deadline"u8.ToArray(),
            new CallOptions(deadline: now.AddSeconds(100))
        );
        Assert.InRange(
            int.Parse(System.Text.Encoding.ASCII.GetString(left), CultureInfo.InvariantCulture),
            low: 90,
            high: 100
        );

        var late = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync(
                "sleep"u8.ToArray(),
                new CallOptions(
                    deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300)
                )
            )
        );
        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
    }

    private static async Task Refusals(EchoClient client)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync("refuse"u8.ToArray())
        );
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Equal("100 % 出動中", refused.Status.Detail);
        Assert.Equal([8, 9], refused.Trailers.GetValueBytes("grpc-status-details-bin")!);

        var failed = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.UnaryAsync("throw"u8.ToArray())
        );
        Assert.Equal(StatusCode.Unknown, failed.StatusCode);

        var missing = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.MissingAsync([])
        );
        Assert.Equal(StatusCode.Unimplemented, missing.StatusCode);
    }
}
