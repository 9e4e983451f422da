using System.CommandLine;
using Grpc.Core;
using MinaKyukyu.LoadTests.Generating;
using MinaKyukyu.LoadTests.Measuring;
using MinaKyukyu.LoadTests.Profiles;
using MinaKyukyu.LoadTests.Reporting;
using MinaKyukyu.LoadTests.Serving;
using MinaKyukyu.LoadTests.Wire;

namespace MinaKyukyu.LoadTests;

/// <summary>The command line: both profiles side by side, against a server of its own or a running one.</summary>
internal static class LoadCommand
{
    private static readonly Option<double> Rate = new("--rate")
    {
        DefaultValueFactory = _ => 100,
        Description = "calls per second of each profile",
    };

    private static readonly Option<double> Seconds = new("--seconds")
    {
        DefaultValueFactory = _ => 10,
        Description = "how long is measured",
    };

    private static readonly Option<double> WarmUp = new("--warm-up")
    {
        DefaultValueFactory = _ => 20,
        Description = "seconds of the same load before, not measured",
    };

    private static readonly Option<int?> Units = new("--units")
    {
        Description =
            "invented units on the sample city's streets; without it, the sample city's own",
    };

    private static readonly Option<string> Arrivals = new("--arrivals")
    {
        DefaultValueFactory = _ => "uniform",
        Description = "uniform (the profiles take turns) or poisson (independent callers, by seed)",
    };

    private static readonly Option<int> Seed = new("--seed") { DefaultValueFactory = _ => 1 };

    private static readonly Option<string?> Grpc = new("--grpc")
    {
        Description =
            "address of a running service with --demo-identities; without it, one is started",
    };

    private static readonly Option<string> City = new("--city")
    {
        DefaultValueFactory = _ => Checkout.SampleCity,
        Description = "directory of the city that the service runs",
    };

    private static readonly Option<int> Workers = new("--workers")
    {
        DefaultValueFactory = _ => 8,
        Description = "crews that check cards at once",
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        DefaultValueFactory = _ => 7,
        Description = "how often the endpoints take turns",
    };

    private static readonly Option<double> WireRate = new("--rate")
    {
        DefaultValueFactory = _ => 500,
        Description = "calls per second to each endpoint, by schedule",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "one JSON line on standard output",
    };

    public static RootCommand Build()
    {
        Arrivals.AcceptOnlyFromAmong("uniform", "poisson");
        RootCommand load = new("Open-loop load: floor and recommend side by side")
        {
            Rate,
            Seconds,
            WarmUp,
            Units,
            Arrivals,
            Seed,
            Grpc,
            City,
            Json,
        };
        load.SetAction(RunAsync);
        load.Add(Access());
        load.Add(WireCommand());
        Command server = new(WireProcess.ServerWord) { Hidden = true };
        server.SetAction((_, stop) => WireServer.RunAsync(stop));
        load.Add(server);
        return load;
    }

    /// <summary><c>access</c>: level C with cached status, closed loop, beside the floor.</summary>
    private static Command Access()
    {
        Command access = new("access", "RequestAccess at level C with cached revocation status")
        {
            Seconds,
            Workers,
            Json,
        };
        access.SetAction(
            (words, stop) =>
                GuardedAsync(async scratch =>
                {
                    Console.WriteLine(
                        await AccessRun.MeasureAsync(
                            scratch,
                            TimeSpan.FromSeconds(words.GetValue(Seconds)),
                            words.GetValue(Workers),
                            words.GetValue(Json),
                            stop
                        )
                    );
                    return 0;
                })
        );
        return access;
    }

