using System.Net;
using System.Net.Http.Headers;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>The body of a call that speaks once: one frame, made before the call starts.</summary>
internal sealed class SingleMessageContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _frame;

    public SingleMessageContent(ReadOnlyMemory<byte> frame)
    {
        _frame = frame;
        Headers.ContentType = new MediaTypeHeaderValue(GrpcWords.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    ) => await stream.WriteAsync(_frame, cancellationToken).ConfigureAwait(false);

    protected override bool TryComputeLength(out long length)
    {
        length = _frame.Length;
        return true;
    }
}

/// <summary>The body of a call that streams: hands out the transport's stream and keeps it open until the writer is done.</summary>
internal sealed class MessageStreamContent : HttpContent
{
    private readonly CancellationToken _ended;
    private readonly TaskCompletionSource<Stream> _opened = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource _completed = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <param name="ended">Fires when the call has ended.</param>
    public MessageStreamContent(CancellationToken ended)
    {
        _ended = ended;
        Headers.ContentType = new MediaTypeHeaderValue(GrpcWords.ContentType);
    }

    /// <summary>The transport's stream, once the transport wants the body.</summary>
    public Task<Stream> Opened => _opened.Task;

    /// <summary>No more messages will follow.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>The call is over before the body was.</summary>
    public void Abort()
    {
        _opened.TrySetCanceled();
        _completed.TrySetCanceled();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        // The transport asks again when the server refused the request unheard. What was written is gone, so only the caller can.
        if (_opened.Task.IsCompleted)
        {
            throw new IOException("A stream of messages cannot be sent a second time.");
        }

        try
        {
            // The headers go now: the server may answer before the first message.
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_ended.IsCancellationRequested)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _ended).ConfigureAwait(false);
        }

        // Neither here nor above does the transport's token end the body: it fires when the server resets the stream, and a body
        // that ends so hides the reset behind a cancellation that nobody asked for. The call ends by the reset, the body with it.
        _opened.TrySetResult(stream);
        await _completed.Task.WaitAsync(_ended).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = -1;
        return false;
    }
}
