using Microsoft.Extensions.Hosting;
using MinaKyukyu.Server.Watching;

namespace MinaKyukyu.Server.Hosting;

/// <summary>Rings once a second: an order that nobody acknowledges changes the board by time alone.</summary>
internal sealed class AlarmClock(ChangeBell bell, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                bell.Ring();
            }
        }
        catch (OperationCanceledException)
        {
            // The house is closing.
        }
    }
}
