using System.Text.Json;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.EndToEnd.Tests.Model;

/// <summary><c>mina model</c> as an operator types it: from an invented city to a model and its marks.</summary>
public sealed class ModelTests(ModelTests.City city) : IClassFixture<ModelTests.City>, IDisposable
{
    /// <summary>The first Monday after the runs that are learned from.</summary>
    private const string Later = "2026-02-02";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Schema = Path.Combine(
        Repository.Root,
        "samples",
        "schemas",
        "journal.json"
    );

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Trained_and_evaluated_it_prints_exactly_the_keys_that_were_promised()
    {
        (int exit, string output, string errors) = await TrainAsync("model", "--json");
        Assert.True(exit == 0, output + errors);
        using (JsonDocument trained = JsonDocument.Parse(output))
        {
            Assert.Equal(
                ["name", "version", "provider", "sha256", "runs", "seconds", "excluded"],
                Keys(trained.RootElement)
            );
            Assert.Equal("mina-trees", trained.RootElement.GetProperty("provider").GetString());
            Assert.InRange(trained.RootElement.GetProperty("runs").GetInt32(), 1_000, 3_000);
        }

        (exit, output, errors) = await EvaluateAsync("--from", Later, "--json");
        Assert.True(exit == 0, output + errors);
        using JsonDocument marks = JsonDocument.Parse(output);
        JsonElement root = marks.RootElement;
        Assert.Equal(
            [
                "n",
                "excluded",
                "mae_seconds",
                "median_ae_seconds",
                "bias_seconds",
                "within_180s",
                "pinball_seconds",
                "coverage",
                "crossings",
                "groups",
                "baselines",
                "train_window",
                "overlap_rows",
            ],
            Keys(root)
        );
        Assert.Equal(["p10", "p50", "p90"], Keys(root.GetProperty("pinball_seconds")));
        Assert.Equal(["p10", "p50", "p90"], Keys(root.GetProperty("coverage")));
        Assert.Equal(
            ["global_median", "group_median", "router_only", "straight_line"],
            Keys(root.GetProperty("baselines"))
        );
        Assert.All(
            root.GetProperty("baselines").EnumerateObject(),
            baseline => Assert.Equal(["mae_seconds", "pinball_seconds"], Keys(baseline.Value))
        );
        Assert.Equal(
            ["department", "station", "at_station", "urgency"],
            Keys(root.GetProperty("groups"))
        );
        Assert.Equal(["from", "until"], Keys(root.GetProperty("train_window")));
        Assert.Equal(0, root.GetProperty("overlap_rows").GetInt32());
        Assert.Equal(0, root.GetProperty("crossings").GetInt32());
        Assert.True(
            root.GetProperty("mae_seconds").GetDouble()
                < root.GetProperty("baselines")
                    .GetProperty("router_only")
                    .GetProperty("mae_seconds")
                    .GetDouble()
        );
        Assert.InRange(root.GetProperty("coverage").GetProperty("p90").GetDouble(), 0.8, 0.98);
    }

