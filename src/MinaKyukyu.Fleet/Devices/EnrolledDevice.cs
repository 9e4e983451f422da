using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Fleet.Devices;

/// <summary>A tablet that the department knows, by its key.</summary>
/// <param name="Unit">The unit on whose vehicle it usually is.</param>
/// <param name="NotAfter">The last second of its certificate.</param>
/// <param name="RevokedAt">Null while it is trusted. A revoked key is never trusted again.</param>
public sealed record EnrolledDevice(
    DeviceId Device,
    UnitId Unit,
    DeviceKey Key,
    DateTimeOffset EnrolledAt,
    DateTimeOffset NotAfter,
    DateTimeOffset? RevokedAt
)
{
    public bool IsTrusted(DateTimeOffset now) => RevokedAt is null && now <= NotAfter;
}
