using System.Diagnostics;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>Sends one command with the same bytes until it is answered, refused or failed too often. For one command at a time.</summary>
internal sealed class CommandSender(
    ICommandWire wire,
    OutgoingQueueOptions options,
    TimeProvider time,
    Random chance,
    ILogger logger
)
{
    private readonly BackOff _backOff = new(
        options.FirstBackOff,
        options.LongestBackOff,
        options.ShortestBackOff,
        chance
    );

    /// <exception cref="OperationCanceledException">Cancelled before the server answered.</exception>
    public async Task<SendingEnd> SendUntilAnsweredAsync(
        WaitingCommand entry,
        CancellationToken cancellation
    )
    {
        int failures = 0;
        while (true)
        {
            entry.Tries++;
            Refusal refusal;
            try
            {
                return new SendingEnd.Done(await SendOnceAsync(entry.Command, cancellation));
            }
            catch (RpcException failure)
            {
                // Our own end, not the server's answer.
                cancellation.ThrowIfCancellationRequested();
                refusal = Refusal.Of(failure);
            }

            NextStep next = StatusMeaning.StepAfter(refusal.Code);
            failures += next == NextStep.RepeatAFewTimes ? 1 : 0;
            if (next == NextStep.GiveBack)
            {
                TabletLog.CommandRefused(logger, entry.Command.Kind, refusal.Code, refusal.Reason);
                return new SendingEnd.Refused(refusal);
            }

            if (failures >= options.MostFailures)
            {
                TabletLog.CommandSetAside(logger, entry.Command.Kind, refusal.Code, failures);
                return new SendingEnd.SetAside(refusal);
            }

            TimeSpan wait = _backOff.Next(entry.Tries, refusal.RetryAfter);
            TabletLog.CommandRepeats(logger, entry.Command.Kind, refusal.Code, entry.Tries);
            await Task.Delay(wait, time, cancellation);
        }
    }

    private async Task<byte[]> SendOnceAsync(QueuedCommand command, CancellationToken cancellation)
    {
        using Activity? tap = TabletTelemetry.Continue($"send {command.Kind}", command.Trace);
        return await wire.SendAsync(command.Kind, command.Body, cancellation);
    }
}
