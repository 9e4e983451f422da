using System.CommandLine;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina card</c>: what concerns a card itself.</summary>
internal static class CardCommand
{
    public static Command Build() =>
        new("card", "カード / cards") { CardShowCommand.Build(), CardSimulateCommand.Build() };
}
