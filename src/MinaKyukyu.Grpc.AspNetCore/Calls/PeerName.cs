using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The client's address as gRPC writes it.</summary>
internal static class PeerName
{
    public static string Of(ConnectionInfo connection) =>
        connection.RemoteIpAddress switch
        {
            null => "unix:",
            { AddressFamily: AddressFamily.InterNetwork } address => string.Create(
                CultureInfo.InvariantCulture,
                $"ipv4:{address}:{connection.RemotePort}"
            ),
            { AddressFamily: AddressFamily.InterNetworkV6 } address => string.Create(
                CultureInfo.InvariantCulture,
                $"ipv6:[{address}]:{connection.RemotePort}"
            ),
            { } address => string.Create(
                CultureInfo.InvariantCulture,
                $"unknown:{address}:{connection.RemotePort}"
            ),
        };
}
