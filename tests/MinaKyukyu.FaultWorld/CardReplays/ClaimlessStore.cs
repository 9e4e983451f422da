using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.FaultWorld.CardReplays;

/// <summary>A planted bug, <c>no-claim</c>: what a commit takes for itself is not written, so the journal lets the next one take it too.</summary>
internal sealed class ClaimlessStore(IJournalStore inner) : JournalStoreDecorator(inner)
{
    public override StoredBatch Write(CommitBatch batch) =>
        Inner.Write(
            batch with
            {
                Commits =
                [
                    .. batch.Commits.Select(c => c with { Part = c.Part with { Takes = [] } }),
                ],
            }
        );
}
