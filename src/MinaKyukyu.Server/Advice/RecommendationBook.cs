using System.Collections.Concurrent;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Advice;

/// <summary>Advice as it was given.</summary>
internal sealed record GivenAdvice(
    RecommendationId Id,
    IncidentId Incident,
    DateTimeOffset At,
    UnitRecommendation Advice
);

/// <summary>The advice of the last while, by id. An order names the advice it rests on; what is older must be asked for again.</summary>
internal sealed class RecommendationBook
{
    /// <summary>Four minutes at 20 pieces of advice a second, far above what any department asks for.</summary>
    private const int Most = 4_096;

    private readonly ConcurrentDictionary<RecommendationId, GivenAdvice> _byId = new();
    private readonly ConcurrentQueue<RecommendationId> _ages = new();

    public void Keep(GivenAdvice advice)
    {
        _byId[advice.Id] = advice;
        _ages.Enqueue(advice.Id);
        while (_ages.Count > Most && _ages.TryDequeue(out RecommendationId oldest))
        {
            _byId.TryRemove(oldest, out _);
        }
    }

    public GivenAdvice? Find(RecommendationId id) => _byId.GetValueOrDefault(id);

    /// <summary>The latest advice for an incident; null when none was given lately.</summary>
    public GivenAdvice? FindLatest(IncidentId incident) =>
        _byId.Values.Where(a => a.Incident == incident).MaxBy(a => a.At);

    /// <summary>Whether advice that was given after a moment counted on this unit.</summary>
    public bool RestsOn(UnitId unit, DateTimeOffset since) =>
        _byId.Values.Any(a =>
            a.At >= since && a.Advice.Candidates.Any(c => c.Unit == unit && c.CanBeOrderedNow)
        );
}
