using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using MinaKyukyu.GrpcTests.Fuzz.Oracles;
using MinaKyukyu.GrpcTests.Fuzz.Requests;
using MinaKyukyu.GrpcTests.Fuzz.Responses;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>Calls a server that answers wrongly, one call after another, and asks the oracles after each.</summary>
internal sealed class ClientRun : IAsyncDisposable
{
    private const int Warm = 300;
    private const int MostTries = 5;
    private const int Window = 4 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly byte[] Answer = "still here"u8.ToArray();

    private readonly int _seed;
    private readonly LogWitness _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly ScriptedServer _server = new();
    private readonly GrpcChannel _channel;
    private readonly EchoClient _client;

    public ClientRun(int seed)
    {
        _seed = seed;
        _loggers = LoggerFactory.Create(logging =>
            logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log)
        );
        _channel = GrpcChannel.ForAddress(
            _server.Address,
            new GrpcChannelOptions
            {
                MaxReceiveMessageSize = FuzzedServer.Limit,
                LoggerFactory = _loggers,

                // So wide that the server need not count what it sends.
                HttpHandler = new SocketsHttpHandler { InitialHttp2StreamWindowSize = Window },
                DisposeHttpClient = true,
            }
        );
        _client = new EchoClient(_channel);
    }

    public MemoryOracle Memory { get; } = new();

    public SortedDictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    /// <exception cref="FuzzFinding">Something was found; its message says how to see it again.</exception>
    public async Task GoAsync(int exchanges)
    {
        for (var i = 0; i < exchanges; i++)
        {
            var draft = ResponseGenerator.Make(_seed, i);
            try
            {
                Memory.Begin();
                var outcome = await CallAsync(draft);
                Memory.End();
                OutcomeOracle.Judge(draft, outcome);
                Outcomes[outcome.Word] = Outcomes.GetValueOrDefault(outcome.Word) + 1;
                await AskAsync();
                _log.ThrowIfAny();
            }
            catch (FuzzFinding finding)
            {
                throw new FuzzFinding(
                    finding.Kind,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{finding.Message}\nexchange {i}: {draft}\n{FuzzSeed.HowToReplay(_seed)}"
                    ),
                    finding
                );
            }

            if (i == Warm)
            {
                Memory.IsWarm();
            }
        }

        await Memory.EndRunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
        _loggers.Dispose();
    }

    private async Task<CallOutcome> CallAsync(ResponseDraft draft)
    {
        _server.Script = draft;
        try
        {
            return await CallOutcome.OfAsync(_client, draft).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new FuzzFinding(FindingKind.Hang, "the call did not end");
        }
    }

    /// <summary>A call that is answered in order must be served; the connection before may have to be found dead first.</summary>
    private async Task AskAsync()
    {
        var draft = ResponseGenerator.Plain(Answer);
        for (var tries = 1; ; tries++)
        {
            var outcome = await CallAsync(draft);
            if (outcome.Failure is null && outcome.Messages.Single().SequenceEqual(Answer))
            {
                return;
            }

            if (tries == MostTries)
            {
                throw new FuzzFinding(FindingKind.Deaf, outcome.Word, outcome.Failure);
            }
        }
    }
}
