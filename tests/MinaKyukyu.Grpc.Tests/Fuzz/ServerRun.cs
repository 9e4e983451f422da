using System.Globalization;
using Grpc.Core;
using MinaKyukyu.GrpcTests.Fuzz.Oracles;
using MinaKyukyu.GrpcTests.Fuzz.Requests;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>Sends one request after another to a server and asks the oracles after each.</summary>
internal sealed class ServerRun(FuzzedServer server, int seed, TimeSpan? patience = null)
    : IDisposable
{
    /// <summary>No exchange needs a second; a machine that is busy with other things gets half a minute.</summary>
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(30);

    /// <summary>Every so often the server is asked on a connection that has seen nothing.</summary>
    private const int NewConnectionEach = 50;

    /// <summary>Until then code is compiled and pools are filled.</summary>
    private const int Warm = 300;

    private static readonly byte[] Question = "still there?"u8.ToArray();

    private Http2Client? _client;

    /// <summary><see langword="null"/> where others run beside.</summary>
    public MemoryOracle? Memory { get; init; }

    public int First { get; init; }

    /// <summary>The request of an exchange.</summary>
    public Func<int, RequestDraft> Make { get; init; } =
        exchange => RequestGenerator.Make(seed, exchange);

    public SortedDictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    /// <exception cref="FuzzFinding">Something was found; its message says how to see it again.</exception>
    public async Task GoAsync(int exchanges)
    {
        for (var i = First; i < First + exchanges; i++)
        {
            var draft = Make(i);
            try
            {
                await OneAsync(draft, i);
            }
            catch (FuzzFinding finding)
            {
                throw Located(finding, i, draft);
            }

            if (i - First == Warm)
            {
                Memory?.IsWarm();
            }
        }

        if (Memory is not null)
        {
            await Memory.EndRunAsync();
        }
    }

    public void Dispose() => _client?.Dispose();

    private async Task OneAsync(RequestDraft draft, int index)
    {
        Memory?.Begin();
        var answer = await WithinPatienceAsync(draft);
        Memory?.End();
        Count(draft, answer);
        AnswerOracle.Judge(draft, answer);
        await AskAsync(index);
        server.Log.ThrowIfAny();
    }

    /// <summary>A call in order must be served as before: on the same connection while it lives, now and then on a new one.</summary>
    private async Task AskAsync(int index)
    {
        if (index % NewConnectionEach == 0)
        {
            _client?.Dispose();
            _client = null;
        }

        var kind = index % 2 == 0 ? CallKind.Unary : CallKind.Talk;
        var isWeb = index % NewConnectionEach == 1;
        var draft = RequestGenerator.Plain(kind, Question, isHttp1: isWeb);
        var answer = await WithinPatienceAsync(draft);
        if (
            answer.End == AnswerEnd.GoAway
            || (answer.End == AnswerEnd.Closed && answer.Headers.Count == 0)
        )
        {
            // The connection was already given up when the question was sent; the news crossed it.
            _client?.Dispose();
            _client = null;
            answer = await WithinPatienceAsync(draft);
        }

        AnswerOracle.Judge(draft, answer);
        if (answer.Status != StatusCode.OK || !answer.Messages.Single().SequenceEqual(Question))
        {
            throw new FuzzFinding(FindingKind.Deaf, answer.ToString());
        }
    }

    private async Task<Answer> WithinPatienceAsync(RequestDraft draft)
    {
        using var patienceEnds = new CancellationTokenSource(patience ?? UsualPatience);
        try
        {
            if (draft.IsHttp1)
            {
                return await Http1Client.ExchangeAsync(server.Http1Port, draft, patienceEnds.Token);
            }

            if (_client is not { IsOpen: true })
            {
                _client?.Dispose();
                _client = await Http2Client.ConnectAsync(server.Http2Port, patienceEnds.Token);
            }

            return await _client.ExchangeAsync(draft, patienceEnds.Token);
        }
        catch (OperationCanceledException) when (patienceEnds.IsCancellationRequested)
        {
            throw new FuzzFinding(FindingKind.Hang, "the exchange did not end");
        }
    }

    private void Count(RequestDraft draft, Answer answer)
    {
        var outcome = answer.End switch
        {
            AnswerEnd.Whole when answer.Status is { } status => status.ToString(),
            AnswerEnd.Whole => string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP {answer.HttpStatus}"
            ),
            _ => answer.End.ToString(),
        };
        var key = draft.IsHttp1 ? "HTTP/1.1 " + outcome : outcome;
        Outcomes[key] = Outcomes.GetValueOrDefault(key) + 1;
    }

    private FuzzFinding Located(FuzzFinding finding, int index, RequestDraft draft) =>
        new(
            finding.Kind,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{finding.Message}\nexchange {index}: {draft}\n{FuzzSeed.HowToReplay(seed)}"
            ),
            finding
        );
}
