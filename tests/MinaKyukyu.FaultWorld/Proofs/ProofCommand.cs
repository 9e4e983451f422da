using System.CommandLine;

namespace MinaKyukyu.FaultWorld.Proofs;

/// <summary>How a proof is asked for.</summary>
internal sealed record ProofWish(bool IsFull, int Seed, Action<string> Tell);

/// <summary>A proof as a command: account on standard error, one line of JSON on standard output if it is asked for.</summary>
internal static class ProofCommand
{
    /// <summary>Longer than any machine should need: four times the aim of 40 s, for one that is shared.</summary>
    private static readonly TimeSpan CiLimit = TimeSpan.FromMinutes(4);

    /// <summary>1,000 kills with some 2 s each, doubled.</summary>
    private static readonly TimeSpan FullLimit = TimeSpan.FromHours(2);

    private static readonly Option<string> Size = new("--size")
    {
        DefaultValueFactory = _ => "ci",
        Description = "ci: seconds; full: as long as it takes",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        DefaultValueFactory = _ => 1,
        Description = "the same seed draws the same faults and the same runs",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "one line of JSON at the end",
    };

    static ProofCommand() => Size.AcceptOnlyFromAmong("ci", "full");

    public static Command Build(
        string name,
        string what,
        Func<ProofWish, CancellationToken, Task<ProofResult>> proof
    )
    {
        Command command = new(name, what) { Size, Seed, Json };
        command.SetAction((words, stop) => RunAsync(name, words, proof, stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string name,
        ParseResult words,
        Func<ProofWish, CancellationToken, Task<ProofResult>> proof,
        CancellationToken stop
    )
    {
        string size = words.GetValue(Size)!;
        int seed = words.GetValue(Seed);
        TimeProvider time = TimeProvider.System;
        long begun = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bool isFull = size == "full";
        limit.CancelAfter(isFull ? FullLimit : CiLimit);
        Console.Error.WriteLine($"prove {name}: size {size}, seed {seed}");
        ProofResult result;
        try
        {
            result = await proof(
                new ProofWish(isFull, seed, line => Console.Error.WriteLine($"  {line}")),
                limit.Token
            );
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            result = new ProofResult
            {
                Failures = ["the proof was stopped, or took longer than it may"],
            };
        }
        catch (Exception e)
        {
            // The outermost loop: a proof that could not be carried through is a proof that failed.
            result = new ProofResult
            {
                Failures = [$"the proof itself broke off: {e.GetType().Name}: {e.Message}"],
            };
        }

        double seconds = Math.Round(time.GetElapsedTime(begun).TotalSeconds, 1);
        foreach (string failure in result.Failures.Take(20))
        {
            Console.Error.WriteLine($"  FAILED: {failure}");
        }

        Console.Error.WriteLine(
            $"prove {name}: {(result.Passed ? "proved" : "NOT PROVED")} in {seconds} s (./prove {name} --size {size} --seed {seed})"
        );
        if (words.GetValue(Json))
        {
            Console.Out.WriteLine(result.ToJson(name, size, seed, seconds));
        }

        return result.Passed ? ExitCode.Proved : ExitCode.NotProved;
    }
}
