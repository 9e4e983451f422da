using System.Diagnostics;
using System.Runtime.InteropServices;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;

namespace MinaKyukyu.Journal.Writing;

/// <summary>A batch and what the store did with it: what there is to tell, and what each caller is answered.</summary>
internal sealed class WrittenBatch
{
    private readonly IReadOnlyList<Commit> commits;
    private readonly IReadOnlyList<StoredOutcome> outcomes;
    private readonly DateTimeOffset at;
    private readonly List<JournaledFact> facts = [];

    /// <exception cref="UnreachableException">The store did not answer each commit.</exception>
    public WrittenBatch(CommitBatch batch, StoredBatch stored)
    {
        if (stored.Outcomes.Count != batch.Commits.Count)
        {
            throw new UnreachableException("A store answers each commit of a batch.");
        }

        commits = batch.Commits;
        outcomes = stored.Outcomes;
        at = batch.At;
        for (int i = 0; i < commits.Count; i++)
        {
            if (outcomes[i] is StoredOutcome.Written written)
            {
                Note(commits[i], written.Position);
            }
        }
    }

    /// <summary>The facts that stand now, in the order in which they stand.</summary>
    public ReadOnlySpan<JournaledFact> Facts => CollectionsMarshal.AsSpan(facts);

    /// <summary>Whether a scope was forgotten.</summary>
    public bool Forgets { get; private set; }

    /// <param name="index">Of the commit in the batch.</param>
    public CommitOutcome OutcomeOf(int index) =>
        outcomes[index] switch
        {
            StoredOutcome.Written written => new CommitOutcome.Committed(
                new CommitReceipt(
                    commits[index].Department,
                    written.Position,
                    at,
                    commits[index].Part.Audit
                )
            ),
            StoredOutcome.AlreadyAnswered earlier => new CommitOutcome.AlreadyAnswered(
                earlier.Answer
            ),
            StoredOutcome.RequestIdReused => new CommitOutcome.RequestIdReused(),
            StoredOutcome.ClaimTaken taken => new CommitOutcome.ClaimTaken(taken.Wanted),
            StoredOutcome.StaleEpoch stale => new CommitOutcome.StaleEpoch(stale.Current),
            _ => throw new UnreachableException(),
        };

    private void Note(Commit commit, long last)
    {
        Forgets |= commit.Part.Forgets.Length > 0;
        long before = last - commit.Part.Facts.Length;
        foreach (Fact fact in commit.Part.Facts)
        {
            facts.Add(new JournaledFact(++before, commit.Department, at, fact));
        }
    }
}
