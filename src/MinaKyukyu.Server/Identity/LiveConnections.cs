using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Journal.Reading;

namespace MinaKyukyu.Server.Identity;

/// <summary>
/// Which connections are open under which key. When a key is revoked they are cut with the fact itself, and every stream on them:
/// nothing more is sent to a lost tablet, not even what was on its way.
/// </summary>
internal sealed class LiveConnections(FleetProjection fleet) : IProjection
{
    private readonly ConcurrentDictionary<
        string,
        (DeviceKey Key, ConnectionContext Connection)
    > _open = new(StringComparer.Ordinal);

    private DeviceRegister _seen = DeviceRegister.Empty;

    /// <summary>To be put above TLS.</summary>
    public void Watch(ListenOptions listener) =>
        listener.Use(next =>
            async connection =>
            {
                if (
                    connection.Features.Get<Microsoft.AspNetCore.Http.Features.ITlsConnectionFeature>() is
                    { ClientCertificate: { } certificate }
                )
                {
                    _open[connection.ConnectionId] = (
                        DeviceCertificates.KeyOf(certificate),
                        connection
                    );
                }

                try
                {
                    await next(connection);
                }
                finally
                {
                    _open.TryRemove(connection.ConnectionId, out _);
                }
            }
        );

    public void Apply(ReadOnlySpan<JournaledFact> facts)
    {
        DeviceRegister devices = fleet.Current.Devices;
        // Immutable: the same register means that no device came or went with these facts.
        if (ReferenceEquals(Interlocked.Exchange(ref _seen, devices), devices))
        {
            return;
        }

        foreach ((DeviceKey key, ConnectionContext connection) in _open.Values)
        {
            if (devices.IsRevoked(key))
            {
                connection.Abort(
                    new ConnectionAbortedException("The key of this connection was revoked.")
                );
            }
        }
    }
}
