using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MinaKyukyu.MedicalInfo.Caching;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>One fetch under way; readers who come while it flies wait for the same one.</summary>
internal sealed class RecordFlight
{
    /// <summary>Never faults; ends within the fetch's deadline.</summary>
    public required Task<RecordReading> Landing { get; init; }

    /// <summary>What the cache still has while the source is asked again; shown only if the source does not answer in time.</summary>
    public RecordReading? Meanwhile => _meanwhile;

    internal void Offer(RecordReading old) => _meanwhile = old;

    private volatile RecordReading? _meanwhile;
}

/// <summary>Fetches under way, one for each patient, incident and kind of record. They outlive the reader that started them.</summary>
internal sealed class RecordFlights(
    IRecordSource source,
    SummaryCache cache,
    MedicalInfoOptions options,
    TimeProvider time,
    ILogger<RecordFlights> logger
) : IDisposable
{
    private readonly ConcurrentDictionary<(IncidentId, PatientRef, RecordKind), Ticket> _flights =
        new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Joins the fetch that is under way, or starts one.</summary>
    public RecordFlight Join(
        IncidentId incident,
        PatientRef patient,
        RecordKind kind,
        Func<string> reveal
    )
    {
        (IncidentId, PatientRef, RecordKind) name = (incident, patient, kind);
        while (true)
        {
            if (_flights.TryGetValue(name, out Ticket? under))
            {
                return under.Flight;
            }

            Ticket ticket = new(_closing.Token);
            if (_flights.TryAdd(name, ticket))
            {
                _ = FlyAsync(name, ticket, new RecordQuery(kind, patient, reveal));
                return ticket.Flight;
            }

            ticket.Dispose();
        }
    }

    /// <summary>Breaks off all fetches of an incident, or of one of its patients.</summary>
    public void Cancel(IncidentId incident, PatientRef? patient)
    {
        foreach (((IncidentId, PatientRef, RecordKind) name, Ticket ticket) in _flights)
        {
            if (name.Item1 == incident && (patient is null || name.Item2 == patient))
            {
                ticket.Cancel();
            }
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    private async Task FlyAsync(
        (IncidentId, PatientRef, RecordKind) name,
        Ticket ticket,
        RecordQuery query
    )
    {
        RecordReading landed;
        try
        {
            landed = await ReadAsync(name.Item1, ticket, query);
        }
        catch (OperationCanceledException)
        {
            landed = Now(query.Kind, new SourceAnswer.Unavailable(UnavailableReason.NoAnswer));
        }
        catch (Exception failure)
        {
            // Outermost loop of a fetch: readers wait for a landing, so that a broken promise inside must not leave them waiting.
            MedicalInfoLog.FlightBroken(logger, query.Kind, query.Patient, failure.GetType().Name);
            landed = Now(query.Kind, new SourceAnswer.Unavailable(UnavailableReason.Failed));
        }

        _flights.TryRemove(
            new KeyValuePair<(IncidentId, PatientRef, RecordKind), Ticket>(name, ticket)
        );
        ticket.Land(landed);
        ticket.Dispose();
    }

    private async Task<RecordReading> ReadAsync(
        IncidentId incident,
        Ticket ticket,
        RecordQuery query
    )
    {
        using CancellationTokenSource deadline = new(options.FetchWithin, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            deadline.Token,
            ticket.Token
        );
        RecordReading? kept = await cache.FindAsync(
            incident,
            query.Patient,
            query.Kind,
            either.Token
        );
        if (kept is not null)
        {
            if (time.GetElapsedTime(kept.ReceivedTimestamp) <= options.FreshFor)
            {
                return kept;
            }

            ticket.Flight.Offer(kept);
        }

        SourceAnswer answer = await source.FetchAsync(query, either.Token);
        RecordReading read = Now(query.Kind, answer);
        if (!read.IsAnswered)
        {
            return kept ?? read;
        }

        // Keeping comes after landing would be quicker, but then a purge could not be told from a late keep.
        await cache.KeepAsync(incident, query.Patient, read, either.Token);
        return read;
    }

    private RecordReading Now(RecordKind kind, SourceAnswer answer) =>
        new(kind, answer, time.GetUtcNow(), time.GetTimestamp());

    private sealed class Ticket : IDisposable
    {
        private readonly TaskCompletionSource<RecordReading> _landing = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        private readonly CancellationTokenSource _cancellation;

        public Ticket(CancellationToken closing)
        {
            _cancellation = CancellationTokenSource.CreateLinkedTokenSource(closing);
            Token = _cancellation.Token;
            Flight = new RecordFlight { Landing = _landing.Task };
        }

        public RecordFlight Flight { get; }

        public CancellationToken Token { get; }

        public void Land(RecordReading reading) => _landing.SetResult(reading);

        public void Cancel()
        {
            try
            {
                _cancellation.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It landed in the same moment.
            }
        }

        public void Dispose() => _cancellation.Dispose();
    }
}
