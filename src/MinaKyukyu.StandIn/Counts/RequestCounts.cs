using System.Collections.Concurrent;

namespace MinaKyukyu.StandIn.Counts;

/// <summary>How many requests of each kind this process answered since its start. Safe to use from many threads.</summary>
public sealed class RequestCounts
{
    /// <summary>Most kinds that are counted; a kind beyond is counted as <c>other</c>, so that nobody fills the memory with kinds.</summary>
    private const int MostKinds = 200;

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <param name="kind">Such as <c>verifier.asserted</c>: the room first.</param>
    public void Add(string kind) =>
        _counts.AddOrUpdate(
            _counts.Count < MostKinds || _counts.ContainsKey(kind) ? kind : "other",
            1,
            static (_, count) => count + 1
        );

    /// <summary>All counts, in the order of their kinds.</summary>
    public IReadOnlyDictionary<string, long> Snapshot() =>
        new SortedDictionary<string, long>(
            _counts.ToDictionary(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
}
