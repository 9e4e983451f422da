using Grpc.Core;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Tablet.Link;

/// <summary>
/// Who calls: the device on board and the crew that signed on to it. Without <see cref="LinkKeys"/> it goes with every call as
/// metadata; with them the server knows it by the key and does not read it.
/// </summary>
public sealed record CrewIdentity(DeviceId Device, CrewId Crew)
{
    public const string DeviceKey = "mina-device-id";
    public const string CrewKey = "mina-crew-id";
    public const string RoleKey = "mina-role";

    /// <summary>The role of everybody who calls from a tablet.</summary>
    public const string Role = "crew";

    internal void AddTo(Metadata headers)
    {
        headers.Add(DeviceKey, Device.Value);
        headers.Add(CrewKey, Crew.Value);
        headers.Add(RoleKey, Role);
    }
}
