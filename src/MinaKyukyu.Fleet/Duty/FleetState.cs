using System.Collections.Immutable;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Fleet.Duty;

/// <summary>A unit with a crew on it, since when, in which vehicle, heard through which device.</summary>
public sealed record OnDuty(
    UnitId Unit,
    VehicleId Vehicle,
    CrewId Crew,
    DeviceId Device,
    DateTimeOffset Since
);

/// <summary>Who is on duty: derived from the journal, immutable, replaced as a whole.</summary>
public sealed record FleetState(ImmutableDictionary<UnitId, OnDuty> Duties)
{
    public static FleetState Empty { get; } = new(ImmutableDictionary<UnitId, OnDuty>.Empty);

    public OnDuty? Find(UnitId unit) => Duties.GetValueOrDefault(unit);

    public FleetState Apply(JournaledFact journaled) =>
        journaled.Fact.Kind switch
        {
            FleetFacts.SignedOn => this with
            {
                Duties = SignOn(FleetFacts.ReadSignedOn(journaled.Fact)),
            },
            FleetFacts.SignedOff => this with
            {
                Duties = Duties.Remove(new UnitId(FleetFacts.ReadSignedOff(journaled.Fact).Unit)),
            },
            _ => this,
        };

    private ImmutableDictionary<UnitId, OnDuty> SignOn(SignedOnV1 body)
    {
        var duty = new OnDuty(
            new UnitId(body.Unit),
            new VehicleId(body.Vehicle),
            new CrewId(body.Crew),
            new DeviceId(body.Device),
            body.At
        );
        return Duties.SetItem(duty.Unit, duty);
    }
}

/// <summary>Keeps the fleet's state beside the journal; readers take <see cref="Current"/> once per decision.</summary>
public sealed class FleetProjection : IProjection
{
    private volatile FleetState _current = FleetState.Empty;

    public FleetState Current => _current;

    public void Apply(ReadOnlySpan<JournaledFact> facts)
    {
        FleetState next = _current;
        foreach (JournaledFact fact in facts)
        {
            next = next.Apply(fact);
        }

        _current = next;
    }
}
