using System.Globalization;
using System.Text.RegularExpressions;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.City;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>The processes of one department for an hour, with canaries wherever a person's data enters.</summary>
internal sealed partial class CanaryTown : IAsyncDisposable
{
    private const string StandInSeed = "1592639710";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();
    private readonly UuidSource _ids = new(TimeProvider.System);
    private readonly List<WitnessedProcess> _crews = [];
    private readonly Dictionary<string, HttpClient> _browsers = new(StringComparer.Ordinal);
    private readonly (string Name, string Value)[] _environment;
    private GrpcChannel _channel = null!;

    /// <param name="environment">Of the service alone.</param>
    public CanaryTown(CanaryFlock flock, params (string Name, string Value)[] environment)
    {
        Flock = flock;
        _environment = environment;
        Plan = SampleCity.Plan(Path.Combine(MinaProcess.Root, "samples", "tachikawa"));
    }

    public CanaryFlock Flock { get; }

    public DepartmentPlan Plan { get; }

    public string Directory => _directory.Path;

    public string Data => _directory.In("data");

    public CardHolders Holders { get; private set; } = null!;

    public WitnessedProcess StandIn { get; private set; } = null!;

    public WitnessedProcess Service { get; private set; } = null!;

    public WitnessedRedis Redis { get; private set; } = null!;

    public PlantedRecords Records { get; private set; } = null!;

    public async Task StartAsync()
    {
        Redis = await WitnessedRedis.StartAsync(Directory);
        StandIn = WitnessedProcess.Start(
            Directory,
            "stand-in",
            "dotnet",
            [
                ProgramOf("MinaKyukyu.StandIn"),
                "--listen",
                "http://127.0.0.1:0",
                "--seed",
                StandInSeed,
            ]
        );
        Uri national = new((await StandIn.SaysAsync("ready "))["ready ".Length..]);
        Records = await PlantedRecords.StartAsync(national, Flock);
        Holders = new CardHolders(national, Flock);
        Service = await ServeAsync(national);
        string[] ready = (await Service.SaysAsync("ready ")).Split(' ');
        Grpc = new Uri(ready[1]["grpc=".Length..]);
        _channel = GrpcChannel.ForAddress(Grpc);
        await SignInAsync(new Uri(ready[2]["web=".Length..]));
        NationalSide = national;
    }

    public Uri Grpc { get; private set; } = null!;

    private Uri NationalSide { get; set; } = null!;

    public string Next() => _ids.Next();

    /// <summary>The real executable with these words, its temporary files and all it says kept.</summary>
    public WitnessedProcess Mina(string name, params string[] words) =>
        WitnessedProcess.Start(Directory, name, "dotnet", [ProgramOf("MinaKyukyu.Cli"), .. words]);

    /// <summary>A simulated crew as a process, six hundred times as fast as real.</summary>
    public void StartCrew(UnitPlan unit)
    {
        Station station = Plan.GetStation(unit.Station);
        _crews.Add(
            Mina(
                $"crew-{unit.Id}",
                "crew",
                "--server",
                Grpc.ToString(),
                "--stand-in",
                NationalSide.ToString(),
                "--dir",
                _directory.In("tablets", unit.Device.Value),
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
                "600"
            )
        );
    }

    public CallInvoker As(string role, string device, string? crew = null)
    {
        var identity = new Metadata { { "mina-role", role }, { "mina-device-id", device } };
        if (crew is not null)
        {
            identity.Add("mina-crew-id", crew);
        }

        return _channel.Intercept(_ => identity);
    }

    public CallInvoker Dispatcher => As("dispatcher", "console-1");

    public CallInvoker Crew(UnitPlan unit) => As("crew", unit.Device.Value, unit.Crew.Value);

    public static CallOptions Soon =>
        new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Deadline);

    /// <summary>What a browser of this page's role gets.</summary>
    public async Task<byte[]> PageAsync(string path)
    {
        string first = path.Split('/', '?')[1];
        using HttpResponseMessage answer = await _browsers[first == "metrics" ? "board" : first]
            .GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Everything ends as an operator would end it.</summary>
    public async Task EndAsync()
    {
        foreach (WitnessedProcess crew in _crews)
        {
            await crew.TerminateAsync();
        }

        Assert.Equal(0, await Service.TerminateAsync());
        Assert.Equal(0, await StandIn.TerminateAsync());
        Assert.Equal(0, await Redis.EndAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (HttpClient browser in _browsers.Values)
        {
            browser.Dispose();
        }

        _channel?.Dispose();
        foreach (
            WitnessedProcess process in new[] { Service, StandIn }
                .Concat(_crews)
                .OfType<WitnessedProcess>()
        )
        {
            await process.DisposeAsync();
        }

        if (Redis is not null)
        {
            await Redis.DisposeAsync();
        }

        if (Records is not null)
        {
            await Records.DisposeAsync();
        }

        Holders?.Dispose();
        _directory.Dispose();
    }

    private async Task<WitnessedProcess> ServeAsync(Uri national)
    {
        string anchor = await SaveAsync(national, "ca/authentication.pem");
        string key = await SaveAsync(national, "verifier/key.pem");
        System.IO.Directory.CreateDirectory(_directory.In("heads"));
        string[] words =
        [
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
            key,
            "--level-b",
            "SIMULATED-0001,2026-01-01,test",
            "--level-a",
            "SIMULATED-0002,2026-01-01,test",
            "--records",
            new Uri(Records.Address, "fhir/").ToString(),
            "--redis",
            Redis.Address,
            "--otlp",
            Records.Address.ToString(),
            "--audit-heads",
            _directory.In("heads"),
        ];
        return WitnessedProcess.Start(
            Directory,
            "serve",
            "dotnet",
            [ProgramOf("MinaKyukyu.Cli"), .. words],
            _environment
        );
    }

    private async Task<string> SaveAsync(Uri national, string path)
    {
        using var http = new HttpClient { BaseAddress = national, Timeout = Deadline };
        string file = _directory.In(path.Replace('/', '-'));
        await File.WriteAllTextAsync(
            file,
            await http.GetStringAsync(new Uri(path, UriKind.Relative))
        );
        return file;
    }

    private async Task SignInAsync(Uri web)
    {
        MatchCollection links = Links().Matches(Service.Errors);
        await Eventually.IsTrue(() =>
        {
            links = Links().Matches(Service.Errors);
            return Task.FromResult(links.Count == 4);
        });
        foreach (Match link in links)
        {
            var browser = new HttpClient { BaseAddress = web, Timeout = Deadline };
            _browsers[link.Groups["page"].Value] = browser;
            using HttpResponseMessage home = await browser.GetAsync(
                new Uri(link.Groups["path"].Value, UriKind.Relative)
            );
            Assert.True(home.IsSuccessStatusCode);
        }
    }

    private static string ProgramOf(string project) =>
        Path.Combine(
            MinaProcess.Root,
            "src",
            project,
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "net10.0",
            $"{project}.dll"
        );

    [GeneratedRegex(
        @"(?<page>board|crew|report|oversight) +http://[0-9.:]+(?<path>/signin\?token=[0-9a-f]+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Links();
}
