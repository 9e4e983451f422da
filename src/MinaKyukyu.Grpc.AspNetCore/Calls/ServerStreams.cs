using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The requests of a streaming call. One read at a time.</summary>
internal sealed class RequestStreamReader<T>(HttpServerCall call, Marshaller<T> marshaller)
    : IAsyncStreamReader<T>
    where T : class
{
    private T? _current;

    public T Current =>
        _current
        ?? throw new InvalidOperationException(
            "There is no current message; MoveNext comes first."
        );

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        // Reading ends with the call in any case; a token of the caller's own comes on top.
        var callToken = call.CancellationToken;
        using var both =
            cancellationToken.CanBeCanceled && cancellationToken != callToken
                ? CancellationTokenSource.CreateLinkedTokenSource(callToken, cancellationToken)
                : null;
        _current = null;
        _current = await call
            .Requests.ReadAsync(marshaller, both?.Token ?? callToken)
            .ConfigureAwait(false);
        return _current is not null;
    }
}

/// <summary>The responses of a streaming call. One write at a time.</summary>
internal sealed class ResponseStreamWriter<T>(HttpServerCall call, Marshaller<T> marshaller)
    : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var callToken = call.CancellationToken;
        callToken.ThrowIfCancellationRequested();
        using var both =
            cancellationToken.CanBeCanceled && cancellationToken != callToken
                ? CancellationTokenSource.CreateLinkedTokenSource(callToken, cancellationToken)
                : null;
        var flush = WriteOptions is null || !WriteOptions.Flags.HasFlag(WriteFlags.BufferHint);
        await call.WriteAsync(marshaller, message, flush, both?.Token ?? callToken)
            .ConfigureAwait(false);
    }
}
