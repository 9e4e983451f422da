using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>
/// Reads a map: CSV with the columns <c>canonical,source,format,note</c>. Besides the columns of the run file it may fill
/// <c>timezone</c> (whose clocks; those of Asia/Tokyo if not said) and <c>only</c> (rows of which some column holds something
/// else are left out).
/// </summary>
internal static class RunMapFile
{
    private const string Canonical = "canonical";
    private const string Source = "source";
    private const string Format = "format";
    private const string TimeZone = "timezone";
    private const string Only = "only";

    /// <exception cref="RunImportException">The map cannot be read, or a row of it makes no sense.</exception>
    public static RunMap Read(string file)
    {
        using RunListFile table = RunListFile.Open(file, RunListEncoding.Detect);
        int canonical = Require(table, Canonical);
        int source = Require(table, Source);
        int format = Require(table, Format);
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        var rules = new List<MapRule>();
        while (table.Next())
        {
            string column = CellText.Plain(table.Cell(canonical));
            string words = table.Cell(format).Trim();
            if (column == TimeZone)
            {
                zone = Zone(table, ConstantOf(words) ?? table.Cell(source).Trim());
            }
            else if (!table.IsEmpty)
            {
                rules.Add(Rule(table, column, table.Cell(source), words));
            }
        }

        ILookup<string, MapRule> byColumn = rules
            .Where(rule => rule.Canonical != Only)
            .ToLookup(rule => rule.Canonical, StringComparer.Ordinal);
        RequireMoments(file, byColumn);
        return new RunMap(file, zone, byColumn, [.. rules.Where(rule => rule.Canonical == Only)]);
    }

    private static int Require(RunListFile table, string name)
    {
        int[] found = table.Find(name);
        return found.Length == 1
            ? found[0]
            : throw new RunImportException(
                table.Name,
                1,
                name,
                found.Length == 0 ? "there is no such column" : "the column stands there twice"
            );
    }

    private static string? ConstantOf(string format) =>
        format.StartsWith("const:", StringComparison.Ordinal) ? format[6..].Trim() : null;

    private static TimeZoneInfo Zone(RunListFile table, string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : throw new RunImportException(
                table.Name,
                table.Line,
                TimeZone,
                $"there is no time zone '{name}'"
            );

    private static MapRule Rule(RunListFile table, string name, string source, string words)
    {
        CanonicalColumn column =
            name == Only
                ? new CanonicalColumn(Only, ColumnKind.Text)
                : CanonicalColumn.Find(name)
                    ?? throw Refused(Canonical, $"there is no canonical column '{name}'");
        (MapFormat? format, string reason) = MapFormatText.Read(words, column.Kind);
        if (format is null)
        {
            throw Refused(Format, reason);
        }

        if (name == Only && format is not CategoryFormat { Listed: not null })
        {
            throw Refused(Format, "'only' takes category:SOURCE=1|…");
        }

        IEnumerable<string> ownWords = format switch
        {
            ConstantFormat constant => [constant.Value],
            CategoryFormat { Listed: { } listed } => listed.Values,
            _ => [],
        };
        if (!ownWords.All(word => IsUsable(word, column)))
        {
            throw Refused(Format, "a value is none of this column");
        }

        IReadOnlyList<string> sources = SourcesOf(source, format);
        return sources.Count == format.Sources
            ? new MapRule(name, sources, format, table.Line)
            : throw Refused(
                Source,
                format.Sources switch
                {
                    0 => "this format takes no source column",
                    1 => "the source column is not named",
                    _ => "this format takes two source columns joined by +",
                }
            );

        RunImportException Refused(string cell, string why) =>
            new(table.Name, table.Line, cell, why);
    }

    /// <summary>What the map itself puts into a column is held to the same rules as a cell.</summary>
    private static bool IsUsable(string value, CanonicalColumn column) =>
        !PersonalNumberRule.Contains(value)
        && column.Kind switch
        {
            ColumnKind.Text => CellText.IsName(value),
            ColumnKind.Flag => value is "1" or "0",
            _ => CellNumber.TryRead(value) is { } number && number >= 0 && number <= column.Most,
        };

    private static string[] SourcesOf(string source, MapFormat format)
    {
        string[] names =
            format.Sources == 2
                ? source.Split('+', StringSplitOptions.TrimEntries)
                : [source.Trim()];
        return [.. names.Where(name => name.Length > 0)];
    }

    /// <summary>Both moments without which a row is nothing, and no moment that waits for itself.</summary>
    private static void RequireMoments(string file, ILookup<string, MapRule> rules)
    {
        foreach (string needed in new[] { CanonicalColumn.DecidedAt, CanonicalColumn.DispatchedAt })
        {
            if (!rules.Contains(needed))
            {
                throw new RunImportException(
                    file,
                    0,
                    Canonical,
                    $"no row fills '{needed}' (from:COLUMN takes it from another moment)"
                );
            }
        }

        foreach (
            MapRule rule in rules.SelectMany(of => of).Where(rule => rule.Format.Needs is not null)
        )
        {
            string needs = rule.Format.Needs!;
            if (!rules.Contains(needs))
            {
                throw new RunImportException(file, rule.Line, Format, $"no row fills '{needs}'");
            }

            if (WaitsFor(rules, needs, rule.Canonical, []))
            {
                throw new RunImportException(
                    file,
                    rule.Line,
                    Format,
                    $"'{rule.Canonical}' waits for itself"
                );
            }
        }
    }

    private static bool WaitsFor(
        ILookup<string, MapRule> rules,
        string column,
        string sought,
        HashSet<string> seen
    ) =>
        column == sought
        || (
            seen.Add(column)
            && rules[column]
                .Any(rule => rule.Format.Needs is { } next && WaitsFor(rules, next, sought, seen))
        );
}
