using System.CommandLine;
using MinaKyukyu.FaultWorld;
using MinaKyukyu.FaultWorld.Proofs;
using MinaKyukyu.FaultWorld.Serving;

RootCommand prove = new(
    "Mina-Kyukyu: long proofs, each with a seed. Exit 0 proved, 1 not proved, 2 wrong words"
)
{
    ProofCommand.Build(
        "kill",
        "nothing acknowledged is lost or done twice when the server is killed (SIGKILL)",
        KillProof.RunAsync
    ),
    ProofCommand.Build(
        "replay",
        "the state that is replayed from the journal is the state that was",
        ReplayProof.RunAsync
    ),
    ProofCommand.Build(
        "card-replay",
        "what a card signed opens a record once, however often it is handed in",
        CardReplayProof.RunAsync
    ),
    ProofCommand.Build(
        "roads",
        "every travel time on five cities is that of plain Dijkstra, in every metric and after every closure",
        RoadsProof.RunAsync
    ),
    ServeCommand.Build(),
};

ParseResult words = prove.Parse(args);
if (words.Errors.Count > 0)
{
    foreach (var error in words.Errors)
    {
        await Console.Error.WriteLineAsync($"prove: {error.Message}");
    }

    await Console.Error.WriteLineAsync(
        "usage: ./prove NAME [--size ci|full] [--seed N] [--json]    NAME: kill, replay, card-replay, roads"
    );
    return ExitCode.WrongWords;
}

return await words.InvokeAsync();
