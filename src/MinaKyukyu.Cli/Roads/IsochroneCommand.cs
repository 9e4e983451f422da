using System.CommandLine;

namespace MinaKyukyu.Cli.Roads;

internal static class IsochroneCommand
{
    public static Command Build() => new("isochrone", "到達圏 / reachable area");
}
