using System.Diagnostics;
using System.Globalization;
using Grpc.AspNetCore.Server.Options;
using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// One call on the server. Its response is written by one thread at a time; the only other that may end it is the deadline's
/// timer, and the turn (<see cref="_turn"/>) decides between them.
/// </summary>
internal sealed class HttpServerCall : ServerCallContext, IDisposable
{
    private const int Idle = 0;
    private const int Writing = 1;
    private const int Over = 2;

    private readonly CallSettings _settings;
    private readonly IMethod _method;
    private readonly MessageWriter _writer;
    private CancellationTokenSource? _cancellation;
    private ITimer? _deadlineTimer;
    private TaskCompletionSource? _endedAtDeadline;
    private Activity? _activity;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private AuthContext? _authContext;
    private DateTime _deadline = DateTime.MaxValue;
    private MessageReader? _reader;
    private int _turn;
    private volatile bool _isDeadlinePassed;
    private volatile bool _isClientGone;
    private bool _hasBegun;

    public HttpServerCall(HttpContext http, IMethod method, CallSettings settings)
    {
        Http = http;
        _method = method;
        _settings = settings;
        _writer = new MessageWriter(settings.MaxSendMessageSize);
    }

    public HttpContext Http { get; }

    /// <summary>
    /// Whether nobody waits for the answer any more. A read or a write learns of it before the tokens fire, which the transport
    /// leaves to another thread.
    /// </summary>
    public bool IsGivenUp =>
        _isClientGone
        || CancellationToken.IsCancellationRequested
        || Http.RequestAborted.IsCancellationRequested;

    /// <summary>
    /// Ends the transport's waits at the deadline. The transport needs no token to learn that its client is gone, and asking it
    /// for one costs each call a source of its own.
    /// </summary>
    public CancellationToken TransportToken => _cancellation?.Token ?? CancellationToken.None;

    protected override string MethodCore => _method.FullName;

    protected override string HostCore => Http.Request.Host.Value ?? string.Empty;

    protected override string PeerCore => PeerName.Of(Http.Connection);

    protected override DateTime DeadlineCore => _deadline;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    protected override CancellationToken CancellationTokenCore =>
        _cancellation?.Token ?? Http.RequestAborted;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore =>
        _authContext ??= PeerCertificate.Read(Http.Connection.ClientCertificate);

    /// <summary>Reads what the request says about the call as a whole and starts its deadline.</summary>
    /// <exception cref="RpcException">The call cannot be served.</exception>
    public void Begin()
    {
        GrpcServerLog.CallStarts(_settings.Logger, _method.FullName);
        _activity = Http.Features.Get<IHttpActivityFeature>()?.Activity
            is { IsAllDataRequested: true } recorded
            ? recorded
            : null;
        _activity?.SetTag("grpc.method", _method.FullName);
        Http.Response.ContentType = GrpcWords.ContentType;
        var headers = Http.Request.Headers;
        var encoding = headers.GrpcEncoding;
        if (encoding.Count > 0 && !MessageCompression.IsKnown(encoding))
        {
            Http.Response.Headers[GrpcWords.AcceptEncodingHeader] = MessageCompression.Accepted;
            throw new RpcException(
                new Status(
                    StatusCode.Unimplemented,
                    "The encoding of the messages is not supported."
                )
            );
        }

        if (
            _settings.ResponseCompression is { } level
            && MessageCompression.IsGzipAccepted(headers.GrpcAcceptEncoding)
        )
        {
            Http.Response.Headers.GrpcEncoding = GrpcWords.Gzip;
            _writer.Compression = level;
        }

        var timeoutText = headers.GrpcTimeout;
        if (timeoutText.Count > 0)
        {
            StartDeadline(timeoutText.ToString());
        }

        if (_method.Type is MethodType.ClientStreaming or MethodType.DuplexStreaming)
        {
            BodyLimits.Lift(Http.Features);
        }
    }

    /// <inheritdoc cref="MessageReader.ReadAsync{T}"/>
    public async ValueTask<T?> ReadAsync<T>(
        Marshaller<T> marshaller,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            return await Requests.ReadAsync(marshaller, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfTheTransport(e, cancellationToken))
        {
            _isClientGone = true;
            throw;
        }
    }

