using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>
/// The echo service that does what the words in a request say (<c>peers/README.md</c>); the servers of the peers know the same words.
/// </summary>
internal sealed class EchoWords
{
    private int _cancellations;
    private int _open;
    private int _peak;
    private int _sleepers;
    private int _written;

    /// <summary>A server of ours that knows the words.</summary>
    public static async Task<TestServer> ServeAsync(
        Action<GrpcServiceOptions>? grpc = null,
        Action<ListenOptions>? listen = null
    )
    {
        var server = await TestServer.EchoAsync(grpc, listen: listen);
        var words = new EchoWords();
        server.Script.Unary = async (request, context) =>
        {
            byte[] answer = [];
            await words.Watched(async () => answer = await words.UnaryAsync(request, context));
            return answer;
        };
        server.Script.Spread = (request, responses, context) =>
            words.Watched(() => words.SpreadAsync(request, responses, context));
        server.Script.Talk = (requests, responses, context) =>
            words.Watched(() => words.TalkAsync(requests, responses, context));
        return server;
    }

    /// <summary>Counts the calls that end because their client gave them up or their deadline passed.</summary>
    private async Task Watched(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception e) when (e is not RpcException and not InvalidDataException)
        {
            // Whatever the words do not throw themselves. Kestrel breaks a waiting read off a moment before it fires the token, so the
            // token is not asked.
            Interlocked.Increment(ref _cancellations);
            throw;
        }
    }

    private async Task<byte[]> UnaryAsync(byte[] request, ServerCallContext context)
    {
        var words = Encoding.UTF8.GetString(request).Split(' ', count: 3);
        switch (words[0])
        {
            case "sleep":
                Interlocked.Increment(ref _sleepers);
                await Task.Delay(Number(words[1]), context.CancellationToken);
                return new byte[words.Length > 2 ? Number(words[2]) : 1];
            case "deadline":
                return SecondsLeft(context);
            case "cancellations":
                return Text(Volatile.Read(ref _cancellations));
            case "sleepers":
                return Text(Volatile.Read(ref _sleepers));
            case "peak":
                return Text(Volatile.Read(ref _peak));
            case "written":
                return Text(Volatile.Read(ref _written));
            case "metadata":
                await MetadataBackAsync(context);
                return request;
            case "not-ascii":
                await context.WriteResponseHeadersAsync(new Metadata { { "word", "出動" } });
                return request;
            case "not-ascii-trailer":
                context.ResponseTrailers.Add("word", "出動");
                return request;
            case "refuse":
                throw Refusal(words);
            case "rich":
                throw RichStatus.Refusal();
            case "throw":
                throw new InvalidDataException("a secret");
            default:
                return request;
        }
    }

    private async Task SpreadAsync(
        byte[] request,
        IServerStreamWriter<byte[]> responses,
        ServerCallContext context
    )
    {
        var words = Encoding.UTF8.GetString(request).Split(' ', count: 3);
        switch (words[0])
        {
            case "flood":
                var message = new byte[Number(words[2])];
                for (var index = 0; index < Number(words[1]); index++)
                {
                    BinaryPrimitives.WriteInt32BigEndian(message, index);
                    await responses.WriteAsync(message, context.CancellationToken);
                    Interlocked.Increment(ref _written);
                }

                break;
            case "forever":
                await responses.WriteAsync(request);
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                break;
            case "refuse":
                await responses.WriteAsync(request);
                throw Refusal(words);
            default:
                foreach (var one in request)
                {
                    await responses.WriteAsync([one], context.CancellationToken);
                }

                break;
        }
    }

    private async Task TalkAsync(
        IAsyncStreamReader<byte[]> requests,
        IServerStreamWriter<byte[]> responses,
        ServerCallContext context
    )
    {
        var waits = false;
        var open = Interlocked.Increment(ref _open);
        int peak;
        while (open > (peak = Volatile.Read(ref _peak)))
        {
            Interlocked.CompareExchange(ref _peak, open, peak);
        }

        try
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                await responses.WriteAsync(request);
                waits = request.AsSpan().SequenceEqual("wait"u8);
            }

            if (waits)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static async Task MetadataBackAsync(ServerCallContext context)
    {
        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders)
        {
            if (entry.Key.StartsWith("echo-", StringComparison.Ordinal))
            {
                headers.Add(entry);
                context.ResponseTrailers.Add(
                    entry.IsBinary
                        ? new Metadata.Entry($"last-{entry.Key}", entry.ValueBytes)
                        : new Metadata.Entry($"last-{entry.Key}", entry.Value)
                );
            }
        }

        await context.WriteResponseHeadersAsync(headers);
    }

    private static RpcException Refusal(string[] words) =>
        new(new Status((StatusCode)Number(words[1]), words[2]));

    private static byte[] SecondsLeft(ServerCallContext context) =>
        context.Deadline == DateTime.MaxValue
            ? "none"u8.ToArray()
            : Text(
                (int)(context.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime).TotalSeconds
            );

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static byte[] Text(int number) =>
        Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
