using System.Diagnostics.Metrics;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Journal;

/// <summary>The journal's numbers, under the meter <see cref="MeterName"/>.</summary>
public sealed class JournalTelemetry : IDisposable
{
    public const string MeterName = "MinaKyukyu.Journal";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> commits;
    private readonly Histogram<int> batchSize;
    private readonly Counter<long> droppedPosts;
    private readonly Histogram<double> flush;

    internal JournalTelemetry(Func<int> queued)
    {
        commits = meter.CreateCounter<long>("journal.commits", "{commit}", "Commits by outcome.");
        batchSize = meter.CreateHistogram<int>(
            "journal.batch.size",
            "{commit}",
            "Commits that shared one flush."
        );
        droppedPosts = meter.CreateCounter<long>(
            "journal.posts.dropped",
            "{commit}",
            "Commits that nobody waited for and that were not queued."
        );
        flush = meter.CreateHistogram<double>(
            "journal.flush.duration",
            "s",
            "Time that the flush to disk took."
        );
        meter.CreateObservableGauge(
            "journal.queue",
            queued,
            "{commit}",
            "Commits that wait for the writer."
        );
    }

    internal void Count(CommitOutcome outcome) =>
        commits.Add(1, new KeyValuePair<string, object?>("outcome", WordFor(outcome)));

    internal void CountBatch(int size, TimeSpan took)
    {
        batchSize.Record(size);
        flush.Record(took.TotalSeconds);
    }

    internal void CountDroppedPost() => droppedPosts.Add(1);

    internal static string WordFor(CommitOutcome outcome) =>
        outcome switch
        {
            CommitOutcome.Committed => "committed",
            CommitOutcome.AlreadyAnswered => "already_answered",
            CommitOutcome.RequestIdReused => "request_id_reused",
            CommitOutcome.ClaimTaken => "claim_taken",
            CommitOutcome.StaleEpoch => "stale_epoch",
            CommitOutcome.Full => "full",
            _ => "unknown",
        };

    public void Dispose() => meter.Dispose();
}
