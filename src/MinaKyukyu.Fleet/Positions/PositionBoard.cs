using System.Collections.Concurrent;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Fleet.Positions;

/// <summary>Where a unit said it was.</summary>
/// <param name="ObservedAt">By the tablet's clock: testimony.</param>
/// <param name="ReceivedAt">By ours; ages are counted from here.</param>
/// <param name="AccuracyMeters">One sigma; null when the receiver did not say.</param>
public sealed record UnitPosition(
    UnitId Unit,
    GeoPoint Point,
    DateTimeOffset ObservedAt,
    DateTimeOffset ReceivedAt,
    double? AccuracyMeters
);

/// <summary>Port: the last known position of each unit. Not in the journal: one report later it is known again.</summary>
public interface IPositionBoard
{
    /// <summary>Latest wins by <see cref="UnitPosition.ObservedAt"/>; returns false when a later one is known already.</summary>
    bool Report(UnitPosition position);

    UnitPosition? Find(UnitId unit);
}

/// <summary>Positions in this process: one slot per unit, no queue.</summary>
public sealed class PositionBoard : IPositionBoard
{
    private readonly ConcurrentDictionary<UnitId, UnitPosition> _slots = new();

    public bool Report(UnitPosition position) =>
        ReferenceEquals(
            _slots.AddOrUpdate(
                position.Unit,
                static (_, next) => next,
                static (_, last, next) => next.ObservedAt > last.ObservedAt ? next : last,
                position
            ),
            position
        );

    public UnitPosition? Find(UnitId unit) => _slots.GetValueOrDefault(unit);
}
