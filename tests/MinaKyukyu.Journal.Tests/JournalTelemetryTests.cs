using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Journal.Tests;

public sealed class JournalTelemetryTests
{
    [Fact]
    public async Task Counts_what_a_night_shift_asks_for()
    {
        ConcurrentBag<string> seen = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Name == JournalTelemetry.MeterName)
            {
                it.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, _, tags, _) =>
                seen.Add(tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}")
        );
        listener.SetMeasurementEventCallback<int>(
            (instrument, _, _, _) => seen.Add(instrument.Name)
        );
        listener.SetMeasurementEventCallback<double>(
            (instrument, _, _, _) => seen.Add(instrument.Name)
        );
        listener.Start();

        JournalWriter journal = await JournalWriter.OpenAsync(
            new JournalParts
            {
                Store = new InMemoryJournalStore(),
                Time = new ManualTime(),
                Logger = NullLogger<JournalWriter>.Instance,
            }
        );
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        await journal.CommitAsync(Sample.FactAbout("a", Sample.Command("r", "b", "a")), default);
        await journal.CommitAsync(Sample.FactAbout("a", Sample.Command("r", "c", "a")), default);
        await journal.CommitAsync(Sample.FactAbout("c"), new CancellationToken(canceled: true));
        listener.RecordObservableInstruments();
        await journal.DisposeAsync();
        journal.Post(Sample.FactAbout("b"));

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "journal.commits committed",
                "journal.commits request_id_reused",
                "journal.commits unknown",
                "journal.batch.size",
                "journal.flush.duration",
                "journal.queue",
            },
            new HashSet<string>(seen, StringComparer.Ordinal)
        );
        Assert.Equal(1, journal.DroppedPosts);
    }
}
