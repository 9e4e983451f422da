using System.Collections.Immutable;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Fleet.Duty;

/// <summary>A unit with a crew on it, since when, in which vehicle, heard through which device.</summary>
/// <param name="Members">Who signed on personally (個人認証); empty when only the device did.</param>
public sealed record OnDuty(
    UnitId Unit,
    VehicleId Vehicle,
    CrewId Crew,
    DeviceId Device,
    DateTimeOffset Since,
    ImmutableArray<SignedOnMember> Members
)
{
    /// <summary>Whether somebody on this crew answers for views (閲覧責任者).</summary>
    public bool HasLeader => Members.Any(m => m.Role == MemberRole.Leader);

    /// <summary>The same crew in another vehicle or with another device. A proof was given on one device and does not move.</summary>
    internal OnDuty ChangeTo(VehicleId vehicle, DeviceId device) =>
        this with
        {
            Vehicle = vehicle,
            Device = device,
            Members = device == Device ? Members : [],
        };
}

/// <summary>A member of a shift, with the role that counted when it began.</summary>
public sealed record SignedOnMember(MemberNumber Number, MemberRole Role);

/// <summary>Who is on duty: derived from the journal, immutable, replaced as a whole.</summary>
/// <param name="LeftBehind">Devices whose crew changed to another vehicle (乗換え) without them; nobody is heard through one until it signs on again.</param>
public sealed record FleetState(
    ImmutableDictionary<UnitId, OnDuty> Duties,
    ImmutableHashSet<DeviceId> LeftBehind,
    DeviceRegister Devices,
    MemberRegister Members
)
{
    public static FleetState Empty { get; } =
        new(
            ImmutableDictionary<UnitId, OnDuty>.Empty,
            [],
            DeviceRegister.Empty,
            MemberRegister.Empty
        );

    public OnDuty? Find(UnitId unit) => Duties.GetValueOrDefault(unit);

    /// <summary>The duty that is heard through this device; null when there is none.</summary>
    public OnDuty? FindByDevice(DeviceId device) =>
        Duties.Values.FirstOrDefault(d => d.Device == device);

    public FleetState Apply(JournaledFact journaled) =>
        journaled.Fact.Kind switch
        {
            FleetFacts.SignedOn => SignOn(FleetFacts.ReadSignedOn(journaled.Fact)),
            FleetFacts.SignedOff => this with
            {
                Duties = Duties.Remove(new UnitId(FleetFacts.ReadSignedOff(journaled.Fact).Unit)),
            },
            FleetFacts.VehicleChanged => ChangeVehicle(
                FleetFacts.ReadVehicleChanged(journaled.Fact)
            ),
            DeviceFacts.Enrolled or DeviceFacts.Revoked => this with
            {
                Devices = Devices.Apply(journaled.Fact),
            },
            MemberFacts.Removed => Leave(
                new MemberNumber(MemberFacts.ReadRemoved(journaled.Fact).Member)
            ) with
            {
                Members = Members.Apply(journaled.Fact),
            },
            MemberFacts.Registered or MemberFacts.Locked => this with
            {
                Members = Members.Apply(journaled.Fact),
            },
            _ => this,
        };

    private FleetState SignOn(SignedOnV2 body)
    {
        var duty = new OnDuty(
            new UnitId(body.Unit),
            new VehicleId(body.Vehicle),
            new CrewId(body.Crew),
            new DeviceId(body.Device),
            body.At,
            [.. body.Members.Select(m => new SignedOnMember(new MemberNumber(m.Number), m.Role))]
        );
        return this with
        {
            Duties = Duties.SetItem(duty.Unit, duty),
            LeftBehind = LeftBehind.Remove(duty.Device),
        };
    }

    /// <summary>Whoever is removed from the register answers for no crew any more, also not for the one of this shift.</summary>
    private FleetState Leave(MemberNumber member) =>
        this with
        {
            Duties = Duties.SetItems(
                Duties
                    .Where(d => d.Value.Members.Any(m => m.Number == member))
                    .Select(d =>
                        KeyValuePair.Create(
                            d.Key,
                            d.Value with
                            {
                                Members = d.Value.Members.RemoveAll(m => m.Number == member),
                            }
                        )
                    )
            ),
        };

    private FleetState ChangeVehicle(VehicleChangedV1 body)
    {
        if (Find(new UnitId(body.Unit)) is not { } duty)
        {
            return this;
        }

        var device = new DeviceId(body.Device);
        return this with
        {
            Duties = Duties.SetItem(duty.Unit, duty.ChangeTo(new VehicleId(body.Vehicle), device)),
            LeftBehind = (device == duty.Device ? LeftBehind : LeftBehind.Add(duty.Device)).Remove(
                device
            ),
        };
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
