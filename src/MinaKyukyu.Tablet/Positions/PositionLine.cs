using Grpc.Core;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Tablet.Positions;

/// <summary>
/// One call that carries batch after batch, because the head of a call costs more on the radio than a batch does. Opened when there
/// is something to tell, and anew when it has ended. One batch at a time.
/// </summary>
internal sealed class PositionLine(CrewLink link, TimeProvider time) : IDisposable
{
    private AsyncDuplexStreamingCall<StreamPositionsRequest, StreamPositionsResponse>? _call;

    /// <returns>How many positions the server has taken.</returns>
    /// <exception cref="RpcException">No answer within the deadline, or a refusal.</exception>
    public async Task<int> TellAsync(StreamPositionsRequest batch, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(link.Options.PositionDeadline, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            late.Token,
            link.Radio.WhenCut,
            cancellation
        );
        bool mayHaveEnded = _call is not null;
        try
        {
            return await TellOnceAsync(batch, ending.Token);
        }
        catch (RpcException failure)
            when (mayHaveEnded
                && !ending.IsCancellationRequested
                && Refusal.Of(failure).Reason.Length == 0
            )
        {
            // It ended while nobody looked, by its deadline or with the server; where the unit is can be told twice without harm.
            // A reason is a definite no.
            return await TellOnceAsync(batch, ending.Token);
        }
    }

    public void Dispose() => Drop();

    private async Task<int> TellOnceAsync(StreamPositionsRequest batch, CancellationToken ending)
    {
        _call ??= link.Crew.StreamPositions(cancellationToken: CancellationToken.None);
        bool isAnswered = false;
        try
        {
            await _call.RequestStream.WriteAsync(batch, ending);
            isAnswered = await _call.ResponseStream.MoveNext(ending);
            return isAnswered
                ? _call.ResponseStream.Current.AcceptedCount
                : throw new RpcException(
                    new Status(StatusCode.Unavailable, "The server ended the stream.")
                );
        }
        // Whatever a transport throws at a write ends the stream, also what it does not document.
        catch (Exception end) when (end is not RpcException)
        {
            throw new RpcException(
                ending.IsCancellationRequested
                    ? new Status(StatusCode.DeadlineExceeded, "The batch has no answer.")
                    : new Status(StatusCode.Unavailable, "The stream had ended.")
            );
        }
        finally
        {
            if (!isAnswered)
            {
                Drop();
            }
        }
    }

    private void Drop()
    {
        _call?.Dispose();
        _call = null;
    }
}
