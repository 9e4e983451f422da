using System.ComponentModel.DataAnnotations;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Tablet.Positions;

public sealed class PositionReporterOptions
{
    /// <summary>How often a batch is sent.</summary>
    /// <value>15 seconds on a real road; a demonstration in quick motion asks for less.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan BatchEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Most positions that are kept while the radio is dead; the oldest go first.</summary>
    /// <value>120: ten minutes at one in five seconds. At most the 720 that the server takes in one batch: all that is kept goes in one.</value>
    [Range(1, 720)]
    public int MostKept { get; set; } = 120;
}

/// <summary>
/// Tells where the unit is, in batches over one call. Not queued on the disk and not repeated: what a batch could not tell goes with the next
/// one, and newer positions push the oldest out. Thread-safe.
/// </summary>
public sealed class PositionReporter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<PositionReport> _kept = new();
    private readonly SemaphoreSlim _oneBatch = new(1);
    private readonly PositionLine _line;
    private readonly UnitId _unit;
    private readonly PositionReporterOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private long _told;

    internal PositionReporter(
        CrewLink link,
        UnitId unit,
        PositionReporterOptions options,
        TimeProvider time,
        ILogger logger
    )
    {
        _line = new PositionLine(link, time);
        _unit = unit;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>How many positions the server has taken.</summary>
    public long ToldCount => Interlocked.Read(ref _told);

    /// <param name="accuracyMeters">One sigma; null when the receiver does not say.</param>
    public void Observe(GeoPoint point, double? accuracyMeters)
    {
        var report = new PositionReport
        {
            Point = new() { Latitude = point.Latitude, Longitude = point.Longitude },
            ObservedTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow()),
        };
        if (accuracyMeters is { } sigma)
        {
            report.AccuracyMeters = sigma;
        }

        lock (_gate)
        {
            _kept.Enqueue(report);
            if (_kept.Count > _options.MostKept)
            {
                _kept.Dequeue();
            }
        }
    }

    /// <summary>Sends batches until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var clock = new PeriodicTimer(_options.BatchEvery, _time);
        try
        {
            while (await clock.WaitForNextTickAsync(cancellation))
            {
                await TellAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Where the unit was when the tablet was switched off is told by nobody.
        }
    }

    /// <summary>Sends what is kept as one batch, once.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        await _oneBatch.WaitAsync(cancellation);
        try
        {
            await TellKeptAsync(cancellation);
        }
        finally
        {
            _oneBatch.Release();
        }
    }

    /// <summary>Only when nothing is being told any more.</summary>
    public void Dispose()
    {
        _line.Dispose();
        _oneBatch.Dispose();
    }

    private async Task TellKeptAsync(CancellationToken cancellation)
    {
        var batch = new StreamPositionsRequest { UnitId = _unit.Value };
        lock (_gate)
        {
            batch.Positions.AddRange(_kept);
        }

        if (batch.Positions.Count == 0)
        {
            return;
        }

        try
        {
            int accepted = await _line.TellAsync(batch, cancellation);
            Interlocked.Add(ref _told, accepted);
            Forget(batch.Positions[^1]);
        }
        catch (RpcException failure)
        {
            cancellation.ThrowIfCancellationRequested();
            TabletLog.PositionsNotTold(_logger, failure.StatusCode, batch.Positions.Count);
        }
    }

    /// <summary>
    /// Drops what was told; newer ones that came meanwhile stay. Not by the times, which a clock that is set back repeats. If the last
    /// that was told is not there any more, newer ones have pushed out all of it.
    /// </summary>
    private void Forget(PositionReport last)
    {
        lock (_gate)
        {
            if (_kept.Any(report => ReferenceEquals(report, last)))
            {
                while (!ReferenceEquals(_kept.Dequeue(), last)) { }
            }
        }
    }
}
