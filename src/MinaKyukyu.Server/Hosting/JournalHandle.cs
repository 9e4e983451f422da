using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Hosting;

/// <summary>
/// The journal as the rest of the house sees it: closed until <see cref="JournalHost"/> has opened and replayed it, which is
/// before any listener accepts.
/// </summary>
internal sealed class JournalHandle : IJournal
{
    private JournalWriter? _writer;

    public bool IsAccepting => _writer is { IsAccepting: true };

    private JournalWriter Writer =>
        _writer
        ?? throw new InvalidOperationException(
            "Nothing may be asked of the journal before it is open."
        );

    public void Open(JournalWriter writer) => _writer = writer;

    public long Position => Writer.Position;

    public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken stop) =>
        Writer.CommitAsync(commit, stop);

    public void Post(Commit commit) => Writer.Post(commit);

    public ValueTask<EarlierAnswer> FindAnswerAsync(
        DepartmentId department,
        CommandKey key,
        ReadOnlyMemory<byte> bodyHash,
        CancellationToken stop
    ) => Writer.FindAnswerAsync(department, key, bodyHash, stop);

    public ValueTask<long> TakeOwnershipAsync(
        DepartmentId department,
        string owner,
        CancellationToken stop
    ) => Writer.TakeOwnershipAsync(department, owner, stop);

    public IAsyncEnumerable<JournaledFact> ReadFactsAsync(long after, CancellationToken stop) =>
        Writer.ReadFactsAsync(after, stop);

    public IAsyncEnumerable<AuditRow> ReadAuditAsync(
        DepartmentId department,
        long after,
        CancellationToken stop
    ) => Writer.ReadAuditAsync(department, after, stop);

    public ValueTask<IReadOnlyList<Perishable>> ReadPerishablesAsync(
        string scope,
        CancellationToken stop
    ) => Writer.ReadPerishablesAsync(scope, stop);
}
