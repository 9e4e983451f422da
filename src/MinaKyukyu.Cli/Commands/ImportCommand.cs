using System.CommandLine;
using MinaKyukyu.Cli.Import;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina import …</c>: brings a department's own tables in.</summary>
internal static class ImportCommand
{
    public static Command Build() =>
        new("import", "本部の記録を取り込む / bring a department's own records in")
        {
            ImportRunsCommand.Build(),
        };
}
