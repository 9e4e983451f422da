using System.Globalization;
using System.Text;
using MinaKyukyu.Authorization.Oversight;

namespace MinaKyukyu.Cli.Audit;

/// <summary>A file of another log is broken; the message names file and line.</summary>
internal sealed class ViewLogException(string file, int line, string why)
    : FormatException(
        string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}:{line}: {why}")
    );

/// <summary>
/// Reads another log's views: CSV with a header, in UTF-8 or Shift_JIS. Columns by name, in any order, others are passed over:
/// <c>time</c> (日時; needed), <c>incident</c> (事案番号), <c>unit</c> (隊), <c>patient_ref</c> (傷病者参照).
/// </summary>
internal static class ViewLogFile
{
    private const int ShiftJis = 932;

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["time"] = "time",
        ["日時"] = "time",
        ["incident"] = "incident",
        ["事案番号"] = "incident",
        ["unit"] = "unit",
        ["隊"] = "unit",
        ["patient_ref"] = "patient_ref",
        ["傷病者参照"] = "patient_ref",
    };

    /// <exception cref="ViewLogException">A line is broken.</exception>
    public static IReadOnlyList<LoggedView> Read(string file, ViewLog log)
    {
        List<(int Line, string[] Cells)> rows = Parse(TextOf(File.ReadAllBytes(file), file), file);
        if (rows.Count == 0)
        {
            throw new ViewLogException(file, 1, "there is no header");
        }

        Dictionary<string, int> columns = ColumnsOf(rows[0].Cells, file);
        return [.. rows.Skip(1).Select(r => ViewOf(r.Line, r.Cells, rows[0].Cells.Length))];

        LoggedView ViewOf(int line, string[] cells, int width)
        {
            if (cells.Length != width)
            {
                throw new ViewLogException(
                    file,
                    line,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{cells.Length} cells, the header has {width}"
                    )
                );
            }

            string Cell(string name) =>
                columns.TryGetValue(name, out int at) ? cells[at].Trim() : "";

            DateTimeOffset at =
                AuditWords.MomentOf(Cell("time"))
                ?? throw new ViewLogException(
                    file,
                    line,
                    "the time is none such as 2026-04-01 09:30:00"
                );
            return new LoggedView(
                log,
                at,
                Cell("incident"),
                Cell("unit"),
                Cell("patient_ref"),
                string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}:{line}")
            );
        }
    }

    private static Dictionary<string, int> ColumnsOf(string[] header, string file)
    {
        Dictionary<string, int> columns = new(StringComparer.Ordinal);
        for (int i = 0; i < header.Length; i++)
        {
            if (Names.TryGetValue(header[i].Trim(), out string? name) && !columns.TryAdd(name, i))
            {
                throw new ViewLogException(file, 1, $"the column {name} stands there twice");
            }
        }

        return columns.ContainsKey("time")
            ? columns
            : throw new ViewLogException(file, 1, "the header has no column time (日時)");
    }

    /// <summary>UTF-8 where it is that, Shift_JIS otherwise; a file that is neither names the line of its first bad byte.</summary>
    private static string TextOf(byte[] bytes, string file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true)
                .GetString(bytes)
                .TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            try
            {
                return Encoding
                    .GetEncoding(
                        ShiftJis,
                        EncoderFallback.ExceptionFallback,
                        DecoderFallback.ExceptionFallback
                    )
                    .GetString(bytes);
            }
            catch (DecoderFallbackException bad)
            {
                int line = 1 + bytes.AsSpan(0, Math.Max(0, bad.Index)).Count((byte)'\n');
                throw new ViewLogException(file, line, "neither UTF-8 nor Shift_JIS");
            }
        }
    }

    /// <summary>RFC 4180: cells may stand in quotes, with doubled quotes, commas and line breaks inside.</summary>
    private static List<(int Line, string[] Cells)> Parse(string text, string file)
    {
        List<(int, string[])> rows = [];
        List<string> cells = [];
        StringBuilder cell = new();
        int line = 1;
        int begun = 1;
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (isQuoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else if (c == '"')
                {
                    isQuoted = false;
                }
                else
                {
                    cell.Append(c);
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                isQuoted = true;
            }
            else if (c == '"')
            {
                throw new ViewLogException(file, line, "a quote inside a cell that is not quoted");
            }
            else if (c == ',')
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\n')
            {
                EndRow();
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }

            line += c == '\n' ? 1 : 0;
        }

        if (isQuoted)
        {
            throw new ViewLogException(file, begun, "a quote is not closed");
        }

        EndRow();
        return rows;

        void EndRow()
        {
            // An empty line is no row.
            if (cells.Count > 0 || cell.Length > 0)
            {
                cells.Add(cell.ToString());
                rows.Add((begun, [.. cells]));
            }

            cells.Clear();
            cell.Clear();
            begun = line + 1;
        }
    }
}
