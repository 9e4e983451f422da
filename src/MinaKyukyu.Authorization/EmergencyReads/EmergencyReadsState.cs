using System.Collections.Immutable;
using MinaKyukyu.Authorization.Facts;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.EmergencyReads;

/// <summary>All emergency reads, derived from the journal; immutable, replaced as a whole.</summary>
/// <param name="LastNotice">The highest number that a printed notice bears.</param>
public sealed record EmergencyReadsState(
    ImmutableDictionary<GrantId, EmergencyRead> Reads,
    ImmutableSortedSet<EmergencyReadKey> OpenKeys,
    long LastNotice
)
{
    public static EmergencyReadsState Empty { get; } =
        new(
            ImmutableDictionary<GrantId, EmergencyRead>.Empty,
            ImmutableSortedSet.Create(EmergencyReadKey.ByAge),
            0
        );

    public EmergencyRead? Find(GrantId id) => Reads.GetValueOrDefault(id);

    /// <summary>Those that wait for the officer, oldest first.</summary>
    public IEnumerable<EmergencyRead> Open => OpenKeys.Select(k => Reads[k.Id]);

    /// <summary>Since when the oldest open one waits; null when none is open.</summary>
    public DateTimeOffset? OldestOpenSince => OpenKeys.IsEmpty ? null : OpenKeys[0].ReadAt;

    public EmergencyReadsState Apply(JournaledFact journaled) =>
        journaled.Fact.Kind switch
        {
            AccessGranted.Kind => Granted(OversightFacts.ReadGranted(journaled.Fact)),
            EmergencyClosed.Kind => Closed(OversightFacts.ReadClosed(journaled.Fact)),
            NoticePrinted.Kind => Printed(OversightFacts.ReadPrinted(journaled.Fact)),
            _ => this,
        };

    private EmergencyReadsState Granted(EmergencyRead? read) =>
        read is null
            ? this
            : this with
            {
                Reads = Reads.SetItem(read.Id, read),
                OpenKeys = OpenKeys.Add(EmergencyReadKey.Of(read)),
            };

    private EmergencyReadsState Closed(EmergencyClosed body) =>
        Find(new GrantId(body.GrantId)) is { } read
            ? this with
            {
                Reads = Reads.SetItem(read.Id, read with { Closing = body.ToClosing() }),
                OpenKeys = OpenKeys.Remove(EmergencyReadKey.Of(read)),
            }
            : this;

    private EmergencyReadsState Printed(NoticePrinted body) =>
        Find(new GrantId(body.GrantId)) is { } read
            ? this with
            {
                Reads = Reads.SetItem(read.Id, read with { NoticesPrinted = body.Copy }),
                LastNotice = Math.Max(LastNotice, body.Number),
            }
            : this;
}

/// <summary>Sorts open reads: the longest waiting first; total, so that two officers never see two orders.</summary>
public readonly record struct EmergencyReadKey(DateTimeOffset ReadAt, GrantId Id)
{
    internal static IComparer<EmergencyReadKey> ByAge { get; } =
        Comparer<EmergencyReadKey>.Create(
            static (a, b) =>
            {
                int byAge = a.ReadAt.CompareTo(b.ReadAt);
                return byAge != 0 ? byAge : string.CompareOrdinal(a.Id.Value, b.Id.Value);
            }
        );

    internal static EmergencyReadKey Of(EmergencyRead read) => new(read.ReadAt, read.Id);
}

/// <summary>Keeps the state beside the journal; readers take <see cref="Current"/> once per decision.</summary>
public sealed class EmergencyReadsProjection : IProjection
{
    private volatile EmergencyReadsState _current = EmergencyReadsState.Empty;

    public EmergencyReadsState Current => _current;

    public void Apply(ReadOnlySpan<JournaledFact> facts)
    {
        EmergencyReadsState next = _current;
        foreach (JournaledFact fact in facts)
        {
            next = next.Apply(fact);
        }

        _current = next;
    }
}
