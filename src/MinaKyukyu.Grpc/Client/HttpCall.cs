using System.IO.Pipelines;
using System.Net;
using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client.Calls;

/// <summary>What a call object needs of the call behind it, without the types of its messages.</summary>
internal interface IHttpCall : IDisposable
{
    Task<Metadata> ResponseHeadersAsync { get; }

    Status GetStatus();

    Metadata GetTrailers();
}

/// <summary>
/// One call as one HTTP/2 request. It ends exactly once, with the first of: the server's status, a failure of the transport, the
/// deadline, a cancellation, its disposal. Whatever comes later changes nothing.
/// </summary>
internal sealed class HttpCall<TRequest, TResponse> : IHttpCall
    where TRequest : class
    where TResponse : class
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<Metadata> _headers = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly CancellationTokenSource _ended;
    private readonly string? _host;
    private Task<HttpResponseMessage>? _response;
    private Task<TResponse>? _single;
    private MessageReader? _reader;
    private PipeReader? _body;
    private CancellationTokenRegistration _callerRegistration;
    private CancellationTokenRegistration _channelRegistration;
    private ITimer? _deadlineTimer;
    private HttpResponseMessage? _open;
    private volatile Ending? _ending;

    public HttpCall(
        GrpcChannel channel,
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options
    )
    {
        Channel = channel;
        Method = method;
        Options = options;
        _host = host;
        _ended = new CancellationTokenSource();
        Ended = _ended.Token;
    }

    public GrpcChannel Channel { get; }

    public Method<TRequest, TResponse> Method { get; }

    public CallOptions Options { get; }

    /// <summary>Fires when the call was ended from this side.</summary>
    public CancellationToken Ended { get; }

    public Task<Metadata> ResponseHeadersAsync => _headers.Task;

    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: the request is longer than allowed.</exception>
    public HttpContent SingleRequest(TRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var writer = new MessageWriter(Channel.MaxSendMessageSize);
        try
        {
            // The transport may read the body for longer than the call lasts, so the body owns its bytes.
            return new SingleMessageContent(
                writer.Frame(Method.RequestMarshaller, request).ToArray()
            );
        }
        finally
        {
            writer.Release();
        }
    }

    public void Start(HttpContent content)
    {
        ObjectDisposedException.ThrowIf(Channel.Disposed.IsCancellationRequested, Channel);
        GrpcClientLog.CallStarts(Channel.Logger, Method.FullName);
        var timeout = TimeLeft();
        var request = HttpCallRequest.Create(
            Channel.AddressOf(Method.FullName),
            _host,
            Options.Headers,
            timeout,
            content
        );
        if (timeout <= TimeSpan.Zero)
        {
            End(
                new Status(
                    StatusCode.DeadlineExceeded,
                    "The deadline had passed before the call began."
                )
            );
        }
        else if (timeout is { } left)
        {
            _deadlineTimer = StartDeadlineTimer(left);
        }

        _callerRegistration = Options.CancellationToken.UnsafeRegister(
            static state => ((HttpCall<TRequest, TResponse>)state!).Cancel(),
            this
        );
        _channelRegistration = Channel.Disposed.UnsafeRegister(
            static state => ((HttpCall<TRequest, TResponse>)state!).Cancel(),
            this
        );
        _response = SendAsync(request);
        Observe(_response);
        bool hasEnded;
        lock (_gate)
        {
            hasEnded = _ending is not null;
        }

        if (hasEnded)
        {
            // It ended before it had all of this to let go, and the channel would keep it for as long as it lives itself.
            LetGo();
        }
    }

    public Task<TResponse> ReadSingleResponseAsync()
    {
        _single = ReadSingleAsync();
        Observe(_single);
        return _single;
    }

    /// <returns><see langword="null"/> after the last response of a call that ended well.</returns>
    public async Task<TResponse?> ReadNextResponseAsync()
    {
        var response = await _response!.ConfigureAwait(false);
        if (_ending is { } ended)
        {
            return ended.IsWell ? null : throw ended.Failure;
        }

        try
        {
            var message = await _reader!
                .ReadAsync(Method.ResponseMarshaller, Ended)
                .ConfigureAwait(false);
            if (message is not null)
            {
                return message;
            }
        }
        catch (Exception e) when (IsOfTheCall(e))
        {
            throw End(HttpFailures.StatusOf(e)).Failure;
        }

        var ending = EndWithTrailers(response);
        return ending.IsWell ? null : throw ending.Failure;
    }

    public void Cancel() => End(new Status(StatusCode.Cancelled, "The caller gave the call up."));

    public void Dispose() =>
        End(new Status(StatusCode.Cancelled, "The call was disposed before its end."));

    public Status GetStatus() =>
        _ending?.Status
        ?? throw new InvalidOperationException("The status is known when the call has ended.");

    public Metadata GetTrailers() =>
        _ending?.Trailers
        ?? throw new InvalidOperationException("The trailers are known when the call has ended.");

    /// <summary>A write did not go through: the call's own status says why, if there is one or comes at once.</summary>
    public async Task<Exception> WriteFailedAsync(Exception cause)
    {
        try
        {
            // A server that has answered already stops reading; its status is better news than the broken pipe.
            await _response!.ConfigureAwait(false);
            if (_single is not null)
            {
                await _single.ConfigureAwait(false);
            }
        }
        catch (RpcException)
        {
            // The status below tells.
        }

        return _ending switch
        {
            null => new RpcException(HttpFailures.StatusOf(cause)),
            { IsWell: false } ended => ended.Failure,
            _ => new InvalidOperationException("The call ended before this write."),
        };
    }

    private async Task<TResponse> ReadSingleAsync()
    {
        var response = await _response!.ConfigureAwait(false);
        if (_ending is { } early)
        {
            throw early.IsWell ? new RpcException(NoResponse, early.Trailers) : early.Failure;
        }

        TResponse? message;
        try
        {
            message = await _reader!
                .ReadSingleAsync(Method.ResponseMarshaller, Ended)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfTheCall(e))
        {
            throw End(HttpFailures.StatusOf(e)).Failure;
        }

        var ending = EndWithTrailers(response, message is null);
        return ending.IsWell ? message! : throw ending.Failure;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        HttpResponseMessage response;
        try
        {
            response = await Channel
                .Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ended)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfTheCall(e))
        {
            var ending = End(HttpFailures.StatusOf(e));
            GrpcClientLog.TransportFailed(
                Channel.Logger,
                Method.FullName,
                ending.Status.StatusCode
            );
            throw ending.Failure;
        }

        await AcceptAsync(response).ConfigureAwait(false);
        return response;
    }

    /// <summary>Takes the response headers: either they are the whole answer, or messages follow.</summary>
    private async Task AcceptAsync(HttpResponseMessage response)
    {
        Metadata headers;
        Status? whole;
        try
        {
            headers = HttpCallResponse.ReadMetadata(response.Headers);
            whole = HttpCallResponse.StatusWithoutBody(response);
        }
        catch (RpcException e)
        {
            headers = Metadata.Empty;
            whole = e.Status;
        }

        if (whole is { } status)
        {
            response.Dispose();
            _headers.TrySetResult(headers);
            End(status, headers, isWhole: true);
            return;
        }

        var stream = await response
            .Content.ReadAsStreamAsync(CancellationToken.None)
            .ConfigureAwait(false);
        bool hasEnded;
        lock (_gate)
        {
            _open = response;
            hasEnded = _ending is not null;
            _body = PipeReader.Create(stream);
            _reader = new MessageReader(
                _body,
                Channel.MaxReceiveMessageSize,
                HttpCallResponse.Find(response.Headers, GrpcWords.EncodingHeader)
            );
        }

        _headers.TrySetResult(headers);
        if (hasEnded)
        {
            // It was ended from this side while the headers arrived, and nobody will read the body.
            response.Dispose();
        }
    }

    private Ending EndWithTrailers(HttpResponseMessage response, bool isMessageMissing = false)
    {
        Status status;
        Metadata trailers;
        try
        {
            status = HttpCallResponse.StatusOf(response.TrailingHeaders);
            trailers = HttpCallResponse.ReadMetadata(response.TrailingHeaders);
        }
        catch (RpcException e)
        {
            (status, trailers) = (e.Status, Metadata.Empty);
        }

        if (isMessageMissing && status.StatusCode == StatusCode.OK)
        {
            status = NoResponse;
        }

        _body!.Complete();
        return End(status, trailers, isWhole: true);
    }

    /// <summary>
    /// A mistake of the caller (two reads at once) goes to him as it is. Everything else ends the call, for the transport throws also
    /// what it does not document: an exception of its own where it cannot decode headers, a bare one of the socket when the far side
    /// breaks off just after the connection stands. A closed stream is no mistake: the call was ended in the moment of the read.
    /// </summary>
    private static bool IsOfTheCall(Exception failure) =>
        failure is not InvalidOperationException || failure is ObjectDisposedException;

    private static Status NoResponse =>
        new(StatusCode.Internal, "The server ended the call well without a response.");

    private TimeSpan? TimeLeft()
    {
        if (Options.Deadline is not { } deadline || deadline == DateTime.MaxValue)
        {
            return null;
        }

        return deadline.Kind == DateTimeKind.Utc
            ? deadline - TimeProvider.System.GetUtcNow().UtcDateTime
            : throw new InvalidOperationException("The deadline of a call is a moment in UTC.");
    }

    private ITimer StartDeadlineTimer(TimeSpan left)
    {
        // A timer holds at most 49 days; a call with a later deadline has, for our purposes, none.
        var due = left > TimeSpan.FromDays(40) ? Timeout.InfiniteTimeSpan : left;
        return TimeProvider.System.CreateTimer(
            static state =>
                ((HttpCall<TRequest, TResponse>)state!).End(
                    new Status(StatusCode.DeadlineExceeded, "The deadline passed.")
                ),
            this,
            due,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Ends the call from this side, unless it has ended.</summary>
    private Ending End(Status status) => End(status, Metadata.Empty, isWhole: false);

    /// <summary>Ends the call, unless it has ended.</summary>
    /// <param name="isWhole">Whether the server's answer was read to its end.</param>
    /// <returns>How the call ended.</returns>
    private Ending End(Status status, Metadata trailers, bool isWhole)
    {
        var ending = new Ending(status, trailers);
        HttpResponseMessage? open;
        lock (_gate)
        {
            if (_ending is { } earlier)
            {
                return earlier;
            }

            _ending = ending;
            open = _open;
        }

        GrpcClientLog.CallEnded(Channel.Logger, Method.FullName, status.StatusCode);
        LetGo();
        if (ending.IsWell)
        {
            _headers.TrySetResult(Metadata.Empty);
        }
        else
        {
            _headers.TrySetException(ending.Failure);
            Observe(_headers.Task);
        }

        if (!isWhole)
        {
            // Resets the stream: otherwise the server would go on until its window is full.
            open?.Dispose();
        }

        // Stops what still runs: the request, a blocked write, a waiting read. After a complete answer there is nothing to stop,
        // except the body of a client that streams on after the server has ended the call.
        _ended.Cancel();
        return ending;
    }

    /// <summary>Nobody else knows the call any more: not its caller's token, not its channel, not its timer.</summary>
    private void LetGo()
    {
        _deadlineTimer?.Dispose();
        _callerRegistration.Unregister();
        _channelRegistration.Unregister();
    }

    /// <summary>Marks a failure as seen: a caller who gave the call up does not look at it.</summary>
    private static void Observe(Task task) =>
        _ = task.ContinueWith(
            static failed => _ = failed.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
