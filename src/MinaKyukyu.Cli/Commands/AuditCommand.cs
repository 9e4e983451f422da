using System.CommandLine;

namespace MinaKyukyu.Cli.Commands;

internal static class AuditCommand
{
    public static Command Build() => new("audit", "監査記録 / audit");
}
