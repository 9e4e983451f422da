using System.Diagnostics;
using System.Security.Cryptography;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Fleet.Plan;
using Xunit.Abstractions;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>
/// What a person's card, record or words hold is in no log, trace, metric, error, page, database,
/// cache or file but where it must be.
/// </summary>
[Collection(ManyProcesses.Name)]
public sealed class NothingLeaksTests(ITestOutputHelper output)
{
    /// <summary>What the handbook asks of every build; the run plants more.</summary>
    private const int FewestCanaries = 200;

    private const string Member = "4711";

    [Fact]
    public async Task Nothing_of_a_patient_is_left_anywhere_but_where_it_must_be()
    {
        int seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        var flock = new CanaryFlock(seed);
        var harvest = new Harvest();
        var watch = Stopwatch.StartNew();
        IReadOnlyList<byte[]> shown = await LiveAsync(flock, harvest);
        TimeSpan lived = watch.Elapsed;

        Assert.True(flock.All.Count >= FewestCanaries, $"{flock.All.Count} canaries");
        var scanner = new CanaryScanner(flock.All);
        // The canaries went through: the crews saw them.
        CanaryKind[] seen =
        [
            .. shown
                .SelectMany(e => scanner.Scan("wire", "summary", e))
                .Select(s => s.Canary.Kind)
                .Distinct(),
        ];
        Assert.All(
            new[]
            {
                CanaryKind.Medicine,
                CanaryKind.Diagnosis,
                CanaryKind.Allergy,
                CanaryKind.Treatment,
            },
            kind => Assert.Contains(kind, seen)
        );

        watch.Restart();
        IReadOnlyList<Sighting> sightings = harvest.Scan(scanner);
        output.WriteLine(
            $"{flock.All.Count} canaries of {flock.All.DistinctBy(c => c.Kind).Count()} kinds, {scanner.Patterns} patterns, "
                + $"{harvest.All.Select(l => l.Place).Distinct().Count()} places, {harvest.All.Count} pieces, {harvest.All.Sum(l => (long)l.Bytes.Length)} bytes; "
                + $"lived {lived.TotalSeconds:0.0} s, searched {watch.Elapsed.TotalSeconds:0.0} s, {sightings.Count} allowed sightings"
        );
        foreach (var place in harvest.All.GroupBy(l => l.Place))
        {
            output.WriteLine(
                $"  {place.Key}: {place.Count()} pieces, {place.Sum(l => (long)l.Bytes.Length)} bytes"
            );
        }

        Sighting[] leaks = [.. sightings.Where(s => !Allowance.All.Any(a => a.Allows(s)))];
        Assert.True(
            leaks.Length == 0,
            "leaks:\n" + string.Join('\n', leaks.Take(200).AsEnumerable())
        );
        Assert.All(
            Allowance.All,
            a => Assert.True(sightings.Any(a.Allows), $"not needed: {a.Place} {a.Kind}")
        );
        SeesAPlantIn(harvest, scanner, flock, new Random(seed));
    }

    [Fact]
    public async Task A_service_that_leaks_is_caught_in_its_log_and_its_traces()
    {
        int seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        var flock = new CanaryFlock(seed);
        string medicine = flock.Text(CanaryKind.Medicine);
        var harvest = new Harvest();
        await using (var town = new CanaryTown(flock, StartupHook.Leaking(medicine)))
        {
            await town.StartAsync();
            await town.PageAsync("/board");
            await town.EndAsync();
            harvest.AddFiles("stdout and stderr", Path.Combine(town.Directory, "said"));
            harvest.AddExports(town.Records);
        }

        IReadOnlyList<Sighting> leaks = harvest.Scan(new CanaryScanner(flock.All));
        Assert.Contains(leaks, l => l is { Place: "stdout and stderr", Name: "serve.stderr" });
        Assert.Contains(leaks, l => l.Place == "OTLP traces");
    }

