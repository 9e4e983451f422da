using System.Collections.Immutable;
using MinaKyukyu.Authorization.Facts;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Authorization.Oversight;

/// <summary>What an incident says of one unit's run, for comparing a view with it: times only. Null: nobody said so.</summary>
public sealed record RunTrace(
    UnitId Unit,
    DateTimeOffset OrderedAt,
    DateTimeOffset? OnSceneAt,
    DateTimeOffset? LeftSceneAt,
    DateTimeOffset? AtHospitalAt,
    DateTimeOffset? HandoverAt,
    DateTimeOffset? EndedAt
);

/// <summary>One incident as oversight compares views with it.</summary>
public sealed record IncidentTrace(IncidentId Id, ImmutableArray<RunTrace> Runs)
{
    public static IncidentTrace Of(Incident incident) =>
        new(incident.Id, [.. incident.Orders.Select(o => RunOf(incident, o))]);

    private static RunTrace RunOf(Incident incident, Order order)
    {
        DateTimeOffset? At(MilestoneKind kind) =>
            incident.FindMilestone(order.Id, kind)?.OccurredAt;

        return new RunTrace(
            order.Unit,
            order.DispatchedAt,
            At(MilestoneKind.OnScene) ?? At(MilestoneKind.PatientContact),
            At(MilestoneKind.SceneDeparture),
            At(MilestoneKind.HospitalArrival),
            At(MilestoneKind.Handover),
            order.EndedAt
        );
    }
}

/// <summary>A card check that was begun: identity and consent were said, and a challenge went out.</summary>
public sealed record CheckTrace(
    string Challenge,
    IncidentId Incident,
    UnitId Unit,
    CrewId Crew,
    DeviceId Device,
    DateTimeOffset BegunAt
)
{
    /// <summary>Null when the fact is another one.</summary>
    public static CheckTrace? Of(Fact fact)
    {
        if (fact.Kind != CardCheckBegun.Kind)
        {
            return null;
        }

        CardCheckBegun body = OversightFacts.Read(fact, FactsJson.Default.CardCheckBegun);
        return new CheckTrace(
            body.ChallengeId,
            new IncidentId(body.IncidentId),
            new UnitId(body.UnitId),
            new CrewId(body.CrewId),
            new DeviceId(body.DeviceId),
            body.IssuedAt
        );
    }
}

/// <summary>The latest card checks that were begun, bounded; beside the journal. Safe to read from any thread.</summary>
public sealed class CardChecksProjection : IProjection
{
    /// <summary>20,000: more than a large department begins in a month; older ones are out of every window.</summary>
    private const int Most = 20_000;

    private readonly Lock _gate = new();
    private readonly Queue<CheckTrace> _checks = new();

    public ImmutableArray<CheckTrace> Latest()
    {
        lock (_gate)
        {
            return [.. _checks];
        }
    }

    public void Apply(ReadOnlySpan<JournaledFact> facts)
    {
        lock (_gate)
        {
            foreach (JournaledFact fact in facts)
            {
                if (CheckTrace.Of(fact.Fact) is { } check)
                {
                    _checks.Enqueue(check);
                    if (_checks.Count > Most)
                    {
                        _checks.Dequeue();
                    }
                }
            }
        }
    }
}
