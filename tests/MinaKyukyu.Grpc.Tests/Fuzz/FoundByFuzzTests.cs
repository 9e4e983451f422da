#if !PUBLIC_PACKAGES
using Grpc.Core;
using MinaKyukyu.GrpcTests.Fuzz.Requests;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>What mutations found and what was then mended, each by itself.</summary>
public sealed class FoundByFuzzTests
{
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
}
#endif