    /// <inheritdoc cref="MessageReader.ReadSingleAsync{T}"/>
    public async ValueTask<T?> ReadSingleAsync<T>(Marshaller<T> marshaller)
        where T : class
    {
        try
        {
            return await Requests.ReadSingleAsync(marshaller, TransportToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfTheTransport(e, TransportToken))
        {
            _isClientGone = true;
            throw;
        }
    }

    /// <summary>Writes one message and, unless told otherwise, waits until the transport has taken it.</summary>
    public async ValueTask WriteAsync<T>(
        Marshaller<T> marshaller,
        T message,
        bool flush,
        CancellationToken cancellationToken
    )
    {
        TakeTurn();
        try
        {
            var mayPack =
                WriteOptions is null || !WriteOptions.Flags.HasFlag(WriteFlags.NoCompress);
            var frame = _writer.Frame(marshaller, message, mayPack);
            if (!_hasBegun)
            {
                await BeginResponseAsync().ConfigureAwait(false);
            }

            var body = Http.Response.BodyWriter;
            frame.Span.CopyTo(body.GetSpan(frame.Length));
            body.Advance(frame.Length);
            if (flush)
            {
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            GiveTurnBack();
        }
    }

    /// <summary>Ends the response as the method's outcome says, unless the deadline has ended it.</summary>
    /// <param name="failure">What the method threw; <see langword="null"/> when it returned.</param>
    public async ValueTask EndAsync(Exception? failure)
    {
        if (Interlocked.Exchange(ref _turn, Over) == Over)
        {
            // The timer has the response; the request must not be handed back before the timer is done with it.
            await _endedAtDeadline!.Task.ConfigureAwait(false);
            return;
        }

        var (status, trailers) =
            _isDeadlinePassed ? (DeadlineStatus, _responseTrailers)
            : failure is null ? (Status, _responseTrailers)
            : CallFailures.OutcomeOf(failure, this, _settings, _responseTrailers);
        Finish(status, trailers ?? Metadata.Empty);
    }

    public void Dispose()
    {
        _deadlineTimer?.Dispose();
        _cancellation?.Dispose();
        _writer.Release();
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        TakeTurn();
        try
        {
            if (_hasBegun)
            {
                throw new InvalidOperationException("The response headers were sent before.");
            }

            ResponseEnd.Write(Http.Response.Headers, responseHeaders);
            await BeginResponseAsync().ConfigureAwait(false);
            await FlushAsync(CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            GiveTurnBack();
        }
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(
        ContextPropagationOptions? options
    ) =>
        throw new NotSupportedException(
            "The context of a call is not propagated; pass its deadline and its token on."
        );

    private MessageReader Requests =>
        _reader ??= new MessageReader(
            Http.Request.BodyReader,
            _settings.MaxReceiveMessageSize,
            Http.Request.Headers.GrpcEncoding
        );

    /// <summary>Whether a read ended because the client is gone: it took its stream back, or its connection broke.</summary>
    private static bool IsOfTheTransport(Exception failure, CancellationToken own) =>
        (failure is OperationCanceledException or (IOException and not BadHttpRequestException))
        && !own.IsCancellationRequested;

    private static Status DeadlineStatus =>
        new(StatusCode.DeadlineExceeded, "The deadline passed.");

    private Task BeginResponseAsync()
    {
        _hasBegun = true;
        return Http.Response.StartAsync(CancellationToken.None);
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (!await ResponseFlush.RunAsync(Http, cancellationToken).ConfigureAwait(false))
        {
            _isClientGone = true;
            throw new OperationCanceledException("The client is gone.", CancellationToken);
        }
    }

    private void TakeTurn()
    {
        switch (Interlocked.CompareExchange(ref _turn, Writing, Idle))
        {
            case Writing:
                throw new InvalidOperationException("The write before this one has not ended.");
            case Over:
                throw new OperationCanceledException("The call is over.", CancellationToken);
        }

        if (_isDeadlinePassed)
        {
            GiveTurnBack();
            throw new OperationCanceledException("The deadline passed.", CancellationToken);
        }
    }

    private void GiveTurnBack()
    {
        Interlocked.CompareExchange(ref _turn, Idle, Writing);
        if (_isDeadlinePassed)
        {
            _ = EndAtDeadlineAsync();
        }
    }

    private void StartDeadline(string text)
    {
        if (!GrpcTimeout.TryParse(text, out var timeout))
        {
            throw new RpcException(
                new Status(StatusCode.Internal, "The timeout of the call cannot be read.")
            );
        }

        // A timer holds at most 49 days; a later deadline is none, because nobody waits for it.
        if (timeout > TimeSpan.FromDays(40))
        {
            return;
        }

        _deadline = _settings.Clock.GetUtcNow().UtcDateTime + timeout;
        _endedAtDeadline = new TaskCompletionSource(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(Http.RequestAborted);
        _deadlineTimer = _settings.Clock.CreateTimer(
            static state => ((HttpServerCall)state!).OnDeadline(),
            this,
            timeout,
            Timeout.InfiniteTimeSpan
        );
    }

    private void OnDeadline()
    {
        _isDeadlinePassed = true;
        _ = EndAtDeadlineAsync();
        try
        {
            _cancellation!.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended in the same moment.
        }
        catch (AggregateException e)
        {
            // What the method does at its cancellation is not allowed to end the process from a timer's thread.
            GrpcServerLog.CallFailed(_settings.Logger, _method.FullName, e);
        }
    }

    /// <summary>Tells the client at once, also when the method does not look at its token; a write in progress goes first.</summary>
    private async Task EndAtDeadlineAsync()
    {
        if (Interlocked.CompareExchange(ref _turn, Over, Idle) != Idle)
        {
            return;
        }

        try
        {
            GrpcServerLog.DeadlinePassed(_settings.Logger, _method.FullName);
            Finish(DeadlineStatus, Metadata.Empty);
            await Http.Response.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e)
            when (e
                    is OperationCanceledException
                        or IOException
                        or ObjectDisposedException
                        or InvalidOperationException
            )
        {
            // The connection is gone; nobody is left to tell.
        }
        catch (Exception e)
        {
            // Nobody waits for this task, so what is wrong here would never be seen.
            GrpcServerLog.CallFailed(_settings.Logger, _method.FullName, e);
        }
        finally
        {
            _endedAtDeadline!.SetResult();
        }
    }

    private void Finish(Status status, Metadata trailers)
    {
        ResponseEnd.Write(Http.Response, _hasBegun, status, trailers);
        GrpcServerLog.CallEnded(_settings.Logger, _method.FullName, status.StatusCode);
        _activity?.SetTag(
            "grpc.status_code",
            ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture)
        );
    }

    private Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach (var (name, values) in Http.Request.Headers)
        {
            foreach (var value in values)
            {
                MetadataText.AddReceived(metadata, name, value ?? string.Empty);
            }
        }

        return metadata;
    }
}