    /// <summary><c>wire</c>: what the gRPC layer costs, beside a bare endpoint that moves the same bytes.</summary>
    private static Command WireCommand()
    {
        Command wire = new("wire", "the gRPC layer beside a bare Kestrel endpoint; needs h2load")
        {
            Rounds,
            WireRate,
            Seconds,
            Json,
        };
        wire.SetAction(
            (words, stop) =>
                GuardedAsync(async scratch =>
                {
                    WireReport report = await WireRun.MeasureAsync(
                        scratch,
                        new WireSize(
                            words.GetValue(Rounds),
                            CallsARound: 200_000,
                            MessagesARound: 500_000,
                            words.GetValue(WireRate),
                            TimeSpan.FromSeconds(words.GetValue(Seconds))
                        ),
                        stop
                    );
                    Console.WriteLine(words.GetValue(Json) ? report.ToJson() : report.ToText());
                    return 0;
                })
        );
        return wire;
    }

    private static Task<int> RunAsync(ParseResult words, CancellationToken stop) =>
        GuardedAsync(async scratch =>
        {
            LoadReport report = await MeasureAsync(words, scratch, stop);
            Console.WriteLine(words.GetValue(Json) ? report.ToJson() : report.ToText());
            // A void run has answered nothing.
            return report.VoidReasons.Count == 0 ? 0 : 1;
        });

    private static async Task<int> GuardedAsync(Func<string, Task<int>> measure)
    {
        string scratch = Directory.CreateTempSubdirectory("mina-load").FullName;
        try
        {
            return await measure(scratch);
        }
        catch (Exception refused)
            when (refused
                    is ServerProcessException
                        or RpcException
                        or IOException
                        or TimeoutException
                        or HttpRequestException
            )
        {
            await Console.Error.WriteLineAsync($"load: {refused.Message}");
            return 1;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<LoadReport> MeasureAsync(
        ParseResult words,
        string scratch,
        CancellationToken stop
    )
    {
        int seed = words.GetValue(Seed);
        var city = LoadCity.Prepare(
            words.GetValue(City)!,
            words.GetValue(Units),
            Path.Combine(scratch, "city"),
            seed
        );
        await using ServerProcess? own = words.GetValue(Grpc) is null
            ? await ServerProcess.StartAsync(Path.Combine(scratch, "data"), city.Directory, stop)
            : null;
        Uri server = own?.Grpc ?? new Uri(words.GetValue(Grpc)!);
        using var calls = new CallsToServer(server, TimeProvider.System, seed);
        await calls.SignOnAsync(city.Units, stop);
        IReadOnlyList<string> incidents = await calls.OpenIncidentsAsync(city.Places, stop);
        LoadProfile[] profiles = [calls.Floor(), calls.Recommend(incidents)];
        var loop = new OpenLoop(TimeProvider.System);

        await calls.ReportPositionsAsync(city.Units, stop);
        await loop.RunAsync(PlanOf(words, profiles, words.GetValue(WarmUp)), stop);
        await calls.ReportPositionsAsync(city.Units, stop);
        string level = await calls.LevelOfAsync(incidents[0], stop);
        GC.Collect();
        IReadOnlyList<Tally> tallies = await loop.RunAsync(
            PlanOf(words, profiles, words.GetValue(Seconds)),
            stop
        );
        return new LoadReport(
            new LoadRun(
                city.Units.Count,
                level,
                words.GetValue(Rate),
                TimeSpan.FromSeconds(words.GetValue(Seconds)),
                words.GetValue(Arrivals)!,
                seed
            ),
            [.. profiles.Zip(tallies, (p, t) => (p.Name, t))]
        );
    }

    private static List<(LoadProfile, IEnumerable<TimeSpan>)> PlanOf(
        ParseResult words,
        LoadProfile[] profiles,
        double seconds
    )
    {
        double rate = words.GetValue(Rate);
        var duration = TimeSpan.FromSeconds(seconds);
        bool isPoisson = words.GetValue(Arrivals) == "poisson";
        return
        [
            .. profiles.Select(
                (p, i) =>
                    (
                        p,
                        isPoisson
                            ? ArrivalSchedule.Poisson(rate, duration, words.GetValue(Seed) + i)
                            : ArrivalSchedule.Uniform(rate, duration, (double)i / profiles.Length)
                    )
            ),
        ];
    }
}