    /// <summary>A scan of a place that it cannot see into would always be green; one planted canary for each place.</summary>
    private void SeesAPlantIn(
        Harvest harvest,
        CanaryScanner scanner,
        CanaryFlock flock,
        Random random
    )
    {
        CanaryEncoding[] encodings = Enum.GetValues<CanaryEncoding>();
        Canary[] texts = [.. flock.All.Where(c => c.Kind == CanaryKind.Medicine)];
        foreach (var place in harvest.All.GroupBy(l => l.Place))
        {
            Leaving[] pieces = [.. place];
            Leaving piece = pieces[random.Next(pieces.Length)];
            Canary canary = texts[random.Next(texts.Length)];
            CanaryEncoding encoding = encodings[random.Next(encodings.Length)];
            int at = random.Next(piece.Bytes.Length + 1);
            byte[] copy =
            [
                .. piece.Bytes[..at],
                .. Hiding.Write(canary, encoding, random),
                .. piece.Bytes[at..],
            ];
            Assert.True(
                scanner
                    .Scan(piece.Place, piece.Name, copy)
                    .Any(s => s.Canary.Number == canary.Number),
                $"not seen: {piece.Place} {piece.Name} at {at} as {encoding}"
            );
            output.WriteLine($"  planted and seen: {piece.Place} as {encoding}");
        }
    }

    private static async Task<IReadOnlyList<byte[]>> LiveAsync(CanaryFlock flock, Harvest harvest)
    {
        await using var town = new CanaryTown(flock);
        await town.StartAsync();
        var story = new CanaryStory(town);
        UnitPlan[] units = [.. town.Plan.Units];
        foreach (int patient in new[] { 1, 3 })
        {
            await town.Holders.CardOfAsync(patient);
        }

        town.StartCrew(units[0]);
        town.StartCrew(units[1]);
        await MembersAsync(town, story, units[2], flock);
        foreach (UnitPlan unit in units[3..6])
        {
            await story.SignOnAsync(unit);
        }

        // Two crews are on their way by themselves, with a card of level B and one of level C.
        await OnDutyAsync(town, units[..2]);
        await story.OpenAsync(units[0], "demo:view-b:1");
        await story.OpenAsync(units[1], "demo:view-c:3");
        // Four more at the crew's hand: PIN, no PIN, consent taken back, nobody to ask.
        List<(UnitPlan Unit, (string Incident, AssignUnitResponse Order) Run)> runs = [];
        foreach (UnitPlan unit in units[2..6])
        {
            var run = await story.OpenAsync(unit);
            runs.Add((unit, run));
            await story.TapAsync(
                unit,
                run,
                MilestoneKind.EnRoute,
                MilestoneKind.OnScene,
                MilestoneKind.PatientContact
            );
        }

        await story.ViewWithPinAsync(runs[0].Unit, runs[0].Run.Incident, 12);
        await story.ViewWithoutPinAsync(runs[1].Unit, runs[1].Run.Incident, 21);
        await story.ViewWithPinAsync(runs[2].Unit, runs[2].Run.Incident, 15);
        await story.WithdrawAsync(runs[2].Unit, runs[2].Run.Incident);
        string emergency = await story.ViewInAnEmergencyAsync(
            runs[3].Unit,
            runs[3].Run.Incident,
            23
        );
        await story.AskWhatIsRefusedAsync(runs[2].Unit, runs[2].Run, Member);
        await WhileOpenAsync(town, harvest, units);

        foreach ((UnitPlan unit, var run) in runs)
        {
            await story.TapAsync(
                unit,
                run,
                MilestoneKind.PatientLoaded,
                MilestoneKind.SceneDeparture,
                MilestoneKind.HospitalArrival,
                MilestoneKind.Handover,
                MilestoneKind.Cleared
            );
        }

        await story.AllAreClosedAsync();
        await story.OverseeAsync(emergency);
        await AfterAsync(town, harvest, units);
        foreach (byte[] told in story.ToldToOfficer)
        {
            harvest.Add("answers to the officer", "answer", told);
        }

        foreach (byte[] refused in story.Refused)
        {
            harvest.Add("refusals", "status and trailers", refused);
        }

        return story.Shown;
    }

