using System.CommandLine;
using MinaKyukyu.Cli.Audit;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina audit …</c>: who saw what, and whether the chain that says so is whole. All read only, beside a running server or not; <c>notice</c> alone asks the server.</summary>
internal static class AuditCommand
{
    public static Command Build() =>
        new("audit", "監査記録 / audit")
        {
            VerifyCommand.Build(),
            ShowCommand.Build(),
            ExportCommand.Build(),
            DisclosureCommand.Build(),
            LeakScopeCommand.Build(),
            MatchCommand.Build(),
            SuspicionsCommand.Build(),
            NoticeCommand.Build(),
        };
}
