using System.CommandLine;

namespace MinaKyukyu.Cli.Commands;

internal static class CrewCommand
{
    public static Command Build() => new("crew", "crew");
}
