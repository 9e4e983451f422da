using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>The responses of a streaming call. One read at a time.</summary>
internal sealed class ResponseStream<TRequest, TResponse> : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private readonly HttpCall<TRequest, TResponse> _call;
    private TResponse? _current;
    private int _isReading;

    public ResponseStream(HttpCall<TRequest, TResponse> call) => _call = call;

    public TResponse Current =>
        _current
        ?? throw new InvalidOperationException(
            "There is no current message; MoveNext comes first."
        );

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 1)
        {
            throw new InvalidOperationException("The read before this one has not ended.");
        }

        try
        {
            using var registration = cancellationToken.UnsafeRegister(
                static state => ((HttpCall<TRequest, TResponse>)state!).Cancel(),
                _call
            );
            _current = null;
            _current = await _call.ReadNextResponseAsync().ConfigureAwait(false);
            return _current is not null;
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }
}
