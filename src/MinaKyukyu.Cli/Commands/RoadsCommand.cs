using System.CommandLine;
using MinaKyukyu.Cli.Roads;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina roads …</c>: builds road files, asks them, measures them.</summary>
internal static class RoadsCommand
{
    public static Command Build() =>
        new("roads", "道路と走行時間 / roads and travel times")
        {
            BuildRoadsCommand.Build(),
            MatrixCommand.Build(),
            BenchCommand.Build(),
            InfoCommand.Build(),
            IsochroneCommand.Build(),
        };
}
