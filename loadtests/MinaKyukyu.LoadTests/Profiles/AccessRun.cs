using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.LoadTests.Measuring;
using MinaKyukyu.LoadTests.Serving;

namespace MinaKyukyu.LoadTests.Profiles;

/// <summary>
/// A card is checked at level C again and again, its revocation known from the first time on: begin, sign, <c>RequestAccess</c>,
/// withdraw. Only <c>RequestAccess</c> is measured, beside the health check by the same worker. First one worker alone, which gives
/// the times, then several, which gives the calls per second.
/// </summary>
internal sealed class AccessRun : IDisposable
{
    private const string Method = "RequestAccess";

    /// <summary>It commits too and checks no card: what the journal costs on this disk.</summary>
    private const string JournalMethod = "BeginCardCheck";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly Metadata Dispatcher =
    [
        new("mina-device-id", "load-console"),
        new("mina-role", "dispatcher"),
    ];

    private readonly GrpcChannel _channel;
    private readonly AuthorizationService.AuthorizationServiceClient _cards;
    private readonly Health.HealthClient _health;
    private readonly TimeProvider _time;
    private readonly string _run;
    private int _ids;

    public AccessRun(Uri server, TimeProvider time)
    {
        _time = time;
        _run = $"access-{time.GetUtcNow().ToUnixTimeMilliseconds()}";
        _channel = GrpcChannel.ForAddress(server);
        _cards = new AuthorizationService.AuthorizationServiceClient(_channel);
        _health = new Health.HealthClient(_channel);
    }

    /// <summary>Starts stand-in and server, measures, and says it in one line of JSON or in words.</summary>
    public static async Task<string> MeasureAsync(
        string scratch,
        TimeSpan duration,
        int workers,
        bool isJson,
        CancellationToken stop
    )
    {
        await using StandInProcess national = await StandInProcess.StartAsync(stop);
        string anchor = await national.SaveAuthorityAsync(scratch, stop);
        LoadCity city = LoadCity.Prepare(
            Checkout.SampleCity,
            workers,
            Path.Combine(scratch, "city"),
            seed: 1
        );
        await using ServerProcess server = await ServerProcess.StartAsync(
            Path.Combine(scratch, "data"),
            city.Directory,
            stop,
            "--card-anchor",
            anchor,
            "--records",
            new Uri(national.Address, "fhir/").ToString(),
            "--ocsp",
            new Uri(national.Address, "ocsp").ToString(),
            "--crl",
            new Uri(national.Address, "ca/authentication.crl").ToString()
        );
        using AccessRun run = new(server.Grpc, TimeProvider.System);
        List<Worker> all = [];
        for (int i = 0; i < workers; i++)
        {
            all.Add(
                await run.PrepareAsync(city.Units[i], await national.CardAsync(i + 1, stop), stop)
            );
        }

        CallDurations none = await MetricsPage.ReadAsync(server.Web, Method, stop);
        TimeSpan firstProcessor = TimeSpan.Zero;
        await all[0]
            .OnceAsync(null, null, stop, () => server.ProcessorTime, t => firstProcessor = t);
        CallDurations first = await MetricsPage.ReadAsync(server.Web, Method, stop);
        Phase alone = await run.PhaseAsync(server, all[..1], duration, stop);
        Phase together = await run.PhaseAsync(server, all, duration, stop);
        TimeSpan? firstTime = first.Since(none).Mean;
        return isJson
            ? new JsonObject
            {
                ["first_server_side"] = firstTime?.TotalSeconds,
                ["first_processor"] = firstProcessor.TotalSeconds,
                ["alone"] = alone.ToJson(1),
                ["together"] = together.ToJson(workers),
            }.ToJsonString()
            : string.Join(
                Environment.NewLine,
                $"first RequestAccess after the start, server side: {Ms(firstTime)} ms ({Ms(firstProcessor)} ms of processor time)",
                alone.ToText("one worker"),
                together.ToText($"{workers} workers")
            );
    }

