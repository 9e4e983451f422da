namespace Grpc.Core;

/// <summary>
/// What every kind of call object shares: its headers, its end and its disposal, given either with a state object (so that no
/// closure is made for each call) or as plain functions.
/// </summary>
internal readonly struct CallControl
{
    private readonly object? _state;
    private readonly object _headers;
    private readonly object _status;
    private readonly object _trailers;
    private readonly object _dispose;

    public CallControl(
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction
    )
    {
        _headers = responseHeadersAsync;
        _status = getStatusFunc;
        _trailers = getTrailersFunc;
        _dispose = disposeAction;
    }

    public CallControl(
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state
    )
    {
        _headers = responseHeadersAsync;
        _status = getStatusFunc;
        _trailers = getTrailersFunc;
        _dispose = disposeAction;
        _state = state;
    }

    public Task<Metadata> ResponseHeadersAsync =>
        _headers is Func<object, Task<Metadata>> withState
            ? withState(_state!)
            : (Task<Metadata>)_headers;

    public Status GetStatus() =>
        _status is Func<object, Status> withState ? withState(_state!) : ((Func<Status>)_status)();

    public Metadata GetTrailers() =>
        _trailers is Func<object, Metadata> withState
            ? withState(_state!)
            : ((Func<Metadata>)_trailers)();

    public void Dispose()
    {
        if (_dispose is Action<object> withState)
        {
            withState(_state!);
        }
        else
        {
            ((Action)_dispose)();
        }
    }
}
