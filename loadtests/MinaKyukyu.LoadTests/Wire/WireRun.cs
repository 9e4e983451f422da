using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using MinaKyukyu.LoadTests.Generating;
using MinaKyukyu.LoadTests.Measuring;

namespace MinaKyukyu.LoadTests.Wire;

/// <summary>How large a run is.</summary>
/// <param name="Rounds">The endpoints take turns; each round gives one figure of each.</param>
/// <param name="Rate">Calls per second of each profile in the open loop.</param>
internal sealed record WireSize(
    int Rounds,
    int CallsARound,
    int MessagesARound,
    double Rate,
    TimeSpan Open
);

/// <summary>The gRPC layer beside a bare endpoint that moves the same bytes.</summary>
internal static class WireRun
{
    private const string CheckPath = "/grpc.health.v1.Health/Check";
    private const string WatchPath = "/grpc.health.v1.Health/Watch";

    /// <exception cref="InvalidOperationException">The two endpoints do not answer with the same bytes.</exception>
    public static async Task<WireReport> MeasureAsync(
        string scratch,
        WireSize size,
        CancellationToken stop
    )
    {
        await using WireProcess server = await WireProcess.StartAsync(stop);
        byte[] check = Framed(new HealthCheckRequest());
        byte[] watch = Framed(
            new HealthCheckRequest { Service = size.MessagesARound.ToString("D7", null) }
        );
        await RequireSameBytesAsync(server, CheckPath, BareHealth.CheckPath, check, stop);
        await RequireSameBytesAsync(server, WatchPath, BareHealth.WatchPath, watch, stop);
        string body = Path.Combine(scratch, "check.bin");
        await File.WriteAllBytesAsync(body, check, stop);

        var report = new WireReport(size);
        for (int round = -1; round < size.Rounds; round++)
        {
            // The first round warms both up and is not counted.
            await LoadAsync(server, body, round, report, stop);
            await StreamAsync(server, watch, round, report, stop);
        }

        (report.Grpc.Open, report.Bare.Open) = await OpenAsync(server.Address, size, stop);
        return report;
    }

    private static async Task LoadAsync(
        WireProcess server,
        string body,
        int round,
        WireReport report,
        CancellationToken stop
    )
    {
        foreach ((WireFigures figures, bool isGrpc) in report.InTurn(round))
        {
            var url = new Uri(server.Address, isGrpc ? CheckPath : BareHealth.CheckPath);
            long before = await server.AllocatedAsync(stop);
            TimeSpan worked = server.ProcessorTime;
            double rate = await H2Load.RunAsync(url, body, report.Size.CallsARound, stop);
            worked = server.ProcessorTime - worked;
            long allocated = await server.AllocatedAsync(stop) - before;
            if (round >= 0)
            {
                figures.CallsPerSecond.Add(rate);
                figures.MicrosecondsPerCall.Add(worked.TotalMicroseconds / report.Size.CallsARound);
                figures.BytesPerCall.Add((double)allocated / report.Size.CallsARound);
            }
        }
    }

    private static async Task StreamAsync(
        WireProcess server,
        byte[] watch,
        int round,
        WireReport report,
        CancellationToken stop
    )
    {
        foreach ((WireFigures figures, bool isGrpc) in report.InTurn(round))
        {
            (TimeSpan took, long bytes) = await server.DrainAsync(
                isGrpc ? WatchPath : BareHealth.WatchPath,
                watch,
                stop
            );
            if (bytes != report.Size.MessagesARound * (long)BareHealth.AnswerBytes)
            {
                throw new InvalidOperationException($"Not every message came: {bytes} bytes.");
            }

            if (round >= 0)
            {
                figures.MessagesPerSecond.Add(report.Size.MessagesARound / took.TotalSeconds);
            }
        }
    }

    /// <summary>Both profiles side by side through the same client, by schedule.</summary>
    private static async Task<(Tally Grpc, Tally Bare)> OpenAsync(
        Uri address,
        WireSize size,
        CancellationToken stop
    )
    {
        using var channel = GrpcChannel.ForAddress(address);
        CallInvoker calls = channel.CreateCallInvoker();
        LoadProfile[] profiles =
        [
            Profile("grpc", calls, "grpc.health.v1.Health"),
            Profile("bare", calls, BareHealth.Service),
        ];
        var loop = new OpenLoop(TimeProvider.System);
        await loop.RunAsync(Plan(size.Open / 4), stop);
        GC.Collect();
        IReadOnlyList<Tally> tallies = await loop.RunAsync(Plan(size.Open), stop);
        return (tallies[0], tallies[1]);

        (LoadProfile, IEnumerable<TimeSpan>)[] Plan(TimeSpan duration) =>
            [
                .. profiles.Select(
                    (p, i) => (p, ArrivalSchedule.Uniform(size.Rate, duration, i / 2.0))
                ),
            ];
    }

    private static LoadProfile Profile(string name, CallInvoker calls, string service)
    {
        var method = new Method<HealthCheckRequest, HealthCheckResponse>(
            MethodType.Unary,
            service,
            "Check",
            Marshallers.Create(m => m.ToByteArray(), HealthCheckRequest.Parser.ParseFrom),
            Marshallers.Create(m => m.ToByteArray(), HealthCheckResponse.Parser.ParseFrom)
        );
        return new LoadProfile(
            name,
            async stop =>
            {
                using AsyncUnaryCall<HealthCheckResponse> call = calls.AsyncUnaryCall(
                    method,
                    null,
                    new CallOptions(cancellationToken: stop),
                    new HealthCheckRequest()
                );
                await call.ResponseAsync;
                return null;
            }
        );
    }

    private static async Task RequireSameBytesAsync(
        WireProcess server,
        string grpc,
        string bare,
        byte[] body,
        CancellationToken stop
    )
    {
        byte[] ours = await server.PostAsync(grpc, body, stop);
        byte[] theirs = await server.PostAsync(bare, body, stop);
        if (ours.Length == 0 || !ours.AsSpan().SequenceEqual(theirs))
        {
            throw new InvalidOperationException($"{grpc} and {bare} answer with other bytes.");
        }
    }

    private static byte[] Framed(IMessage message)
    {
        byte[] payload = message.ToByteArray();
        return [0, 0, 0, 0, (byte)payload.Length, .. payload];
    }
}
