using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Storage.Sqlite;

namespace MinaKyukyu.Cli.Audit;

/// <summary><c>mina audit export</c>: the whole chain with the fields by which somebody else's program can check it (docs/AUDIT_EVENTS.md).</summary>
internal static class ExportCommand
{
    private const string Csv = "csv";
    private const string JsonLines = "jsonl";

    private const string CsvHeader =
        "department,sequence,at_us,event,subject,salt,detail_digest,hash,detail";

    private static readonly Option<string> Data = AuditWords.Data();

    private static readonly Option<string> Out = new("--out")
    {
        Required = true,
        Description = "file to write; replaced as a whole, never half",
    };

    private static readonly Option<string> Format = new("--format")
    {
        DefaultValueFactory = _ => JsonLines,
        Description = "jsonl or csv",
    };

    public static Command Build()
    {
        Format.AcceptOnlyFromAmong(JsonLines, Csv);
        Command export = new("export", "監査記録を書き出します / export the chain")
        {
            Data,
            Out,
            Format,
        };
        export.SetAction(
            (words, stop) =>
                AuditReading.RunAsync(
                    "audit export",
                    words.GetValue(Data)!,
                    archive =>
                        WriteAsync(
                            archive,
                            words.GetValue(Out)!,
                            words.GetValue(Format) == Csv,
                            stop
                        ),
                    stop
                )
        );
        return export;
    }

    private static async Task<int> WriteAsync(
        SqliteAuditArchive archive,
        string path,
        bool isCsv,
        CancellationToken stop
    )
    {
        string target = Path.GetFullPath(path);
        string beside = $"{target}.{Environment.ProcessId}.new";
        try
        {
            long rows = 0;
            await using (FileStream file = OpenForOwner(beside))
            await using (var text = new StreamWriter(file, new UTF8Encoding(false)))
            {
                text.NewLine = "\n";
                if (isCsv)
                {
                    await text.WriteLineAsync(CsvHeader);
                }

                await foreach (AuditRow row in AuditReading.RowsAsync(archive, stop))
                {
                    await text.WriteLineAsync(isCsv ? CsvOf(row) : JsonOf(row));
                    rows++;
                }

                await text.FlushAsync(stop);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, target, overwrite: true);
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{rows} 行 / rows: {target}")
            );
            return ExitCode.Done;
        }
        catch (DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync(
                $"mina audit export: the directory of {target} is not there."
            );
            return ExitCode.WrongWords;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(
                $"mina audit export: {target} cannot be written: {e.Message}"
            );
            return ExitCode.No;
        }
        finally
        {
            // Gone already when it was renamed; left over when anything failed or was interrupted.
            if (File.Exists(beside))
            {
                File.Delete(beside);
            }
        }
    }

    private static FileStream OpenForOwner(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static string CsvOf(AuditRow row) =>
        string.Join(
            ',',
            Quoted(row.Department.Value),
            row.Sequence.ToString(CultureInfo.InvariantCulture),
            WholeMicroseconds.Since1970(row.At).ToString(CultureInfo.InvariantCulture),
            Quoted(row.Event),
            Quoted(row.Subject),
            Convert.ToHexStringLower(row.Salt.Span),
            Convert.ToHexStringLower(row.DetailDigest.Span),
            Convert.ToHexStringLower(row.Hash.Span),
            Convert.ToBase64String(row.Detail.Span)
        );

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n\r") < 0
            ? cell
            : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The detail in base 64, because its digest is over its very bytes; and once more as JSON, to be read.</summary>
    private static string JsonOf(AuditRow row) =>
        JsonLine.Of(json =>
        {
            json.WriteString("department", row.Department.Value);
            json.WriteNumber("sequence", row.Sequence);
            json.WriteNumber("at_us", WholeMicroseconds.Since1970(row.At));
            json.WriteString("at", row.At);
            json.WriteString("event", row.Event);
            json.WriteString("subject", row.Subject);
            json.WriteString("salt", Convert.ToHexStringLower(row.Salt.Span));
            json.WriteString("detail_digest", Convert.ToHexStringLower(row.DetailDigest.Span));
            json.WriteString("hash", Convert.ToHexStringLower(row.Hash.Span));
            json.WriteBase64String("detail_base64", row.Detail.Span);
            if (new RowWords().Of(row).Detail is { } detail)
            {
                json.WritePropertyName("detail");
                detail.WriteTo(json);
            }
        });
}
