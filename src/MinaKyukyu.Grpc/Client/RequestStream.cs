using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>The requests of a streaming call. One write at a time.</summary>
internal sealed class RequestStream<TRequest, TResponse> : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private readonly HttpCall<TRequest, TResponse> _call;
    private readonly MessageStreamContent _content;
    private readonly MessageWriter _writer;
    private int _isWriting;
    private bool _isCompleted;

    public RequestStream(HttpCall<TRequest, TResponse> call, MessageStreamContent content)
    {
        _call = call;
        _content = content;
        _writer = new MessageWriter(call.Channel.MaxSendMessageSize);
        WriteOptions = call.Options.WriteOptions;
    }

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_isCompleted)
        {
            throw new InvalidOperationException("The requests were completed before this write.");
        }

        if (Interlocked.Exchange(ref _isWriting, 1) == 1)
        {
            throw new InvalidOperationException("The write before this one has not ended.");
        }

        try
        {
            await WriteOneAsync(message, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }

    public async Task CompleteAsync()
    {
        if (Volatile.Read(ref _isWriting) == 1)
        {
            throw new InvalidOperationException("A write has not ended yet.");
        }

        _isCompleted = true;
        _writer.Release();
        try
        {
            // The body must have been opened, or closing it would race with its beginning.
            await _content.Opened.WaitAsync(_call.Ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The call is over; its status tells how.
            _content.Abort();
            return;
        }

        _content.Complete();
    }

    private async Task WriteOneAsync(TRequest message, CancellationToken cancellationToken)
    {
        var frame = _writer.Frame(_call.Method.RequestMarshaller, message);
        using var registration = cancellationToken.UnsafeRegister(
            static state => ((HttpCall<TRequest, TResponse>)state!).Cancel(),
            _call
        );
        try
        {
            var stream = await _content.Opened.WaitAsync(_call.Ended).ConfigureAwait(false);
            await stream.WriteAsync(frame, _call.Ended).ConfigureAwait(false);
            if (WriteOptions is null || !WriteOptions.Flags.HasFlag(WriteFlags.BufferHint))
            {
                await stream.FlushAsync(_call.Ended).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // Whatever a transport throws ends the call, also what it does not document.
            throw await _call.WriteFailedAsync(e).ConfigureAwait(false);
        }
    }
}
