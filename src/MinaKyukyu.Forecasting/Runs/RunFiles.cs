using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;

namespace MinaKyukyu.Forecasting.Runs;

/// <summary>Reads run files: CSV with a header, UTF-8, columns by name in any order; gzip where the name ends in <c>.gz</c>.</summary>
public static class RunFiles
{
    /// <summary>All runs of all departments of Japan of two years; a larger list is a mistake, and must not swallow the memory.</summary>
    private const int MostRows = 16_000_000;

    private const int LargestRowBytes = 64 * 1024;

    /// <summary>Rows that cannot be learned from are left out and counted; a file that is damaged is refused.</summary>
    /// <exception cref="ForecastException">A file is missing, empty, damaged, cut short, or lacks a column.</exception>
    public static (RunTable Runs, RunReport Report) Read(
        RunSchema schema,
        IReadOnlyList<string> files
    )
    {
        var report = new RunReport();
        var rows = new RunTableBuilder(schema, report);
        foreach (string file in files)
        {
            Guard(file, rows, () => ReadOne(schema, file, rows));
        }

        RunTable runs = rows.Build();
        report.Used = runs.Count;
        return (runs, report);
    }

    private static void ReadOne(RunSchema schema, string file, RunTableBuilder rows)
    {
        using FileStream bytes = File.OpenRead(file);
        using Stream text = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new WholeGzip(bytes)
            : bytes;
        using var reader = new StreamReader(
            text,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
        );
        using CsvReader csv = CsvReader.Create(
            reader,
            new CsvReaderOptions
            {
                Separator = ',',
                TrimWhitespace = true,
                TrackLineNumbers = true,
                PoolStrings = true,
                MalformedData = CsvMalformedDataHandling.Throw,
                MaxRecordSize = LargestRowBytes,
            }
        );
        rows.Line = 1;
        csv.ReadHeader();
        if (csv.Headers.Count == 0)
        {
            throw new ForecastException(file, 1, "the file is empty");
        }

        RunCells cells = new(csv, schema, file);
        while (csv.Read())
        {
            rows.Line = (int)csv.LineNumber;
            if (csv.FieldCount != csv.Headers.Count)
            {
                throw new ForecastException(
                    file,
                    rows.Line,
                    $"the row has {csv.FieldCount} cells, the header {csv.Headers.Count}"
                );
            }

            if (rows.Count == MostRows)
            {
                throw new ForecastException(file, rows.Line, $"more than {MostRows} rows");
            }

            rows.Add(cells, file);
        }
    }

    private static void Guard(string file, RunTableBuilder rows, Action read)
    {
        try
        {
            read();
        }
        catch (CsvFormatException malformed)
        {
            throw new ForecastException(
                file,
                (int)malformed.LineNumber,
                "the row is not proper CSV",
                malformed
            );
        }
        catch (Exception missing)
            when (missing
                    is FileNotFoundException
                        or DirectoryNotFoundException
                        or UnauthorizedAccessException
            )
        {
            throw new ForecastException(file, "cannot be opened", missing);
        }
        catch (Exception damage)
            when (damage is InvalidDataException or DecoderFallbackException or IOException)
        {
            throw new ForecastException(
                file,
                rows.Line,
                "after this line the bytes are damaged, cut short or not UTF-8",
                damage
            );
        }
    }
}

/// <summary>The cells of the row in hand, by the columns of the schema.</summary>
internal sealed class RunCells
{
    private readonly CsvReader _csv;
    private readonly Dictionary<RunColumn, int> _places;
    private readonly int _decided;
    private readonly int _target;

    /// <exception cref="ForecastException">Columns are missing; all of them are named.</exception>
    public RunCells(CsvReader csv, RunSchema schema, string file)
    {
        _csv = csv;
        var missing = new List<string>();
        int Find(string name)
        {
            if (csv.Headers.Count(header => header == name) > 1)
            {
                throw new ForecastException(file, 1, $"the column {name} stands twice");
            }

            if (csv.TryGetFieldIndex(name, out int place))
            {
                return place;
            }

            missing.Add(name);
            return -1;
        }

        _decided = Find(schema.DecidedAt);
        _target = Find(schema.ObservedSeconds ?? schema.ArrivedAt!);
        _places = schema.Columns.ToDictionary(column => column, column => Find(column.Name));
        if (missing.Count > 0)
        {
            throw new ForecastException(
                file,
                1,
                $"there is no column {string.Join(", ", missing.Distinct(StringComparer.Ordinal))}"
            );
        }
    }

    public string DecidedAt => Text(_decided);

    public string Target => Text(_target);

    public string Of(RunColumn column) => Text(_places[column]);

    /// <summary>Empty for a value that is not there, however the file writes that.</summary>
    private string Text(int place)
    {
        string text = _csv.GetString(place);
        return text.Length <= 4 && IsMissing(text) ? "" : text;
    }

    private static bool IsMissing(string text) =>
        text.Equals("nan", StringComparison.OrdinalIgnoreCase)
        || text.Equals("null", StringComparison.OrdinalIgnoreCase)
        || text is "NA" or "N/A";
}
