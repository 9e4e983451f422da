using System.CommandLine;

namespace MinaKyukyu.Cli.Commands;

internal static class DemoCommand
{
    public static Command Build() => new("demo", "demo");
}
