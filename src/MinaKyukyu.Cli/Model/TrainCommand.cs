using System.CommandLine;
using System.Diagnostics;
using MinaKyukyu.Cli.Audit;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Ports;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Cli.Model;

/// <summary><c>mina model train</c>: runs in, a signed model directory out.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Schema = new("--schema")
    {
        Required = true,
        Description = "列の意味 / what the columns mean, such as samples/schemas/journal.json",
    };

    private static readonly Option<string> In = ModelOptions.In();

    private static readonly Option<string> Out = new("--out")
    {
        Required = true,
        Description = "書き出し先 / the model directory; a model that stands there is replaced",
    };

    private static readonly Option<string?> Until = new("--until")
    {
        Description = "これより前の出動だけ / only runs decided before this moment",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        DefaultValueFactory = _ => 1,
        Description = "乱数の種 / the same seed, rows and options give the same bytes",
    };

    private static readonly Option<string?> Key = new("--key")
    {
        Description =
            "署名鍵 / PEM key that signs; made if it is not there (default: <out>.key, for its owner only)",
    };

    private static readonly Option<string> Provider = new("--provider")
    {
        DefaultValueFactory = _ => Providers.All[0].Name,
        Description =
            $"学習器 / who learns: {string.Join(", ", Providers.All.Select(p => p.Name))}",
    };

    private static readonly Option<bool> Json = ModelOptions.Json();

    public static Command Build()
    {
        Command train = new("train", "出動記録から学習 / learn from runs")
        {
            Schema,
            In,
            Out,
            Until,
            Seed,
            Key,
            Provider,
            Json,
        };
        train.SetAction((words, stop) => Task.FromResult(ModelOptions.Run(() => Run(words, stop))));
        return train;
    }

    private static int Run(ParseResult words, CancellationToken stop)
    {
        long start = Stopwatch.GetTimestamp();
        RunSchema schema = RunSchemaFile.Read(words.GetRequiredValue(Schema));
        (RunTable runs, RunReport report) = ModelOptions.Read(schema, words.GetRequiredValue(In));
        string directory = words.GetRequiredValue(Out);
        string key = words.GetValue(Key) ?? Path.TrimEndingDirectorySeparator(directory) + ".key";
        var options = new TrainingOptions
        {
            Until = ModelOptions.Moment("--until", words.GetValue(Until), schema),
        };
        options = options with { Fit = options.Fit with { Seed = words.GetValue(Seed) } };
        ITimeToSceneTrainer trainer = new TimeToSceneTrainer(
            Providers.Find(words.GetValue(Provider)!)
                ?? throw new ForecastException("--provider", "this program was built without it")
        );
        using ModelSigner signer = ModelSigner.LoadOrCreate(key);
        ModelManifest manifest = trainer.Train(runs, options, directory, signer, stop);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        if (words.GetValue(Json))
        {
            Console.Out.WriteLine(JsonLine.Of(json => Write(json, manifest, report, took)));
        }
        else
        {
            ModelOptions.TellExcluded(report);
            Console.Out.WriteLine(
                $"""
                学習しました trained   {manifest.Name} {manifest.Version} ({manifest.Provider}), {took.TotalSeconds:0.0} s
                出動件数 runs          {manifest.Runs} ({manifest.Window.From:yyyy-MM-dd} – {manifest.Window.Until:yyyy-MM-dd})
                平均誤差 MAE           {manifest.Metrics.MaeSeconds:0.0} s(最新の{manifest.Metrics.Runs}件 / on the newest; 全体中央値 global median {manifest.Metrics.GlobalMedianMaeSeconds:0.0} s)
                出力 written           {directory}
                """
            );
        }

        return ExitCode.Done;
    }

    private static void Write(
        System.Text.Json.Utf8JsonWriter json,
        ModelManifest manifest,
        RunReport report,
        TimeSpan took
    )
    {
        json.WriteString("name", manifest.Name);
        json.WriteNumber("version", manifest.Version);
        json.WriteString("provider", manifest.Provider);
        json.WriteString("sha256", manifest.ModelSha256);
        json.WriteNumber("runs", manifest.Runs);
        json.WriteNumber("seconds", Math.Round(took.TotalSeconds, 3));
        json.WriteStartObject("excluded");
        foreach ((string reason, Exclusion rows) in report.Excluded)
        {
            json.WriteNumber(reason, rows.Rows);
        }

        json.WriteEndObject();
    }
}
