using Microsoft.Extensions.Logging;
using MinaKyukyu.GrpcTests.Fuzz.Oracles;
using MinaKyukyu.GrpcTests.Fuzz.Requests;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>An oracle that finds nothing where something is says nothing where nothing is: each must find what was planted for it.</summary>
[Collection(Alone.Name)]
public sealed class PlantedFaultTests
{
    private const int Exchanges = 400;

    [Fact]
    public async Task Sees_personal_data_in_the_text_of_an_exception()
    {
        await using var server = await FuzzedServer.StartAsync(o => o.EnableDetailedErrors = true);
        server.Script.Unary = (_, _) =>
            throw new InvalidOperationException($"No patient {Canaries.CardNumber}.");

        Assert.Equal(FindingKind.Canary, await FindingOfAsync(server));
    }

    [Fact]
    public async Task Sees_a_log_that_knows_too_much()
    {
        await using var server = await FuzzedServer.StartAsync();
        var log = server.Log.CreateLogger("Grpc");
        var unary = server.Script.Unary;
        server.Script.Unary = (request, context) =>
        {
            ChattyLog.Heard(log, Convert.ToBase64String(Canaries.Bytes));
            return unary(request, context);
        };

        Assert.Equal(FindingKind.Canary, await FindingOfAsync(server));
    }

    [Fact]
    public async Task Sees_a_server_that_unpacks_without_a_limit()
    {
        await using var server = await FuzzedServer.StartAsync(o => o.MaxReceiveMessageSize = null);

        Assert.Equal(FindingKind.Memory, await FindingOfAsync(server, FindingKind.WrongOutcome));
    }

    [Fact]
    public async Task Sees_a_service_that_keeps_what_it_is_told()
    {
        await using var server = await FuzzedServer.StartAsync();
        var kept = new List<byte[]>();
        server.Script.Unary = (request, _) =>
        {
            lock (kept)
            {
                kept.Add(new byte[1024 * 1024]);
            }

            return Task.FromResult(request);
        };

        Assert.Equal(FindingKind.Memory, await FindingOfAsync(server));
        Assert.NotEmpty(kept);
    }

    [Fact]
    public async Task Sees_a_service_that_never_answers()
    {
        await using var server = await FuzzedServer.StartAsync();
        server.Script.Collect = (_, _) => new TaskCompletionSource<byte[]>().Task;

        Assert.Equal(
            FindingKind.Hang,
            await FindingOfAsync(server, patience: TimeSpan.FromSeconds(2))
        );
    }

    [Fact]
    public async Task Sees_a_service_that_fails()
    {
        await using var server = await FuzzedServer.StartAsync();
        server.Script.Talk = (_, _, _) => throw new InvalidOperationException("no");

        Assert.Equal(FindingKind.Unforeseen, await FindingOfAsync(server));
    }

    [Fact]
    public async Task Sees_an_echo_that_is_another()
    {
        await using var server = await FuzzedServer.StartAsync();
        server.Script.Unary = (request, _) =>
            Task.FromResult(request.Length > 3 ? request[..^1] : request);

        Assert.Equal(FindingKind.WrongOutcome, await FindingOfAsync(server, FindingKind.Deaf));
    }

    /// <param name="also">What the same fault may show as first, depending on what chance sends first.</param>
    private static async Task<FindingKind?> FindingOfAsync(
        FuzzedServer server,
        FindingKind? also = null,
        TimeSpan? patience = null
    )
    {
        for (var first = 0; first < 100 * Exchanges; first += Exchanges)
        {
            using var run = new ServerRun(server, FuzzSeed.Usual, patience)
            {
                Memory = new MemoryOracle { SecondsToSettle = 1 },
                First = first,
                Make = Make,
            };
            try
            {
                await run.GoAsync(Exchanges);
                return null;
            }
            catch (FuzzFinding finding) when (finding.Kind != also)
            {
                return finding.Kind;
            }
            catch (FuzzFinding)
            {
                // Shown in its other form; what comes next may show the one that is looked for.
            }
        }

        return also;
    }

#if PUBLIC_PACKAGES
    /// <summary>
    /// The packages answer some broken requests with UNKNOWN and log them as errors, and the oracles would find that before what was
    /// planted: a plain request goes in place of all that are neither in order nor a bomb.
    /// </summary>
    private static RequestDraft Make(int exchange)
    {
        var draft = RequestGenerator.Make(FuzzSeed.Usual, exchange);
        var isWhole =
            draft is
            { AreHeadersInOrder: true, End: RequestEnd.Whole, Kind: not CallKind.OpenIncident };
        return
            isWhole
            && (draft.Said is ["a bomb"] || SlowReader.Read(draft).Verdict == BodyVerdict.InOrder)
            ? draft
            : RequestGenerator.Plain(CallKind.Unary, Canaries.Bytes);
    }
#else
    private static RequestDraft Make(int exchange) =>
        RequestGenerator.Make(FuzzSeed.Usual, exchange);
#endif
}

/// <summary>A log as nobody may write it.</summary>
internal static partial class ChattyLog
{
    [LoggerMessage(1, LogLevel.Debug, "Heard {Text}.")]
    public static partial void Heard(ILogger logger, string text);
}