    private static async Task MembersAsync(
        CanaryTown town,
        CanaryStory story,
        UnitPlan unit,
        CanaryFlock flock
    )
    {
        string pin = flock.MemberPin();
        await using (
            WitnessedProcess register = town.Mina(
                "member-register",
                "member",
                "register",
                "--data",
                town.Data,
                "--number",
                Member,
                "--role",
                "leader"
            )
        )
        {
            Assert.True(await register.TypeAsync(pin) == 0, register.Errors);
        }

        await story.SignOnAsync(unit, await story.VerifyAsync(unit, Member, pin));
    }

    private static Task OnDutyAsync(CanaryTown town, UnitPlan[] units) =>
        Eventually.IsTrue(async () =>
        {
            var crews = new Contracts.Crew.V1.CrewService.CrewServiceClient(town.Dispatcher);
            var list = await crews.ListUnitsAsync(new(), CanaryTown.Soon);
            return units.All(u =>
                list.Units.Any(l =>
                    l.UnitId == u.Id.Value && l.State != Contracts.Crew.V1.UnitState.OffDuty
                )
            );
        });

    /// <summary>Sealed summaries are in Redis now, grants are open, numbers to call are kept.</summary>
    private static async Task WhileOpenAsync(CanaryTown town, Harvest harvest, UnitPlan[] units)
    {
        Assert.True(await town.Redis.CountAsync() > 0, "no summary in Redis");
        harvest.Add("Redis RDB, open", "dump.rdb", await town.Redis.DumpAsync());
        harvest.AddFiles("data directory, open", town.Data);
        await PagesAsync(town, harvest, units, "open");
    }

    private static async Task AfterAsync(CanaryTown town, Harvest harvest, UnitPlan[] units)
    {
        await PagesAsync(town, harvest, units, "closed");
        harvest.Add("Redis RDB, closed", "dump.rdb", await town.Redis.DumpAsync());
        await town.EndAsync();
        harvest.Add("Redis MONITOR", "commands", town.Redis.Heard());
        harvest.AddFiles("Redis AOF", Path.Combine(town.Redis.Directory, "appendonlydir"));
        harvest.AddExports(town.Records);
        await ToolsAsync(town);
        harvest.AddFiles("data directory", town.Data);
        harvest.AddFiles("audit heads", Path.Combine(town.Directory, "heads"));
        harvest.AddFiles("audit export", Path.Combine(town.Directory, "export"));
        harvest.AddFiles("tablets", Path.Combine(town.Directory, "tablets"));
        harvest.AddFiles("stdout and stderr", Path.Combine(town.Directory, "said"));
        // An empty directory is searched all the same.
        harvest.Add("temporary files", ".", []);
        harvest.AddFiles("temporary files", Path.Combine(town.Directory, "tmp"));
    }

    /// <summary>What an auditor's tools print is kept with all that is said.</summary>
    private static async Task ToolsAsync(CanaryTown town)
    {
        string export = Directory.CreateDirectory(Path.Combine(town.Directory, "export")).FullName;
        string[][] tools =
        [
            ["show", "--json"],
            ["show"],
            ["verify"],
            ["export", "--out", Path.Combine(export, "audit.jsonl")],
            ["export", "--format", "csv", "--out", Path.Combine(export, "audit.csv")],
        ];
        int n = 0;
        foreach (string[] words in tools)
        {
            await using WitnessedProcess tool = town.Mina(
                $"audit-{n++}-{words[0]}",
                ["audit", words[0], "--data", town.Data, .. words[1..]]
            );
            Assert.True(await tool.EndsAsync() == 0, tool.Errors);
        }
    }

    private static async Task PagesAsync(
        CanaryTown town,
        Harvest harvest,
        UnitPlan[] units,
        string phase
    )
    {
        foreach (string path in new[] { "/board", "/report", "/oversight", "/metrics" })
        {
            harvest.Add($"{path}, {phase}", path, await town.PageAsync(path));
        }

        foreach (UnitPlan unit in units[..6])
        {
            harvest.Add(
                $"/crew, {phase}",
                unit.Id.Value,
                await town.PageAsync($"/crew?unit={unit.Id.Value}")
            );
        }
    }
}
