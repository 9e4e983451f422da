using System.CommandLine;
using MinaKyukyu.Cli;
using MinaKyukyu.Cli.Commands;

RootCommand mina = new("Mina-Kyukyu: 救急指令の支援 / emergency-medical dispatch")
{
    ServeCommand.Build(),
    DemoCommand.Build(),
    AuditCommand.Build(),
    CrewCommand.Build(),
};

ParseResult words = mina.Parse(args);
if (words.Errors.Count > 0)
{
    foreach (var error in words.Errors)
    {
        await Console.Error.WriteLineAsync($"mina: {error.Message}");
    }

    await Console.Error.WriteLineAsync("mina: see `mina --help`");
    return ExitCode.WrongWords;
}

return await words.InvokeAsync();
