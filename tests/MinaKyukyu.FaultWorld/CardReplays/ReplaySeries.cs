using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.FaultWorld.CardReplays;

/// <summary>
/// A card signs once and what it signed is handed in again and again, in every way that somebody who recorded it has. Accepted means:
/// a grant was committed by it. The original must be accepted once, a replay never.
/// </summary>
/// <param name="store">Opens the department's data; called once for each start.</param>
internal sealed class ReplaySeries(Func<IJournalStore> store, int seed)
{
    public const string Race = "64-way race";
    public const string ForgetfulBook = "a book that forgot what was spent";

    /// <summary>Sixty-four at once: one is the original.</summary>
    private const int Racers = 64;

    private readonly Random _chance = new(seed);
    private readonly ManualTime _time = new();
    private readonly SortedDictionary<string, int> _ways = new(StringComparer.Ordinal);
    private int _requests;

    /// <summary>Replays by the way in which they came.</summary>
    public IReadOnlyDictionary<string, int> Ways => _ways;

    public int Replays => _ways.Values.Sum();

    public int Originals { get; private set; }

    public int OriginalsAccepted { get; private set; }

    /// <summary>Replays that opened something; each is a broken promise.</summary>
    public List<string> Accepted { get; } = [];

    public async Task RunAsync(int atLeast, CancellationToken stop)
    {
        using var authority = TestCardAuthority.Create(_time.GetUtcNow(), () => ++_requests);
        using SoftwareCard card = authority.Issue(
            new CardSpec(_time.GetUtcNow().AddYears(-1), _time.GetUtcNow().AddYears(4)),
            "1234"
        );
        TrustAnchors anchors = TrustAnchors.Load(
            [authority.Certificate.ExportCertificatePem()],
            []
        );
        for (int round = 0; Replays < atLeast; round++)
        {
            await RoundAsync(round, card, anchors, stop);
        }
    }

    private async Task RoundAsync(
        int round,
        SoftwareCard card,
        TrustAnchors anchors,
        CancellationToken stop
    )
    {
        AttendingCrew crew = CrewOf(round);
        // A start with the same ids and nonces issues the very same challenge again: to it, nothing was ever spent.
        string ids = $"s{seed}-{round}-";
        ReplayNode.Start start = new(store(), anchors, _time, new DrawnNonces(seed, round), ids);
        CardCheck check;
        CardEvidence evidence;
        string request = $"{ids}original";
        bool isRace = round % 2 == 0;
        DateTimeOffset begun = _time.GetUtcNow();
        await using (ReplayNode node = await ReplayNode.OpenAsync(start, stop))
        {
            check = node.Begin(crew);
            evidence = new CardEvidence.PinChallenge(
                card.Certificate,
                card.SignWithPin(card.Pin, check.Challenge.SignedOctets.Span)!
            );
            Originals++;
            if (isRace)
            {
                await RaceAsync(node, crew, check, evidence, request, round, stop);
            }
            else if (await Try(node, request))
            {
                OriginalsAccepted++;
            }

            await ReplayAsync("same node, same request", node, crew, request);
            await ReplayAsync("same node, another request", node, crew, null);
            await ReplayAsync("another device", node, crew with { DeviceId = new("d-x") }, null);
            await ReplayAsync("another device key", node, crew with { DeviceKey = Key("x") }, null);
            await ReplayAsync(
                "another incident",
                node,
                crew with
                {
                    IncidentId = new("i-x"),
                },
                null
            );
            await ReplayAsync("another patient", node, crew with { PatientSlot = new(2) }, null);
            foreach (int minutes in new[] { -5, 5 })
            {
                _time.JumpWall(TimeSpan.FromMinutes(minutes));
                await ReplayAsync($"clock {minutes:+0;-0} min", node, crew, null);
                await ReplayAsync($"clock {minutes:+0;-0} min, same request", node, crew, request);
                _time.JumpWall(TimeSpan.FromMinutes(-minutes));
            }

            CardCheck next = node.Begin(crew);
            await ReplayAsync("under the next challenge", node, crew, null, next);
            node.Challenges.Forget(crew.IncidentId, crew.PatientSlot);
            await ReplayAsync("after the book was emptied", node, crew, null);
        }

        await using (
            ReplayNode again = await ReplayNode.OpenAsync(
                start with
                {
                    Store = store(),
                    Nonces = new DrawnNonces(seed, -1 - round),
                    Ids = ids + "again-",
                },
                stop
            )
        )
        {
            await ReplayAsync("after a restart", again, crew, request);
            await ReplayAsync("after a restart, another request", again, crew, null);
            CardCheck theirs = again.Begin(crew);
            await ReplayAsync("another node, under its challenge", again, crew, null, theirs);
        }

        // To the second, so that the challenge is the very same octets.
        Assert(_time.GetUtcNow() == begun);
        await using ReplayNode forgetful = await ReplayNode.OpenAsync(
            start with
            {
                Store = store(),
                Nonces = new DrawnNonces(seed, round),
            },
            stop
        );
        CardCheck same = forgetful.Begin(crew);
        Assert(same.Challenge.SignedOctets.Span.SequenceEqual(check.Challenge.SignedOctets.Span));
        await ReplayAsync(ForgetfulBook, forgetful, crew, null);

        async Task<bool> Try(ReplayNode at, string with) =>
            await at.IsAcceptedAsync(crew, check.Challenge.Id, evidence, with, stop);

        async Task ReplayAsync(
            string way,
            ReplayNode at,
            AttendingCrew who,
            string? with,
            CardCheck? under = null
        ) =>
            Count(
                way,
                round,
                await at.IsAcceptedAsync(
                    who,
                    (under ?? check).Challenge.Id,
                    evidence,
                    with ?? NextRequest(),
                    stop
                )
            );
    }

