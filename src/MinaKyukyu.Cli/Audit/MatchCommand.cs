using System.CommandLine;
using System.Globalization;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Storage.Sqlite;

namespace MinaKyukyu.Cli.Audit;

/// <summary><c>mina audit match</c>: names every view that the platform's log, ours, or the activity records lack.</summary>
internal static class MatchCommand
{
    private static readonly Option<string> Data = AuditWords.Data();

    private static readonly Option<string> Platform = new("--platform")
    {
        Required = true,
        Description = "CSV of the platform's log",
    };

    private static readonly Option<string> Activity = new("--activity")
    {
        Required = true,
        Description = "CSV of the activity records",
    };

    private static readonly Option<int> WindowMinutes = new("--window")
    {
        DefaultValueFactory = _ => 10,
        Description = "minutes that two logs may be apart: clocks, and times written by hand",
    };

    private static readonly Option<DateTimeOffset?> From = AuditWords.Moment(
        "--from",
        "first, of all three logs"
    );

    private static readonly Option<DateTimeOffset?> To = AuditWords.Moment(
        "--to",
        "until before, of all three logs"
    );

    private static readonly Option<bool> Json = AuditWords.Json();

    public static Command Build()
    {
        WindowMinutes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 1_440)
            {
                result.AddError("--window is 0 to 1440 minutes.");
            }
        });
        Command match = new("match", "三つの記録を突き合わせます / compare the three logs")
        {
            Data,
            Platform,
            Activity,
            WindowMinutes,
            From,
            To,
            Json,
        };
        match.SetAction(RunAsync);
        return match;
    }

    private static async Task<int> RunAsync(ParseResult words, CancellationToken stop)
    {
        List<LoggedView> others;
        try
        {
            others =
            [
                .. ViewLogFile.Read(words.GetValue(Platform)!, ViewLog.Platform),
                .. ViewLogFile.Read(words.GetValue(Activity)!, ViewLog.Activity),
            ];
        }
        catch (ViewLogException broken)
        {
            await Console.Error.WriteLineAsync($"mina audit match: {broken.Message}");
            return ExitCode.No;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync($"mina audit match: {e.Message}");
            return ExitCode.WrongWords;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"mina audit match: {e.Message}");
            return ExitCode.No;
        }

        return await AuditReading.RunAsync(
            "audit match",
            words.GetValue(Data)!,
            archive => MatchAsync(archive, others, words, stop),
            stop
        );
    }

    private static async Task<int> MatchAsync(
        SqliteAuditArchive archive,
        List<LoggedView> others,
        ParseResult words,
        CancellationToken stop
    )
    {
        DateTimeOffset? from = words.GetValue(From);
        DateTimeOffset? to = words.GetValue(To);
        IEnumerable<LoggedView> ours = (await AuditReading.TrailsAsync(archive, stop))
            .Where(t => t.WasOpened)
            .Select(t => new LoggedView(
                ViewLog.Ours,
                t.FirstSeenAt,
                t.Incident.Value,
                t.Unit.Value,
                t.PatientRef.Value,
                t.Id.Value
            ));
        // Matched first and cut afterwards: a view at the edge keeps its counterparts on the other side.
        MatchedView[] views =
        [
            .. ThreeLogs
                .Match(ours.Concat(others), TimeSpan.FromMinutes(words.GetValue(WindowMinutes)))
                .Where(v => (from is null || v.At >= from) && (to is null || v.At < to)),
        ];
        MatchedView[] lacking = [.. views.Where(v => !v.IsInAll)];
        foreach (MatchedView view in lacking)
        {
            await Console.Out.WriteLineAsync(words.GetValue(Json) ? JsonOf(view) : LineOf(view));
        }

        if (!words.GetValue(Json))
        {
            await Console.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"三つの記録に一致 {views.Length - lacking.Length} 件、欠けあり {lacking.Length} 件 / {views.Length - lacking.Length} in all three logs, {lacking.Length} lacking in one"
                )
            );
        }

        return lacking.Length == 0 ? ExitCode.Done : ExitCode.No;
    }

    private static string LineOf(MatchedView view)
    {
        LoggedView first = view.Told.First();
        return $"{AuditWords.Clock(view.At)}  欠け: {string.Join('・', view.Lacking.Select(WordOf))}  あり: {string.Join(' ', view.Told.Select(t => $"{WordOf(t.Log)}={t.Source}"))}  事案 {Or(first.Incident)} 隊 {Or(first.Unit)} 傷病者参照 {Or(first.PatientRef)}";
    }

    private static string Or(string word) => word.Length == 0 ? "-" : word;

    private static string WordOf(ViewLog log) =>
        log switch
        {
            ViewLog.Platform => "基盤",
            ViewLog.Ours => "監査記録",
            _ => "活動記録",
        };

    private static string JsonOf(MatchedView view) =>
        JsonLine.Of(json =>
        {
            json.WriteString("at", view.At);
            json.WriteNames("lacking", view.Lacking.Select(CodeOf));
            foreach (LoggedView told in view.Told)
            {
                json.WriteString(CodeOf(told.Log), told.Source);
            }

            LoggedView first = view.Told.First();
            json.WriteString("incident", first.Incident);
            json.WriteString("unit", first.Unit);
            json.WriteString("patient_ref", first.PatientRef);
        });

    private static string CodeOf(ViewLog log) =>
        log switch
        {
            ViewLog.Platform => "platform",
            ViewLog.Ours => "audit",
            _ => "activity",
        };
}
