using System.Security.Cryptography;
using System.Text;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Identity;

/// <summary>The key of a caller that brings no certificate: a name in the shape of one, which no certificate can have.</summary>
internal static class StandInKey
{
    public static DeviceKey Of(DeviceId device) =>
        new(
            Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes($"no-certificate/{device.Value}"))
            )
        );
}
