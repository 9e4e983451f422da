using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Server;

namespace MinaKyukyu.FaultWorld.Serving;

/// <summary>
/// The whole server as the product builds it, in a process that a proof may kill; only the store may be wrapped. It ends by itself
/// when the proof that started it is gone.
/// </summary>
internal static class ServeCommand
{
    public const string Name = "serve";
    public const string ReadyWord = "ready";
    public const string PointWord = "point";
    public const string AcknowledgeBeforeCommit = "acknowledge-before-commit";
    public const string ForgetInReplay = "forget-in-replay";

    private static readonly Option<string> Data = new("--data") { Required = true };

    private static readonly Option<string?> FaultOption = new("--fault");

    private static readonly Option<string?> Planted = new("--planted");

    public static Command Build()
    {
        Planted.AcceptOnlyFromAmong(AcknowledgeBeforeCommit, ForgetInReplay);
        Command serve = new(Name, "the server of a proof; not for use by hand")
        {
            Data,
            FaultOption,
            Planted,
        };
        serve.Hidden = true;
        serve.SetAction(RunAsync);
        return serve;
    }

    private static async Task<int> RunAsync(ParseResult words, CancellationToken stop)
    {
        Fault? fault = words.GetValue(FaultOption) is { } text ? Fault.Parse(text) : null;
        await using WebApplication app = MinaServer.Build(
            new MinaServerOptions
            {
                Data = words.GetValue(Data)!,
                Grpc = new Uri("http://127.0.0.1:0"),
                Web = new Uri("http://127.0.0.1:0"),
                City = Checkout.City,
                Codes = Checkout.Codes,
                DemoIdentities = true,
                // Small pages, so that a short journal has a middle to be killed in.
                Journal = new JournalOptions { ReplayPage = 8 },
                WrapStore = store => Wrap(store, fault, words.GetValue(Planted)),
            }
        );
        EndWithTheProof();
        await app.StartAsync(stop);
        Console.Out.WriteLine($"{ReadyWord} {MinaServer.AddressesOf(app).Grpc}");
        Console.Out.Flush();
        await app.WaitForShutdownAsync(stop);
        return Environment.ExitCode;
    }

    private static IJournalStore Wrap(IJournalStore store, Fault? fault, string? planted)
    {
        IJournalStore bugged = planted switch
        {
            AcknowledgeBeforeCommit => new HastyStore(store, TimeProvider.System),
            ForgetInReplay => new ForgetfulStore(store),
            _ => store,
        };
        return fault is null ? bugged : new DyingStore(bugged, fault);
    }

    /// <summary>Standard input closes when the proof ends, in whatever way.</summary>
    private static void EndWithTheProof()
    {
        // A read of standard input blocks its thread, whatever it is called.
        new Thread(Wait) { IsBackground = true, Name = "end-with-the-proof" }.Start();

        static void Wait()
        {
            using Stream proof = Console.OpenStandardInput();
            while (proof.ReadByte() >= 0)
            {
                // The proof says nothing; it is there or it is not.
            }

            Environment.Exit(1);
        }
    }
}
