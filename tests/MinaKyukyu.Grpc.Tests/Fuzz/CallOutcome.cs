using Grpc.Core;
using MinaKyukyu.GrpcTests.Fuzz.Requests;
using MinaKyukyu.GrpcTests.Fuzz.Responses;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>What a caller saw of a call: its messages, and how it ended.</summary>
/// <param name="Failure">Whatever was thrown; <see langword="null"/> when the call ended well.</param>
internal sealed record CallOutcome(IReadOnlyList<byte[]> Messages, Exception? Failure)
{
    private static readonly byte[] Question = [.. Canaries.Bytes];
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(40);

    public StatusCode? Status =>
        Failure switch
        {
            null => StatusCode.OK,
            RpcException refused => refused.StatusCode,
            _ => null,
        };

    public string Word => Status?.ToString() ?? Failure!.GetType().Name;

    public static async Task<CallOutcome> OfAsync(EchoClient client, ResponseDraft draft)
    {
        using var cancel = new CancellationTokenSource();
        var options = new CallOptions(
            Canaries.Metadata(),
            draft.Habit == CallerHabit.HasDeadline
                ? TimeProvider.System.GetUtcNow().UtcDateTime + Short
                : null,
            draft.Habit == CallerHabit.Cancels ? cancel.Token : default
        );
        if (draft.Habit == CallerHabit.Cancels)
        {
            cancel.CancelAfter(Short);
        }

        var messages = new List<byte[]>();
        try
        {
            await (
                draft.Kind switch
                {
                    CallKind.Unary => UnaryAsync(client, options, draft.Habit, messages),
                    CallKind.Collect => CollectAsync(client, options, draft.Habit, messages),
                    CallKind.Spread => SpreadAsync(client, options, draft.Habit, messages),
                    _ => TalkAsync(client, options, draft.Habit, messages),
                }
            );
            return new CallOutcome(messages, Failure: null);
        }
        catch (Exception e)
        {
            return new CallOutcome(messages, e);
        }
    }

    private static async Task UnaryAsync(
        EchoClient client,
        CallOptions options,
        CallerHabit habit,
        List<byte[]> messages
    )
    {
        using var call = client.UnaryAsync(Question, options);
        await DisposeIfSoAsync(call, habit);
        messages.Add(await call.ResponseAsync);
        await call.ResponseHeadersAsync;
        Look(call.GetStatus(), call.GetTrailers());
    }

    private static async Task CollectAsync(
        EchoClient client,
        CallOptions options,
        CallerHabit habit,
        List<byte[]> messages
    )
    {
        using var call = client.Collect(options);
        await WriteAsync(call.RequestStream);
        await DisposeIfSoAsync(call, habit);
        messages.Add(await call.ResponseAsync);
        await call.ResponseHeadersAsync;
        Look(call.GetStatus(), call.GetTrailers());
    }

    private static async Task SpreadAsync(
        EchoClient client,
        CallOptions options,
        CallerHabit habit,
        List<byte[]> messages
    )
    {
        using var call = client.Spread(Question, options);
        await DisposeIfSoAsync(call, habit);
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            messages.Add(call.ResponseStream.Current);
        }

        Look(call.GetStatus(), call.GetTrailers());
    }

    private static async Task TalkAsync(
        EchoClient client,
        CallOptions options,
        CallerHabit habit,
        List<byte[]> messages
    )
    {
        using var call = client.Talk(options);
        var writing = WriteAsync(call.RequestStream);
        await DisposeIfSoAsync(call, habit);
        try
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                messages.Add(call.ResponseStream.Current);
            }

            Look(call.GetStatus(), call.GetTrailers());
        }
        finally
        {
            await writing;
        }
    }

    /// <summary>Writes until the server has had enough: a write that comes too late tells so, and the call's status tells why.</summary>
    private static async Task WriteAsync(IClientStreamWriter<byte[]> requests)
    {
        try
        {
            for (var i = 0; i < 3; i++)
            {
                await requests.WriteAsync(Question);
            }

            await requests.CompleteAsync();
        }
        catch (RpcException)
        {
            // The status comes by the response, too.
        }
        catch (InvalidOperationException ended) when (ended is not ObjectDisposedException)
        {
            // The server has ended the call well before it heard all, as it may.
        }
    }

    private static async Task DisposeIfSoAsync(IDisposable call, CallerHabit habit)
    {
        if (habit == CallerHabit.Disposes)
        {
            await Task.Delay(Short / 4);
            call.Dispose();
        }
    }

    private static void Look(Status status, Metadata trailers)
    {
        Assert.Equal(StatusCode.OK, status.StatusCode);
        Assert.NotNull(trailers);
    }
}