    [Fact]
    public async Task Runs_that_the_model_learned_from_are_no_test_of_it_unless_somebody_says_so()
    {
        Assert.Equal(0, (await TrainAsync("model")).Exit);
        (int exit, string output, string errors) = await EvaluateAsync("--json");
        Assert.Equal(1, exit);
        Assert.Contains("--allow-overlap", errors, StringComparison.Ordinal);
        using (JsonDocument marks = JsonDocument.Parse(output))
        {
            Assert.True(marks.RootElement.GetProperty("overlap_rows").GetInt32() > 1_000);
        }

        (exit, _, errors) = await EvaluateAsync("--json", "--allow-overlap");
        Assert.True(exit == 0, errors);
        (exit, output, errors) = await EvaluateAsync("--from", Later, "--online");
        Assert.True(exit == 0, errors);
        Assert.Contains("MAE", output, StringComparison.Ordinal);
        (exit, _, errors) = await EvaluateAsync("--from", "2030-01-01", "--json");
        Assert.Equal(1, exit);
        Assert.Contains("there is no run to score", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_model_and_another_seed_another_one()
    {
        async Task<string> HashAsync(string name, string seed)
        {
            (int exit, string output, string errors) = await TrainAsync(
                name,
                "--seed",
                seed,
                "--json"
            );
            Assert.True(exit == 0, output + errors);
            using JsonDocument trained = JsonDocument.Parse(output);
            return trained.RootElement.GetProperty("sha256").GetString()!;
        }

        string first = await HashAsync("a", "3");
        Assert.Equal(first, await HashAsync("b", "3"));
        Assert.NotEqual(first, await HashAsync("c", "4"));
    }

    [Fact]
    public async Task A_damaged_file_ends_with_1_and_its_line_and_nothing_is_written()
    {
        string[] lines = await File.ReadAllLinesAsync(city.Runs);
        lines[6] = lines[6].Replace(",", "\",", StringComparison.Ordinal);
        lines[7] += ",one,two";
        string damaged = _directory.In("damaged.csv");
        await File.WriteAllLinesAsync(damaged, lines);
        (int exit, string output, string errors) = await RunAsync(
            "train",
            "--schema",
            Schema,
            "--in",
            damaged,
            "--out",
            _directory.In("model")
        );
        Assert.Equal((1, ""), (exit, output));
        Assert.Matches(@"damaged\.csv:(7|8): ", errors);
        Assert.Equal(["damaged.csv"], Names());
    }

    [Fact]
    public async Task A_file_that_is_not_there_ends_with_2_and_a_schema_that_contradicts_itself_with_1()
    {
        (int exit, _, string errors) = await RunAsync(
            "train",
            "--schema",
            Schema,
            "--in",
            _directory.In("nowhere.csv"),
            "--out",
            _directory.In("model")
        );
        Assert.Equal(2, exit);
        Assert.Contains("nowhere.csv", errors, StringComparison.Ordinal);

        string schema = _directory.In("schema.json");
        string text = await File.ReadAllTextAsync(Schema);
        await File.WriteAllTextAsync(
            schema,
            text.Replace("\"urgency\"", "\"crew_id\"", StringComparison.Ordinal)
        );
        (exit, _, errors) = await RunAsync(
            "train",
            "--schema",
            schema,
            "--in",
            city.Runs,
            "--out",
            _directory.In("model")
        );
        Assert.Equal(1, exit);
        Assert.Contains("schema.json: nobody is scored: crew_id", errors, StringComparison.Ordinal);
        Assert.Equal(["schema.json"], Names());
    }

    [Fact]
    public async Task An_altered_model_is_refused_with_1()
    {
        Assert.Equal(0, (await TrainAsync("model")).Exit);
        string binary = _directory.In("model", "model.bin");
        byte[] bytes = await File.ReadAllBytesAsync(binary);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(binary, bytes);
        (int exit, string output, string errors) = await EvaluateAsync("--from", Later, "--json");
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains(
            "not the one that its manifest describes",
            errors,
            StringComparison.Ordinal
        );
    }

    private Task<(int Exit, string Output, string Errors)> TrainAsync(
        string name,
        params string[] more
    ) =>
        RunAsync([
            "train",
            "--schema",
            Schema,
            "--in",
            city.Runs,
            "--out",
            _directory.In(name),
            "--until",
            Later,
            .. more,
        ]);

    private Task<(int Exit, string Output, string Errors)> EvaluateAsync(params string[] more) =>
        RunAsync(["evaluate", "--model", _directory.In("model"), "--in", city.Runs, .. more]);

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(
        params string[] words
    )
    {
        await using MinaProcess mina = MinaProcess.Start(["model", .. words]);
        return await mina.EndAsync(Patience);
    }

    private IEnumerable<string> Names() =>
        Directory
            .GetFileSystemEntries(_directory.Path)
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Keys(JsonElement of) =>
        of.EnumerateObject().Select(member => member.Name);

    /// <summary>Five weeks of the sample city, invented once; the last is for the marks.</summary>
    public sealed class City : IAsyncLifetime, IDisposable
    {
        private readonly TemporaryDirectory _directory = new();

        public string Runs => _directory.In("runs.csv");

        public async Task InitializeAsync()
        {
            (int exit, string output, string errors) = await RunAsync(
                "simulate-runs",
                "--city",
                Path.Combine(Repository.Root, "samples", "tachikawa"),
                "--weeks",
                "5",
                "--seed",
                "17",
                "--out",
                Runs
            );
            Assert.True(exit == 0, output + errors);
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => _directory.Dispose();
    }
}
