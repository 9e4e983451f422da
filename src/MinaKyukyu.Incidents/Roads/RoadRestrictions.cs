using System.Collections.Immutable;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Incidents.Roads;

/// <summary>
/// The road restrictions that were not lifted, derived from the journal; immutable, replaced as a whole. Those that have expired
/// leave it with the next fact about roads, so that years of them do not pile up.
/// </summary>
public sealed record RoadRestrictions(
    ImmutableDictionary<RoadRestrictionId, RoadRestriction> NotLifted
)
{
    /// <summary>Table of what restricts a road: works, flooding, snow, an event, a level crossing ….</summary>
    public const string KindTable = "closure-kind";

    public static RoadRestrictions None { get; } =
        new(ImmutableDictionary<RoadRestrictionId, RoadRestriction>.Empty);

    /// <summary>Null: not there, lifted, or expired.</summary>
    public RoadRestriction? FindInForce(RoadRestrictionId id, DateTimeOffset now) =>
        NotLifted.GetValueOrDefault(id) is { } known && known.IsInForceAt(now) ? known : null;

    /// <summary>The newest first; equally new ones in one fixed order, so that two consoles never disagree.</summary>
    public IReadOnlyList<RoadRestriction> ListInForce(DateTimeOffset now) =>
        [
            .. NotLifted
                .Values.Where(restriction => restriction.IsInForceAt(now))
                .OrderByDescending(restriction => restriction.Since)
                .ThenBy(restriction => restriction.Id.Value, StringComparer.Ordinal),
        ];

    /// <summary>The first moment from which the list is another one by the clock alone; the end of time where there is none.</summary>
    public DateTimeOffset NextChangeAfter(DateTimeOffset now) =>
        NotLifted
            .Values.SelectMany(restriction => new[] { restriction.Since, restriction.ExpiresAt })
            .Where(moment => moment > now)
            .DefaultIfEmpty(DateTimeOffset.MaxValue)
            .Min();

    internal RoadRestrictions Apply(JournaledFact journaled) =>
        journaled.Fact.Kind switch
        {
            RoadFacts.Restricted => With(RoadFacts.ReadRestricted(journaled.Fact)),
            RoadFacts.Lifted => new RoadRestrictions(
                NotLifted.Remove(
                    new RoadRestrictionId(RoadFacts.ReadLifted(journaled.Fact).Restriction)
                )
            ),
            _ => this,
        };

    private RoadRestrictions With(RoadRestriction made) =>
        new(
            NotLifted
                .RemoveRange(
                    NotLifted.Values.Where(old => old.ExpiresAt <= made.Since).Select(old => old.Id)
                )
                .SetItem(made.Id, made)
        );
}

/// <summary>Keeps the restrictions beside the journal; readers take <see cref="Current"/> once per decision.</summary>
public sealed class RoadRestrictionsProjection : IProjection
{
    private volatile RoadRestrictions _current = RoadRestrictions.None;

    public RoadRestrictions Current => _current;

    public void Apply(ReadOnlySpan<JournaledFact> facts)
    {
        RoadRestrictions next = _current;
        foreach (JournaledFact fact in facts)
        {
            next = next.Apply(fact);
        }

        _current = next;
    }
}