    /// <summary>The same evidence from 64 senders in one moment, half of them with the same request: at most one may win.</summary>
    private async Task RaceAsync(
        ReplayNode node,
        AttendingCrew crew,
        CardCheck check,
        CardEvidence evidence,
        string request,
        int round,
        CancellationToken stop
    )
    {
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool>[] racers =
        [
            .. Enumerable
                .Range(0, Racers)
                .Select(i => RunOneAsync(_chance.Next(2) == 0 ? request : NextRequest())),
        ];
        go.SetResult();
        int won = (await Task.WhenAll(racers)).Count(w => w);
        OriginalsAccepted += Math.Min(won, 1);
        for (int i = 1; i < Racers; i++)
        {
            Count(Race, round, i < won);
        }

        async Task<bool> RunOneAsync(string with)
        {
            await go.Task;
            return await node.IsAcceptedAsync(crew, check.Challenge.Id, evidence, with, stop);
        }
    }

    private void Count(string way, int round, bool accepted)
    {
        _ways[way] = _ways.GetValueOrDefault(way) + 1;
        if (accepted)
        {
            Accepted.Add(
                string.Create(CultureInfo.InvariantCulture, $"seed {seed}, round {round}: {way}")
            );
        }
    }

    private string NextRequest() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"q{seed}-{Interlocked.Increment(ref _requests)}"
        );

    private static void Assert(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException(
                "The forgetful book did not issue the same challenge."
            );
        }
    }

    private static DeviceKey Key(string device) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(device))));

    private static AttendingCrew CrewOf(int round) =>
        new(
            ReplayNode.Department,
            new IncidentId($"i-{round}"),
            PatientSlot.First,
            new UnitId("kita-2"),
            new CrewId("c-1"),
            new DeviceId("d-1"),
            Key("d-1"),
            IsAssignedAndActive: true,
            IsIncidentOpen: true,
            HandoverAt: null
        );

    /// <summary>Nonces that come again when they are asked for with the same seed and round.</summary>
    private sealed class DrawnNonces(int seed, int round) : INonceSource
    {
        private int _drawn;

        public void Fill(Span<byte> nonce)
        {
            byte[] from = new byte[12];
            BinaryPrimitives.WriteInt32BigEndian(from, seed);
            BinaryPrimitives.WriteInt32BigEndian(from.AsSpan(4), round);
            BinaryPrimitives.WriteInt32BigEndian(from.AsSpan(8), _drawn++);
            SHA256.HashData(from, nonce);
        }
    }
}
