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
        using var both = EitherToken.Of(call.TransportToken, cancellationToken);
        _current = null;
        _current = await call.ReadAsync(marshaller, both.Token).ConfigureAwait(false);
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
        using var both = EitherToken.Of(call.TransportToken, cancellationToken);
        both.Token.ThrowIfCancellationRequested();
        var flush = WriteOptions is null || !WriteOptions.Flags.HasFlag(WriteFlags.BufferHint);
        await call.WriteAsync(marshaller, message, flush, both.Token).ConfigureAwait(false);
    }
}

/// <summary>Fires with either of two tokens; costs a source only when both can fire and they differ.</summary>
internal readonly struct EitherToken : IDisposable
{
    private readonly CancellationTokenSource? _linked;

    private EitherToken(CancellationTokenSource? linked, CancellationToken token)
    {
        Token = token;
        _linked = linked;
    }

    public CancellationToken Token { get; }

    public static EitherToken Of(CancellationToken one, CancellationToken other)
    {
        if (!other.CanBeCanceled || other == one)
        {
            return new EitherToken(linked: null, one);
        }

        if (!one.CanBeCanceled)
        {
            return new EitherToken(linked: null, other);
        }

        var linked = CancellationTokenSource.CreateLinkedTokenSource(one, other);
        return new EitherToken(linked, linked.Token);
    }

    public void Dispose() => _linked?.Dispose();
}
