using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server;

namespace MinaKyukyu.Cli.Demo;

/// <summary>Stand-in, service, Redis and twelve crews, each an operating-system process of its own.</summary>
internal sealed class DemoProcesses(string directory, Action<string> hearCrew) : IAsyncDisposable
{
    private const string RedisProgram = "/usr/bin/redis-server";
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly List<ChildProcess> _all = [];
    private readonly List<ChildProcess> _crews = [];

    public string Data { get; } = Path.Combine(directory, "data");

    public Uri StandInAddress { get; private set; } = new("http://127.0.0.1/");

    public Uri GrpcAddress { get; private set; } = new("http://127.0.0.1/");

    public Uri WebAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Null where Debian's redis-server is not installed.</summary>
    public ChildProcess? Redis { get; private set; }

    public ChildProcess? Service { get; private set; }

    public ChildProcess? StandIn { get; private set; }

    public IReadOnlyList<ChildProcess> Crews => _crews;

    public IReadOnlyList<ChildProcess> All => _all;

    /// <summary>One-time links into the pages, as the service printed them.</summary>
    public IEnumerable<string> SignInLinks =>
        Service?.Complaints.Where(line => line.Contains("/signin?", StringComparison.Ordinal))
        ?? [];

    private static string Dotnet => Environment.ProcessPath ?? "dotnet";

    public async Task StartStandInAsync()
    {
        var ready = new ReadyLine();
        StandIn = Start(
            "stand-in",
            Dotnet,
            [Checkout.StandInProgram, "--listen", "http://127.0.0.1:0", "--record-delay-ms", "150"],
            ready.Hear
        );
        string line = await ready.WaitAsync(StandIn, ReadyWithin);
        StandInAddress = new Uri(line["ready ".Length..]);
    }

    public async Task StartRedisAsync()
    {
        if (!File.Exists(RedisProgram))
        {
            return;
        }

        int port = FreePort();
        string at = Path.Combine(directory, "redis");
        Directory.CreateDirectory(at);
        Redis = Start(
            "redis",
            RedisProgram,
            [
                "--port",
                port.ToString(CultureInfo.InvariantCulture),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                at,
            ],
            _ => { }
        );
        await WaitForPortAsync(port);
        RedisAddress = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
    }

    public string? RedisAddress { get; private set; }

    /// <summary>The service learns from files whom it trusts, as it would in a fire department.</summary>
    public async Task StartServiceAsync()
    {
        using var http = new HttpClient
        {
            BaseAddress = StandInAddress,
            Timeout = TimeSpan.FromSeconds(10),
        };
        string anchor = await SaveAsync(http, "ca/authentication.pem", "card-authority.pem");
        string verifier = await SaveAsync(http, "verifier/key.pem", "special-verifier.pem");
        var ready = new ReadyLine();
        List<string> words =
        [
            Checkout.CliProgram,
            "serve",
            "--data",
            Data,
            "--grpc",
            "http://127.0.0.1:0",
            "--web",
            "http://127.0.0.1:0",
            "--demo-identities",
            "--card-anchor",
            anchor,
            "--verifier-key",
            verifier,
            "--level-b",
            "SIMULATED-0001,2026-01-01,demo",
            "--records",
            new Uri(StandInAddress, "fhir/").ToString(),
            "--ocsp",
            new Uri(StandInAddress, "ocsp").ToString(),
            "--crl",
            new Uri(StandInAddress, "ca/authentication.crl").ToString(),
        ];
        if (RedisAddress is { } redis)
        {
            words.AddRange(["--redis", redis]);
        }

        Service = Start("server", Dotnet, words, ready.Hear);
        string line = await ready.WaitAsync(Service, ReadyWithin);
        string[] parts = line.Split(' ');
        GrpcAddress = new Uri(parts[1]["grpc=".Length..]);
        WebAddress = new Uri(parts[2]["web=".Length..]);
    }

    private async Task<string> SaveAsync(HttpClient http, string path, string name)
    {
        string file = Path.Combine(directory, name);
        await File.WriteAllTextAsync(
            file,
            await http.GetStringAsync(new Uri(path, UriKind.Relative))
        );
        return file;
    }

    public void StartCrews(DepartmentPlan plan, double timeScale)
    {
        foreach (UnitPlan unit in plan.Units)
        {
            Station station = plan.GetStation(unit.Station);
            _crews.Add(
                Start(
                    $"crew {unit.Id}",
                    Dotnet,
                    [
                        Checkout.CliProgram,
                        "crew",
                        "--server",
                        GrpcAddress.ToString(),
                        "--stand-in",
                        StandInAddress.ToString(),
                        "--dir",
                        Path.Combine(directory, unit.Device.Value),
                        "--unit",
                        unit.Id.Value,
                        "--crew",
                        unit.Crew.Value,
                        "--device",
                        unit.Device.Value,
                        "--at",
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{station.Point.Latitude},{station.Point.Longitude}"
                        ),
                        "--time-scale",
                        timeScale.ToString(CultureInfo.InvariantCulture),
                    ],
                    hearCrew
                )
            );
        }
    }

    private ChildProcess Start(
        string name,
        string program,
        IEnumerable<string> words,
        Action<string> hear
    )
    {
        var child = ChildProcess.Start(name, program, words, hear);
        _all.Add(child);
        return child;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task WaitForPortAsync(int port)
    {
        using var limit = new CancellationTokenSource(ReadyWithin);
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, limit.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Crews first, so that nobody speaks to a server that has gone.
        foreach (ChildProcess child in Enumerable.Reverse(_all))
        {
            await child.DisposeAsync();
        }
    }
}

/// <summary>Waits for the one line by which a process says that it can be used.</summary>
internal sealed class ReadyLine
{
    private readonly TaskCompletionSource<string> _said = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public void Hear(string line)
    {
        if (line.StartsWith("ready ", StringComparison.Ordinal))
        {
            _said.TrySetResult(line);
        }
    }

    /// <exception cref="DemoException">It ended, or said nothing in time.</exception>
    public async Task<string> WaitAsync(ChildProcess process, TimeSpan within)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = new CancellationTokenSource(within);
        while (!_said.Task.IsCompleted)
        {
            if (process.ExitCode is { } code)
            {
                throw new DemoException(
                    $"{process.Name} ended with {code}: {string.Join(' ', process.Complaints)}"
                );
            }

            try
            {
                await poll.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new DemoException(
                    $"{process.Name} was not ready within {within.TotalSeconds:0} s"
                );
            }
        }

        return await _said.Task;
    }
}

/// <summary>The demo cannot go on; the message says why.</summary>
internal sealed class DemoException(string message) : Exception(message);
