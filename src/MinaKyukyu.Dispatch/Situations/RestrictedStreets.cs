using System.Collections.Concurrent;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Snapping;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Dispatch.Situations;

/// <summary>
/// Which streets of these roads a restriction is about, and what restrictions make of the roads: a translation that depends on
/// nothing else. Streets that were looked for once are kept as long as their restriction; safe for any number of threads.
/// </summary>
public sealed class RestrictedStreets(RoadMap roads)
{
    private readonly RoadSnapper _snapper = roads.Snapper;
    private readonly ConcurrentDictionary<RoadRestrictionId, IReadOnlyList<int>> _known = new();

    /// <summary>The edges of its streets in both directions; empty where none is near, and then it changes no travel time.</summary>
    public IReadOnlyList<int> EdgesOf(RoadRestriction restriction) =>
        _known.GetValueOrDefault(restriction.Id) ?? EdgesAt(restriction.Place);

    /// <inheritdoc cref="EdgesOf"/>
    public IReadOnlyList<int> EdgesAt(RestrictedPlace place) =>
        _snapper.ListStreets(place.Point, place.RadiusMeters);

    /// <summary>Of several restrictions on one street the worst holds.</summary>
    /// <param name="inForce">All that hold; what was known of others is forgotten.</param>
    public RoadConditions ConditionsUnder(IReadOnlyList<RoadRestriction> inForce)
    {
        foreach (RoadRestrictionId over in _known.Keys.Except(inForce.Select(r => r.Id)))
        {
            _known.TryRemove(over, out _);
        }

        return RoadConditions.Of(
            inForce.SelectMany(restriction =>
                _known
                    .GetOrAdd(restriction.Id, _ => EdgesAt(restriction.Place))
                    .Select(edge => (edge, restriction.Effect.SpeedPercent))
            )
        );
    }
}
