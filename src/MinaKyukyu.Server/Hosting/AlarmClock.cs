using Microsoft.Extensions.Hosting;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Watching;

namespace MinaKyukyu.Server.Hosting;

/// <summary>Once a second: an order that nobody acknowledges changes the board by time alone, and a grant runs out.</summary>
internal sealed class AlarmClock(ChangeBell bell, OpenRecords records, TimeProvider time)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                records.Sweep();
                bell.Ring();
            }
        }
        catch (OperationCanceledException)
        {
            // The house is closing.
        }
    }
}
