using System.Collections.Concurrent;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>Advice for the board. Each piece is journaled, so a board that looks again every few seconds is shown the same piece while nothing has changed.</summary>
internal sealed class BoardAdvice(
    RecommendUnits recommend,
    Department department,
    Situations situations,
    IModelInForce model,
    TimeProvider time
)
{
    /// <summary>How long a piece of advice is shown before it is asked for again.</summary>
    /// <value>15 seconds: tablets report their positions that often.</value>
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(15);

    /// <summary>More than fit on a board.</summary>
    public const int Candidates = 4;

    private readonly ConcurrentDictionary<IncidentId, Shown> _last = new();

    /// <summary>Null: no such incident, or it is over.</summary>
    public GivenAdvice? For(IncidentId id)
    {
        IncidentsState state = department.Incidents;
        if (state.Find(id) is not { IsClosed: false })
        {
            _last.TryRemove(id, out _);
            return null;
        }

        DateTimeOffset now = time.GetUtcNow();
        // Asked before the advice is: what changes in between is found at the next look.
        RoadMap? roads = situations.RoadsAt(now);
        ITimeToSceneModel? timeToScene = model.Current;
        if (
            _last.TryGetValue(id, out Shown? last)
            && last.Revision == state.Revision
            && ReferenceEquals(last.Roads, roads)
            && ReferenceEquals(last.TimeToScene, timeToScene)
            && now - last.Advice.At < GoodFor
        )
        {
            return last.Advice;
        }

        GivenAdvice? given = recommend.Recommend(id, Candidates);
        if (given is not null)
        {
            _last[id] = new Shown(given, state.Revision, roads, timeToScene);
            DropOver(state);
        }

        return given;
    }

    /// <summary>Advice is kept for open incidents alone, so that a year of them does not pile up here.</summary>
    private void DropOver(IncidentsState state)
    {
        foreach (IncidentId id in _last.Keys.Where(k => state.Find(k) is not { IsClosed: false }))
        {
            _last.TryRemove(id, out _);
        }
    }

    /// <summary>A piece of advice, and what it was given on.</summary>
    private sealed record Shown(
        GivenAdvice Advice,
        long Revision,
        RoadMap? Roads,
        ITimeToSceneModel? TimeToScene
    );
}
