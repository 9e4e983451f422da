using System.CommandLine;
using System.CommandLine.Parsing;
using MinaKyukyu.Cli;
using MinaKyukyu.Cli.Commands;

RootCommand mina = new("Mina-Kyukyu: 救急指令の支援 / emergency-medical dispatch")
{
    ServeCommand.Build(),
    DemoCommand.Build(),
    AuditCommand.Build(),
    DeviceCommand.Build(),
    MemberCommand.Build(),
    CrewCommand.Build(),
    CardCommand.Build(),
    RoadsCommand.Build(),
    ModelCommand.Build(),
    ImportCommand.Build(),
};

ParseResult words = mina.Parse(args);
if (words.Errors.Count > 0)
{
    foreach (var error in words.Errors)
    {
        await Console.Error.WriteLineAsync($"mina: {error.Message}");
    }

    await mina.Parse([.. PathOf(words.CommandResult), "--help"])
        .InvokeAsync(new InvocationConfiguration { Output = Console.Error });
    return ExitCode.WrongWords;
}

return await words.InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = null },
    EndSignals.Hear()
);

// The words that lead to the command that was meant, without `mina` itself.
static IEnumerable<string> PathOf(CommandResult command) =>
    command.Parent is CommandResult parent ? PathOf(parent).Append(command.Command.Name) : [];
