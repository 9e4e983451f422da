using System.CommandLine;
using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Cli.Import;

/// <summary><c>mina import runs</c>: from a department's run lists and a map to the run file that a model learns from.</summary>
internal static class ImportRunsCommand
{
    private static readonly Dictionary<string, RunListEncoding> Encodings = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["auto"] = RunListEncoding.Detect,
        ["utf-8"] = RunListEncoding.Utf8,
        ["shift_jis"] = RunListEncoding.ShiftJis,
        ["euc-jp"] = RunListEncoding.EucJp,
        ["utf-16"] = RunListEncoding.Utf16,
    };

    private static readonly Option<string> Map = new("--map")
    {
        Required = true,
        Description = "対応表 (CSV: canonical,source,format,note) / the map of the columns",
    };

    private static readonly Option<string> In = new("--in")
    {
        Required = true,
        Description = "出動記録の一覧、コンマ区切りで複数可 / run lists, several with commas",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Required = true,
        Description = "書き出すファイル (.gz は圧縮) / the run file to write",
    };

    private static readonly Option<string> Encoding = new("--encoding")
    {
        DefaultValueFactory = _ => "auto",
        Description = "文字コード / auto, utf-8, shift_jis, euc-jp or utf-16",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "機械向け1行 / one JSON line",
    };

    public static Command Build()
    {
        Encoding.AcceptOnlyFromAmong([.. Encodings.Keys]);
        Command runs = new("runs", "出動記録を取り込む / import a department's run lists")
        {
            Map,
            In,
            Out,
            Encoding,
            Json,
        };
        runs.SetAction(
            (words, stop) =>
                Task.FromResult(
                    Run(
                        words.GetRequiredValue(Map),
                        words
                            .GetRequiredValue(In)
                            .Split(
                                ',',
                                StringSplitOptions.TrimEntries
                                    | StringSplitOptions.RemoveEmptyEntries
                            ),
                        words.GetRequiredValue(Out),
                        Encodings[words.GetRequiredValue(Encoding)],
                        words.GetValue(Json),
                        stop
                    )
                )
        );
        return runs;
    }

    private static int Run(
        string map,
        string[] lists,
        string output,
        RunListEncoding encoding,
        bool asJson,
        CancellationToken stop
    )
    {
        try
        {
            RunImportReport report = RunImport.Run(map, lists, output, encoding, stop);
            Console.Out.WriteLine(
                asJson ? ImportJson.Of(report, output) : ImportAccount.Of(report, output)
            );
            if (report.Used == 0)
            {
                Console.Error.WriteLine(
                    "mina: 使える行がなく、何も書き出しませんでした / no row can be used, nothing was written"
                );
            }

            return report.Used > 0 ? ExitCode.Done : ExitCode.No;
        }
        catch (RunImportException refused)
        {
            Console.Error.WriteLine($"mina: {refused.Message}");
            Console.Error.WriteLine("mina: 何も書き出しませんでした / nothing was written");
            bool isMissing = refused.Line == 0 && !Path.Exists(refused.File);
            return isMissing ? ExitCode.WrongWords : ExitCode.No;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("mina: 中止しました / stopped, nothing was written");
            return ExitCode.No;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"mina: {denied.Message}");
            return ExitCode.No;
        }
    }
}
