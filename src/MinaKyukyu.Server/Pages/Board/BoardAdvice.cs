using System.Collections.Concurrent;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>Advice for the board. Each piece is journaled, so a board that looks again every few seconds is shown the same piece while nothing has changed.</summary>
internal sealed class BoardAdvice(
    RecommendUnits recommend,
    Department department,
    TimeProvider time
)
{
    /// <summary>How long a piece of advice is shown before it is asked for again.</summary>
    /// <value>15 seconds: tablets report their positions that often.</value>
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(15);

    /// <summary>More than fit on a board.</summary>
    public const int Candidates = 4;

    private readonly ConcurrentDictionary<IncidentId, (GivenAdvice Advice, long Revision)> _last =
        new();

    /// <summary>Null: no such incident, or it is over.</summary>
    public GivenAdvice? For(IncidentId id)
    {
        IncidentsState state = department.Incidents;
        if (state.Find(id) is not { IsClosed: false })
        {
            _last.TryRemove(id, out _);
            return null;
        }

        bool isKnown = _last.TryGetValue(id, out (GivenAdvice Advice, long Revision) last);
        if (
            isKnown
            && last.Revision == state.Revision
            && time.GetUtcNow() - last.Advice.At < GoodFor
        )
        {
            return last.Advice;
        }

        GivenAdvice? given = recommend.Recommend(id, Candidates);
        if (given is not null)
        {
            _last[id] = (given, state.Revision);
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
}
