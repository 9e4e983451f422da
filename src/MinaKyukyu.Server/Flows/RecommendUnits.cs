using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Flows;

/// <summary>Who should go: advice is given, kept by id, and written with the next batch without anybody waiting.</summary>
internal sealed class RecommendUnits(
    Situations situations,
    RecommendationBook book,
    ModelFailures failures,
    CommandDesk desk,
    IIdSource ids
)
{
    /// <summary>Null: no such incident.</summary>
    public GivenAdvice? Recommend(IncidentId id, int maxCandidates)
    {
        Situation situation = situations.Now();
        if (situation.Incidents.Find(id) is not { } incident)
        {
            return null;
        }

        GivenAdvice given = Give(situation, incident, maxCandidates);
        failures.Note(given.Advice);
        book.Keep(given);
        desk.Post(situation.Plan.Id, CommitPart.Of(AdviceFacts.Write(given)));
        return given;
    }

    private GivenAdvice Give(Situation situation, Incident incident, int maxCandidates) =>
        new(
            new RecommendationId(ids.Next()),
            incident.Id,
            situation.Now,
            UnitRecommender.Recommend(situation, incident, maxCandidates)
        );
}
