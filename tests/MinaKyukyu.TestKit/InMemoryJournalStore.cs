using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.TestKit;

/// <summary>A store in memory with the outcomes of the real ones. Disposing of it keeps what it holds, so a test may open it again.</summary>
public sealed class InMemoryJournalStore : IJournalStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<DepartmentId, long> epochs = [];
    private readonly List<JournaledFact> facts = [];
    private readonly Dictionary<(DepartmentId, CommandKey), Answered> requests = [];
    private readonly Dictionary<(DepartmentId, string Kind, string Key), string> claims = [];
    private readonly Dictionary<DepartmentId, List<AuditRow>> audit = [];
    private readonly Dictionary<(string Scope, DepartmentId, string Name), byte[]> perishables = [];

    private sealed record Answered(byte[] BodyHash, byte[] Answer, DateTimeOffset At);

    /// <summary>Batches written since the store was made.</summary>
    public long Transactions { get; private set; }

    /// <summary>Claims that are held now, each with its holder, in order of their text.</summary>
    public IReadOnlyList<string> HeldClaims
    {
        get
        {
            lock (gate)
            {
                return
                [
                    .. claims
                        .Select(c => $"{c.Key.Item1.Value}/{c.Key.Kind}/{c.Key.Key}={c.Value}")
                        .Order(StringComparer.Ordinal),
                ];
            }
        }
    }

    /// <summary>Values kept until their scope is forgotten.</summary>
    public int KeptValues
    {
        get
        {
            lock (gate)
            {
                return perishables.Count;
            }
        }
    }

    public StoreEnd Open()
    {
        lock (gate)
        {
            return new StoreEnd(facts.Count, [.. audit.Keys.Select(AuditEndOf)]);
        }
    }

    public StoredBatch Write(CommitBatch batch)
    {
        lock (gate)
        {
            Transactions++;
            HashSet<DepartmentId> grown = [];
            List<StoredOutcome> outcomes = [];
            foreach (Commit commit in batch.Commits)
            {
                StoredOutcome outcome = Refusal(commit) ?? Apply(commit, batch);
                outcomes.Add(outcome);
                if (outcome is StoredOutcome.Written && !commit.Part.Audit.IsEmpty)
                {
                    grown.Add(commit.Department);
                }
            }

            return new StoredBatch(outcomes, [.. grown.Select(AuditEndOf)], TimeSpan.Zero);
        }
    }

    public long TakeOwnership(DepartmentId department, string owner, DateTimeOffset at)
    {
        lock (gate)
        {
            return epochs[department] = epochs.GetValueOrDefault(department) + 1;
        }
    }

    public int PurgeRequests(DateTimeOffset answeredBefore, int atMost)
    {
        lock (gate)
        {
            List<(DepartmentId, CommandKey)> old =
            [
                .. requests
                    .Where(request => request.Value.At < answeredBefore)
                    .OrderBy(request => request.Value.At)
                    .Take(atMost)
                    .Select(request => request.Key),
            ];
            old.ForEach(key => requests.Remove(key));
            return old.Count;
        }
    }

    public bool EraseForgotten() => true;

    public ValueTask<EarlierAnswer> FindAnswerAsync(
        DepartmentId department,
        CommandKey key,
        ReadOnlyMemory<byte> bodyHash,
        CancellationToken stop
    )
    {
        lock (gate)
        {
            return ValueTask.FromResult<EarlierAnswer>(
                !requests.TryGetValue((department, key), out Answered? answered)
                    ? new EarlierAnswer.None()
                : answered.BodyHash.AsSpan().SequenceEqual(bodyHash.Span)
                    ? new EarlierAnswer.Same(answered.Answer)
                : new EarlierAnswer.OtherBody()
            );
        }
    }

    public ValueTask<IReadOnlyList<JournaledFact>> ReadFactsAsync(
        long after,
        int atMost,
        CancellationToken stop
    )
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<JournaledFact>>([
                .. facts.Skip(checked((int)after)).Take(atMost),
            ]);
        }
    }

    public ValueTask<IReadOnlyList<AuditRow>> ReadAuditAsync(
        DepartmentId department,
        long after,
        int atMost,
        CancellationToken stop
    )
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<AuditRow>>([
                .. audit.GetValueOrDefault(department, []).Skip(checked((int)after)).Take(atMost),
            ]);
        }
    }

    public ValueTask<IReadOnlyList<Perishable>> ReadPerishablesAsync(
        string scope,
        CancellationToken stop
    )
    {
        lock (gate)
        {
            return ValueTask.FromResult<IReadOnlyList<Perishable>>([
                .. perishables
                    .Where(kept => string.Equals(kept.Key.Scope, scope, StringComparison.Ordinal))
                    .OrderBy(kept => kept.Key.Name, StringComparer.Ordinal)
                    .Select(kept => new Perishable(scope, kept.Key.Name, kept.Value)),
            ]);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Whatever refuses, before anything is changed. Claims are tried on a sketch of those that the commit touches.</summary>
    private StoredOutcome? Refusal(Commit commit)
    {
        long epoch = epochs.GetValueOrDefault(commit.Department);
        if (epoch == 0 || commit.Epoch != epoch)
        {
            return new StoredOutcome.StaleEpoch(epoch);
        }

        if (
            commit.Command is { } command
            && requests.TryGetValue((commit.Department, command.Key), out Answered? answered)
        )
        {
            return answered.BodyHash.AsSpan().SequenceEqual(command.BodyHash.Span)
                ? new StoredOutcome.AlreadyAnswered(answered.Answer)
                : new StoredOutcome.RequestIdReused();
        }

        HashSet<(string, string)> taken = [];
        foreach (Claim claim in commit.Part.Takes)
        {
            bool isReleasedHere = commit.Part.Releases.Any(release =>
                release == claim with { Holder = release.Holder } && IsHeldBy(commit, release)
            );
            bool isHeld = claims.ContainsKey((commit.Department, claim.Kind, claim.Key));
            if ((isHeld && !isReleasedHere) || !taken.Add((claim.Kind, claim.Key)))
            {
                return new StoredOutcome.ClaimTaken(claim);
            }
        }

        return null;
    }

    private bool IsHeldBy(Commit commit, Claim claim) =>
        claims.TryGetValue((commit.Department, claim.Kind, claim.Key), out string? holder)
        && string.Equals(holder, claim.Holder, StringComparison.Ordinal);

    private StoredOutcome.Written Apply(Commit commit, CommitBatch batch)
    {
        if (commit.Command is { } command)
        {
            requests[(commit.Department, command.Key)] = new Answered(
                command.BodyHash.ToArray(),
                command.Answer.ToArray(),
                batch.At
            );
        }

        foreach (Claim claim in commit.Part.Releases.Where(claim => IsHeldBy(commit, claim)))
        {
            claims.Remove((commit.Department, claim.Kind, claim.Key));
        }

        foreach (Claim claim in commit.Part.Takes)
        {
            claims.Add((commit.Department, claim.Kind, claim.Key), claim.Holder);
        }

        foreach (Fact fact in commit.Part.Facts)
        {
            facts.Add(new JournaledFact(facts.Count + 1, commit.Department, batch.At, fact));
        }

        foreach (AuditEntry entry in commit.Part.Audit)
        {
            AuditRow row = AuditChain.Next(
                AuditEndOf(commit.Department),
                entry,
                batch.At,
                batch.Salts
            );
            audit.TryAdd(commit.Department, []);
            audit[commit.Department].Add(row);
        }

        foreach (Perishable perishable in commit.Part.Keeps)
        {
            perishables[(perishable.Scope, commit.Department, perishable.Name)] =
                perishable.Value.ToArray();
        }

        foreach (string scope in commit.Part.Forgets)
        {
            foreach (
                (string Scope, DepartmentId Department, string Name) key in perishables.Keys.Where(
                    key =>
                        string.Equals(key.Scope, scope, StringComparison.Ordinal)
                        && key.Item2 == commit.Department
                )
            )
            {
                perishables.Remove(key);
            }
        }

        return new StoredOutcome.Written(facts.Count);
    }

    private AuditEnd AuditEndOf(DepartmentId department) =>
        audit.TryGetValue(department, out List<AuditRow>? rows)
            ? new AuditEnd(department, rows[^1].Sequence, rows[^1].Hash)
            : AuditChain.Start(department);
}