    private async Task<Phase> PhaseAsync(
        ServerProcess server,
        IReadOnlyList<Worker> workers,
        TimeSpan duration,
        CancellationToken stop
    )
    {
        // Not measured: code that is new to both processes.
        await RunAsync(workers, TimeSpan.FromSeconds(2), new Tally(), new Tally(), stop);
        CallDurations before = await MetricsPage.ReadAsync(server.Web, Method, stop);
        CallDurations begun = await MetricsPage.ReadAsync(server.Web, JournalMethod, stop);
        TimeSpan processor = server.ProcessorTime;
        Tally access = new();
        Tally floor = new();
        await RunAsync(workers, duration, access, floor, stop);
        processor = server.ProcessorTime - processor;
        CallDurations after = await MetricsPage.ReadAsync(server.Web, Method, stop);
        CallDurations begunAfter = await MetricsPage.ReadAsync(server.Web, JournalMethod, stop);
        return new Phase(
            access,
            floor,
            after.Since(before),
            begunAfter.Since(begun),
            processor,
            duration
        );
    }

    private async Task RunAsync(
        IReadOnlyList<Worker> workers,
        TimeSpan duration,
        Tally access,
        Tally floor,
        CancellationToken stop
    ) =>
        await Task.WhenAll(
            workers.Select(async worker =>
            {
                long began = _time.GetTimestamp();
                while (_time.GetElapsedTime(began) < duration)
                {
                    await worker.OnceAsync(access, floor, stop);
                }
            })
        );

    private async Task<Worker> PrepareAsync(CityUnit unit, LoadCard card, CancellationToken stop)
    {
        Metadata crew =
        [
            new("mina-device-id", unit.Device),
            new("mina-crew-id", unit.Crew),
            new("mina-role", "crew"),
        ];
        var crews = new CrewService.CrewServiceClient(_channel);
        await crews.SignOnAsync(
            new SignOnRequest { RequestId = NextId(), UnitId = unit.Unit },
            Options(crew, stop)
        );
        var incidents = new IncidentService.IncidentServiceClient(_channel);
        string incident = (
            await incidents.OpenIncidentAsync(
                new OpenIncidentRequest
                {
                    RequestId = NextId(),
                    Place = new Place
                    {
                        Point = new GeoPoint
                        {
                            Latitude = unit.Latitude,
                            Longitude = unit.Longitude,
                        },
                        PlacePrecision = PlacePrecision.Building,
                    },
                    Urgency = new Urgency { Level = UrgencyLevel.High, Protocol = "load" },
                },
                Options(Dispatcher, stop)
            )
        ).IncidentId;
        var dispatch = new DispatchService.DispatchServiceClient(_channel);
        await dispatch.AssignUnitAsync(
            new AssignUnitRequest
            {
                RequestId = NextId(),
                IncidentId = incident,
                UnitId = unit.Unit,
            },
            Options(Dispatcher, stop)
        );
        return new Worker(this, crew, incident, card);
    }

    private CallOptions Options(Metadata headers, CancellationToken stop) =>
        new(headers, _time.GetUtcNow().UtcDateTime + Deadline, stop);

    private string NextId() => $"{_run}-{Interlocked.Increment(ref _ids)}";

    private static string Ms(TimeSpan? time) =>
        time?.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";

    public void Dispose() => _channel.Dispose();

