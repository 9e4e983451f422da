using System.Collections.Immutable;
using System.Globalization;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Vocabulary.Incidents;

/// <summary>A category with its words.</summary>
/// <param name="Since">The day from which it may be given; it stays readable for ever.</param>
public sealed record CodeEntry(Code Code, string Ja, string En, DateOnly Since);

/// <summary>A file of codes is broken; the message names file and line.</summary>
public sealed class CodeBookException(string file, int line, string why)
    : FormatException($"{file}, line {line.ToString(CultureInfo.InvariantCulture)}: {why}")
{
    public string File { get; } = file;

    /// <summary>From 1.</summary>
    public int Line { get; } = line;
}

/// <summary>The categories of one dated file such as <c>codes/fdma-2026.csv</c>: immutable, safe to share between threads.</summary>
/// <remarks>
/// The file is UTF-8 text: comment lines begin with '#', then a header, then one category a line as <c>table,value,ja,en,since</c>. A
/// cell holds no comma and no quote, so that the file can be read by eye and by every tool.
/// </remarks>
public sealed class CodeBook
{
    private const string Header = "table,value,ja,en,since";

    private readonly ImmutableDictionary<Code, CodeEntry> _entries;
    private readonly ImmutableDictionary<string, ImmutableArray<CodeEntry>> _tables;

    private CodeBook(IReadOnlyCollection<CodeEntry> entries)
    {
        _entries = entries.ToImmutableDictionary(e => e.Code);
        _tables = entries
            .GroupBy(e => e.Code.Table, StringComparer.Ordinal)
            .ToImmutableDictionary(t => t.Key, t => t.ToImmutableArray(), StringComparer.Ordinal);
        Tables = [.. entries.Select(e => e.Code.Table).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The tables, in the order of the file.</summary>
    public ImmutableArray<string> Tables { get; }

    /// <summary>Null when the file has no such category.</summary>
    public CodeEntry? Find(Code code) => _entries.GetValueOrDefault(code);

    public bool Contains(Code code) => _entries.ContainsKey(code);

    /// <summary>The categories of a table, in the order of the file; none when there is no such table.</summary>
    public ImmutableArray<CodeEntry> List(string table) => _tables.GetValueOrDefault(table, []);

    /// <param name="text">The whole file.</param>
    /// <param name="file">Its name, for the message when it is broken.</param>
    /// <exception cref="CodeBookException">Header, cells, date or value are malformed, or a category stands there twice.</exception>
    public static CodeBook Parse(string text, string file)
    {
        var entries = new List<CodeEntry>();
        var lineOf = new Dictionary<Code, int>();
        bool hasHeader = false;
        int number = 0;
        foreach (string raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            string line = raw.TrimEnd('\r');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!hasHeader)
            {
                hasHeader =
                    line == Header
                        ? true
                        : throw new CodeBookException(file, number, $"the header is '{Header}'");
                continue;
            }

            CodeEntry entry = ParseEntry(line, file, number);
            if (!lineOf.TryAdd(entry.Code, number))
            {
                throw new CodeBookException(
                    file,
                    number,
                    $"{entry.Code} stands in line {lineOf[entry.Code].ToString(CultureInfo.InvariantCulture)} already"
                );
            }

            entries.Add(entry);
        }

        return entries.Count > 0
            ? new CodeBook(entries)
            : throw new CodeBookException(file, number, "there is no category in it");
    }

    private static CodeEntry ParseEntry(string line, string file, int number)
    {
        string[] cells = line.Split(',');
        if (cells.Length != 5 || line.Contains('"', StringComparison.Ordinal))
        {
            throw new CodeBookException(
                file,
                number,
                "five cells without quotes are expected, as in the header"
            );
        }

        if (!Identifier.IsWellFormed(cells[0]) || !Identifier.IsWellFormed(cells[1]))
        {
            throw new CodeBookException(
                file,
                number,
                "table and value are letters, digits, '-', '_', '.' or ':'"
            );
        }

        if (string.IsNullOrWhiteSpace(cells[2]) || string.IsNullOrWhiteSpace(cells[3]))
        {
            throw new CodeBookException(
                file,
                number,
                "a category has a Japanese and an English word"
            );
        }

        return DateOnly.TryParseExact(
            cells[4],
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out DateOnly since
        )
            ? new CodeEntry(new Code(cells[0], cells[1]), cells[2], cells[3], since)
            : throw new CodeBookException(file, number, "since is a date such as 2026-01-01");
    }
}
