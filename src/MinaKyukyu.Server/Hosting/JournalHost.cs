using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Forecasts;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Watching;
using MinaKyukyu.Storage;

namespace MinaKyukyu.Server.Hosting;

/// <summary>Opens the journal before anything listens, closes it after everything has stopped, and ends the process when it fails.</summary>
internal sealed class JournalHost(
    MinaServerOptions options,
    CityPlan city,
    JournalHandle handle,
    Ownership ownership,
    FleetProjection fleet,
    IncidentsProjection incidents,
    RoadRestrictionsProjection roads,
    OpenRecords records,
    LiveConnections connections,
    EmergencyReadsProjection emergencies,
    CardChecksProjection checks,
    Arrivals arrivals,
    ChangeBell bell,
    IHostApplicationLifetime lifetime,
    ILogger<JournalWriter> logger
) : IHostedLifecycleService, IAsyncDisposable
{
    private JournalWriter? _writer;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _writer = await SqliteJournal.OpenAsync(
            new SqliteJournalParts
            {
                Data = options.Data,
                // The bell rings last, when the pictures are new.
                Projections =
                [
                    fleet,
                    incidents,
                    roads,
                    emergencies,
                    checks,
                    arrivals,
                    records,
                    connections,
                    bell,
                ],
                Time = options.Time,
                Options = options.Journal,
                Logger = logger,
                Wrap = options.WrapStore,
                HeadDirectories = options.AuditHeads,
            },
            cancellationToken
        );
        ownership.Take(
            await _writer.TakeOwnershipAsync(
                city.Plan.Id,
                Environment.MachineName,
                cancellationToken
            )
        );
        handle.Open(_writer);
        _ = EndWithTheJournalAsync(_writer);
    }

    /// <summary>A journal whose disk failed must not be asked again: the process ends, and the next one decides from what the disk holds.</summary>
    private async Task EndWithTheJournalAsync(JournalWriter writer)
    {
        Exception failure = await writer.Failed;
        ServerLog.JournalFailed(logger, failure.GetType().Name);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        records.CloseAll();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _writer, null) is { } writer)
        {
            await writer.DisposeAsync();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
