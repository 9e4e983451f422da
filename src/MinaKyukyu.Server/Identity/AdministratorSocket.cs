using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Identity;

/// <summary>
/// The way in for whoever administers the machine: a socket in the data directory, which only the directory's owner can reach.
/// Who holds the data holds the system, so nothing more is asked; he acts as the ordinance's system administrator, the 消防長.
/// </summary>
internal static class AdministratorSocket
{
    public const string FileName = "admin.sock";

    /// <summary>sockaddr_un on Linux has 108 bytes, on macOS 104; the last is a zero.</summary>
    private const int LongestPath = 103;

    public static string PathIn(string data) => Path.Combine(Path.GetFullPath(data), FileName);

    /// <summary>False when the data directory's path is too long for a socket.</summary>
    public static bool CanListen(string data) =>
        System.Text.Encoding.UTF8.GetByteCount(PathIn(data)) <= LongestPath;

    public static void Listen(KestrelServerOptions kestrel, string data)
    {
        if (!CanListen(data))
        {
            return;
        }

        // One that a killed process left behind. Only this process holds the data directory; the journal's lock says so.
        File.Delete(PathIn(data));
        kestrel.ListenUnixSocket(
            PathIn(data),
            listener =>
            {
                listener.Protocols = HttpProtocols.Http2;
                listener.Use(next =>
                    connection =>
                    {
                        connection.Features.Set(new Mark());
                        return next(connection);
                    }
                );
            }
        );
    }

    /// <summary>On a connection that came through the socket.</summary>
    private sealed class Mark;

    internal sealed class Identity(DepartmentPlan plan) : IIdentitySource
    {
        /// <summary>Under which the audit names whoever has the machine's own account.</summary>
        public static readonly DeviceId Device = new("administrator");

        public ValueTask<Caller?> IdentifyAsync(ServerCallContext call) =>
            new(
                call.GetHttpContext().Features.Get<Mark>() is null
                    ? null
                    : new Caller(
                        plan.Id,
                        Device,
                        StandInKey.Of(Device),
                        CallerRole.FireChief,
                        null,
                        null
                    )
            );
    }
}
