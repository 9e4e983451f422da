using System.Collections.Immutable;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Fleet.Devices;

/// <summary>Every key that was ever enrolled, trusted or revoked: derived from the journal, immutable.</summary>
public sealed record DeviceRegister(ImmutableDictionary<DeviceKey, EnrolledDevice> Keys)
{
    public static DeviceRegister Empty { get; } =
        new(ImmutableDictionary<DeviceKey, EnrolledDevice>.Empty);

    public EnrolledDevice? Find(DeviceKey key) => Keys.GetValueOrDefault(key);

    /// <summary>The device's key that is not revoked; a device has at most one.</summary>
    public EnrolledDevice? FindLive(DeviceId device) =>
        Keys.Values.FirstOrDefault(d => d.Device == device && d.RevokedAt is null);

    /// <summary>Whether this key was once enrolled and is no longer trusted. A key that was never enrolled is not revoked, only unknown.</summary>
    public bool IsRevoked(DeviceKey key) => Find(key) is { RevokedAt: not null };

    internal DeviceRegister Apply(Fact fact) =>
        fact.Kind switch
        {
            DeviceFacts.Enrolled => Enroll(DeviceFacts.ReadEnrolled(fact)),
            DeviceFacts.Revoked => Revoke(DeviceFacts.ReadRevoked(fact)),
            _ => this,
        };

    private DeviceRegister Enroll(DeviceEnrolledV1 body)
    {
        EnrolledDevice device = new(
            new DeviceId(body.Device),
            new UnitId(body.Unit),
            new DeviceKey(body.Key),
            body.At,
            body.NotAfter,
            RevokedAt: null
        );
        return new DeviceRegister(Keys.SetItem(device.Key, device));
    }

    private DeviceRegister Revoke(DeviceRevokedV1 body)
    {
        DeviceKey key = new(body.Key);
        return Find(key) is { } device
            ? new DeviceRegister(Keys.SetItem(key, device with { RevokedAt = body.At }))
            : this;
    }
}