    /// <summary>One crew with one card at one patient.</summary>
    private sealed class Worker(AccessRun run, Metadata crew, string incident, LoadCard card)
    {
        /// <param name="clock">With <paramref name="took"/>: what is read around <c>RequestAccess</c> alone.</param>
        public async Task OnceAsync(
            Tally? access,
            Tally? floor,
            CancellationToken stop,
            Func<TimeSpan>? clock = null,
            Action<TimeSpan>? took = null
        )
        {
            long asked = run._time.GetTimestamp();
            await run._health.CheckAsync(new HealthCheckRequest(), run.Options([], stop));
            floor?.CountCompleted(run._time.GetElapsedTime(asked), null, null);
            BeginCardCheckResponse begun = await run._cards.BeginCardCheckAsync(
                new BeginCardCheckRequest
                {
                    RequestId = run.NextId(),
                    IncidentId = incident,
                    PatientNumber = 1,
                    IdentityCheck = IdentityCheck.PinEntered,
                    ConsentBasis = ConsentBasis.Spoken,
                },
                run.Options(crew, stop)
            );
            var request = new RequestAccessRequest
            {
                RequestId = run.NextId(),
                IncidentId = incident,
                PatientNumber = 1,
                ChallengeId = begun.ChallengeId,
                PinChallenge = new PinChallengeEvidence
                {
                    Certificate = ByteString.CopyFrom(card.Certificate),
                    Signature = ByteString.CopyFrom(Sign(begun.Challenge.Span)),
                },
            };
            TimeSpan before = clock?.Invoke() ?? TimeSpan.Zero;
            asked = run._time.GetTimestamp();
            await run._cards.RequestAccessAsync(request, run.Options(crew, stop));
            access?.CountCompleted(run._time.GetElapsedTime(asked), null, null);
            took?.Invoke((clock?.Invoke() ?? TimeSpan.Zero) - before);
            // A grant stays open for two hours, and a node has room for 4,096.
            await run._cards.WithdrawConsentAsync(
                new WithdrawConsentRequest
                {
                    RequestId = run.NextId(),
                    IncidentId = incident,
                    PatientNumber = 1,
                },
                run.Options(crew, stop)
            );
        }

        private byte[] Sign(ReadOnlySpan<byte> challenge)
        {
            using RSA key = RSA.Create();
            key.ImportPkcs8PrivateKey(card.PrivateKey, out _);
            return key.SignData(challenge, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    private sealed record Phase(
        Tally Access,
        Tally Floor,
        CallDurations Server,
        CallDurations Begin,
        TimeSpan Processor,
        TimeSpan Duration
    )
    {
        private double CallsPerSecond => Access.Completed / Duration.TotalSeconds;

        /// <summary>Of the server, for one check from begin to withdrawal, the health check included.</summary>
        private TimeSpan? ProcessorPerCheck =>
            Access.Completed > 0 ? Processor / Access.Completed : null;

        public JsonObject ToJson(int workers) =>
            new()
            {
                ["workers"] = workers,
                ["calls"] = Access.Completed,
                ["calls_per_second"] = Math.Round(CallsPerSecond, 1),
                ["server_side_p50"] = Server.Quantile(0.5)?.TotalSeconds,
                ["server_side_p99"] = Server.Quantile(0.99)?.TotalSeconds,
                ["server_side_mean"] = Server.Mean?.TotalSeconds,
                ["begin_server_side_mean"] = Begin.Mean?.TotalSeconds,
                ["begin_server_side_p99"] = Begin.Quantile(0.99)?.TotalSeconds,
                ["processor_per_check"] = ProcessorPerCheck?.TotalSeconds,
                ["p50"] = Access.Latency.Quantile(0.5)?.TotalSeconds,
                ["p99"] = Access.Latency.Quantile(0.99)?.TotalSeconds,
                ["floor_p50"] = Floor.Latency.Quantile(0.5)?.TotalSeconds,
                ["floor_p99"] = Floor.Latency.Quantile(0.99)?.TotalSeconds,
            };

        public string ToText(string name) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {Access.Completed} calls, {CallsPerSecond:0} calls/s; server side p50 {Ms(Server.Quantile(0.5))} p99 {Ms(Server.Quantile(0.99))} mean {Ms(Server.Mean)} ms (BeginCardCheck, which commits and checks nothing, mean {Ms(Begin.Mean)} p99 {Ms(Begin.Quantile(0.99))} ms); end to end p50 {Ms(Access.Latency.Quantile(0.5))} p99 {Ms(Access.Latency.Quantile(0.99))} ms; processor time for one whole check {Ms(ProcessorPerCheck)} ms; floor p50 {Ms(Floor.Latency.Quantile(0.5))} p99 {Ms(Floor.Latency.Quantile(0.99))} ms"
            );
    }
}
