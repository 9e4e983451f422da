using System.Globalization;
using Grpc.Core;
using Grpc.Health.V1;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>The health service, which does what its request's words say: the part of a service that a browser can call.</summary>
internal sealed class HealthWords : Health.HealthBase, IDisposable
{
    private readonly SemaphoreSlim _turn = new(0);
    private int _cancellations;

    public override async Task<HealthCheckResponse> Check(
        HealthCheckRequest request,
        ServerCallContext context
    )
    {
        switch (request.Service)
        {
            case "turn":
                _turn.Release();
                break;
            case "metadata":
                await EchoAsync(context);
                break;
            case "rich":
                throw RichStatus.Refusal();
            case "throw":
                throw new InvalidDataException("a secret");
            case "sleep":
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                break;
            case "cancellations":
                await context.WriteResponseHeadersAsync(
                    new Metadata
                    {
                        { "count", _cancellations.ToString(CultureInfo.InvariantCulture) },
                    }
                );
                break;
        }

        return Serving();
    }

    public override async Task Watch(
        HealthCheckRequest request,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context
    )
    {
        var words = request.Service.Split(' ');
        switch (words[0])
        {
            case "flood":
                await FloodAsync(words[1], responseStream);
                break;
            case "abort":
                await FloodAsync(words[1], responseStream);
                throw new RpcException(new Status(StatusCode.Aborted, "enough"));
            case "turns":
                for (var turn = 0; turn < 5; turn++)
                {
                    await responseStream.WriteAsync(Serving());
                    await _turn.WaitAsync(PeerProcess.Patience);
                }

                break;
            case "forever":
                await responseStream.WriteAsync(Serving());
                using (
                    context.CancellationToken.Register(() =>
                        Interlocked.Increment(ref _cancellations)
                    )
                )
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                }

                break;
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task FloodAsync(
        string count,
        IServerStreamWriter<HealthCheckResponse> responses
    )
    {
        for (var i = int.Parse(count, CultureInfo.InvariantCulture); i > 0; i--)
        {
            await responses.WriteAsync(Serving());
        }
    }

    private static async Task EchoAsync(ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(
            new Metadata { { "echo-word", context.RequestHeaders.GetValue("word")! } }
        );
        context.ResponseTrailers.Add(
            "last-bytes-bin",
            context.RequestHeaders.GetValueBytes("bytes-bin")!
        );
    }

    private static HealthCheckResponse Serving() =>
        new() { Status = HealthCheckResponse.Types.ServingStatus.Serving };
}
