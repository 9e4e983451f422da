using System.CommandLine;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Cli.Model;

/// <summary>Options that the model commands share, and how a refused file ends a command.</summary>
internal static class ModelOptions
{
    public static Option<string> Model() =>
        new("--model")
        {
            Required = true,
            Description = "モデルのディレクトリ / model directory made by `mina model train`",
        };

    public static Option<string> In() =>
        new("--in")
        {
            Required = true,
            Description = "出動記録CSV(.gz可、カンマ区切りで複数) / run files, separated by commas",
        };

    public static Option<string?> From() =>
        new("--from")
        {
            Description =
                "この時刻から / runs decided at this moment or later; earlier ones warm up",
        };

    public static Option<string?> To() =>
        new("--to")
        {
            Description =
                "この時刻の前まで(日付のみならその日を含む) / runs decided before; a bare day is included",
        };

    public static Option<bool> Online() =>
        new("--online")
        {
            Description = "到着ごとに区間を調整 / intervals follow each run after it ended",
        };

    public static Option<bool> AllowOverlap() =>
        new("--allow-overlap")
        {
            Description =
                "学習期間内の出動も採点 / score runs of the training window all the same; the answer says so",
        };

    public static Option<bool> Json() =>
        new("--json") { Description = "機械向け1行 / one JSON line" };

    /// <summary>For looking at: whoever signed it, it must be unaltered.</summary>
    public static StoredModel Open(string directory) =>
        ModelDirectory.Load(directory, ModelTrust.Anybody, Providers.All);

    public static (RunTable Runs, RunReport Report) Read(RunSchema schema, string files) =>
        RunFiles.Read(schema, files.Split(',', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A moment by the clocks of the runs where it names no offset.</summary>
    /// <exception cref="ForecastException">No moment.</exception>
    public static DateTimeOffset? Moment(string option, string? text, RunSchema schema) =>
        text is null
            ? null
            : RunMoment.Parse(text, TimeZoneInfo.FindSystemTimeZoneById(schema.TimeZone))
                ?? throw new ForecastException(
                    option,
                    "takes a moment such as 2026-04-01 or 2026-04-01T09:00:00+09:00"
                );

    /// <summary>The same, but a bare day means the whole of it.</summary>
    public static DateTimeOffset? EndOf(string option, string? text, RunSchema schema) =>
        Moment(option, text, schema) is { } moment
            ? text!.Length == "2026-04-01".Length
                ? Moment(option, NextDay(text), schema)
                : moment
            : null;

    /// <summary>Says what was left out: by reason, with the first place.</summary>
    public static void TellExcluded(RunReport report)
    {
        foreach ((string reason, Exclusion rows) in report.Excluded)
        {
            Console.Error.WriteLine(
                $"mina: 除外 excluded {rows.Rows}: {reason} (最初 first: {rows.FirstFile}:{rows.FirstLine}, {rows.Column})"
            );
        }
    }

    /// <summary>Runs a command; a refused file is one line on standard error and <see cref="ExitCode.No"/>, a missing one <see cref="ExitCode.WrongWords"/>.</summary>
    public static int Run(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (ForecastException refused)
        {
            Console.Error.WriteLine($"mina: {refused.Message}");
            bool isMissing = refused.Line == 0 && refused.InnerException is IOException;
            return isMissing && !Path.Exists(refused.File) ? ExitCode.WrongWords : ExitCode.No;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("mina: 中止しました / stopped, nothing was written");
            return ExitCode.No;
        }
    }

    private static string NextDay(string day) =>
        DateOnly
            .ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            .AddDays(1)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
