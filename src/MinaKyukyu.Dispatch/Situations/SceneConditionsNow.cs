using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Dispatch.Situations;

/// <summary>What a situation says of one scene, as a model is shown it and as it is kept for learning.</summary>
internal static class SceneConditionsNow
{
    /// <param name="unitsFree">That can be ordered now.</param>
    public static SceneConditions Of(Situation situation, Incident incident, int unitsFree) =>
        new()
        {
            Now = situation.Now,
            // Two clocks that nobody set together must not make a negative time.
            SinceCall =
                situation.Now > incident.CallReceivedAt
                    ? situation.Now - incident.CallReceivedAt
                    : TimeSpan.Zero,
            Area = situation.Stations.FindTown(incident.Place) ?? "",
            Urgency = Word(incident.Urgency.Level),
            UnitsFree = unitsFree,
            IncidentsWaiting = situation.Incidents.OpenIncidents.Count(i => i.IsWaiting),
            PlaceUncertaintyMeters = incident.Place.Point is null
                ? null
                : RoadReckoning.UncertaintyMetersOf(incident.Place),
        };

    /// <summary>Empty for none, and for a level that nobody knows.</summary>
    private static string Word(UrgencyLevel level) =>
        level switch
        {
            UrgencyLevel.Critical => "critical",
            UrgencyLevel.High => "high",
            UrgencyLevel.Medium => "medium",
            UrgencyLevel.Low => "low",
            _ => "",
        };
}
