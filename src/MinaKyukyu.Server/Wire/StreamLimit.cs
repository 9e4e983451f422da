using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace MinaKyukyu.Server.Wire;

/// <summary>Gives every watch an end: its caller's deadline, the server's stop, or an hour. A watcher then asks again after the last that it saw.</summary>
internal sealed class StreamLimit(IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How long a watch may last whose caller set no deadline.</summary>
    /// <value>1 hour: the longest that a tablet may ask for; a watcher that vanished without a word holds nothing for longer.</value>
    public static readonly TimeSpan Cap = TimeSpan.FromHours(1);

    /// <summary>Runs a watch to its end. Server's stop and cap end it as done, so that the watcher comes back without an alarm.</summary>
    public async Task RunAsync(ServerCallContext context, Func<CancellationToken, Task> watch)
    {
        using var cap = new CancellationTokenSource(Cap, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken,
            lifetime.ApplicationStopping,
            cap.Token
        );
        try
        {
            await watch(stop.Token);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            // The watch is over; nothing went wrong.
        }
    }
}
