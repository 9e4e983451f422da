using System.CommandLine;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina card</c>: what can be done with a card outside the service.</summary>
internal static class CardCommand
{
    public static Command Build() =>
        new("card", "カード / card")
        {
            CardShowCommand.Build(),
            CardSimulateCommand.Build(),
            CardVerifyCommand.Build(),
        };
}
