using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>
/// Waits until the transport has taken what was written, or until a token fires. The token stays here: a transport whose own wait is
/// cancelled resets the stream as an internal error, and the client would never read why the call ended.
/// </summary>
internal static class ResponseFlush
{
    /// <summary>HTTP/2's CANCEL (RFC 9113 §7).</summary>
    private const int ResetCancel = 8;

    /// <summary>How long a flush may still take when its call is over: many times what a busy machine needs for one that no client holds up.</summary>
    private static readonly TimeSpan LastFlush = TimeSpan.FromMilliseconds(500);

    /// <returns><see langword="false"/> when the client is gone.</returns>
    /// <exception cref="OperationCanceledException">The token fired first.</exception>
    public static async ValueTask<bool> RunAsync(
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var flush = http.Response.BodyWriter.FlushAsync(CancellationToken.None);
        var flushed =
            flush.IsCompleted || !cancellationToken.CanBeCanceled
                ? await flush.ConfigureAwait(false)
                : await TakenOrGivenUpAsync(http, flush.AsTask(), cancellationToken)
                    .ConfigureAwait(false);
        return !flushed.IsCompleted && !flushed.IsCanceled;
    }

    /// <summary>Nothing may be done to a response while it is being flushed, its end included; so a wait that is given up is followed by a short one.</summary>
    private static async Task<FlushResult> TakenOrGivenUpAsync(
        HttpContext http,
        Task<FlushResult> flush,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await flush.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // By the machine's own time, as the transport's is: a clock of a test that stands still must not hold a connection.
            var first = await Task.WhenAny(flush, Task.Delay(LastFlush, CancellationToken.None))
                .ConfigureAwait(false);
            if (first != flush)
            {
                // The client does not read, so no trailers would reach it either.
                Break(http);
            }

            throw;
        }
    }

    private static void Break(HttpContext http)
    {
        if (http.Features.Get<IHttpResetFeature>() is { } stream)
        {
            stream.Reset(ResetCancel);
        }
        else
        {
            http.Abort();
        }
    }
}
