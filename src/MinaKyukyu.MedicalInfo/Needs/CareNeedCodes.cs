using System.Collections.Frozen;

namespace MinaKyukyu.MedicalInfo.Needs;

/// <summary>The codes by which rules know a row: data, not code, because a medical director must approve them.</summary>
internal sealed class CareNeedCodes
{
    private readonly FrozenDictionary<string, (string System, string Prefix)[]> _groups;

    private CareNeedCodes(IEnumerable<(string Group, string System, string Prefix)> rows) =>
        _groups = rows.GroupBy(r => r.Group, StringComparer.Ordinal)
            .ToFrozenDictionary(
                g => g.Key,
                g => g.Select(r => (r.System, r.Prefix)).ToArray(),
                StringComparer.Ordinal
            );

    /// <summary>The list that is built in, <c>care-need-codes.csv</c>.</summary>
    public static CareNeedCodes Default { get; } = ReadEmbedded();

    public bool IsDialysis(string system, string code) => IsIn("dialysis", system, code);

    public bool IsAnticoagulant(string system, string code) => IsIn("anticoagulant", system, code);

    public bool IsPregnancy(string system, string code) => IsIn("pregnancy", system, code);

    public bool IsPregnantStatus(string system, string code) =>
        IsIn("pregnant-status", system, code);

    private bool IsIn(string group, string system, string code) =>
        _groups[group]
            .Any(known =>
                string.Equals(known.System, system, StringComparison.Ordinal)
                && code.StartsWith(known.Prefix, StringComparison.Ordinal)
            );

    private static CareNeedCodes ReadEmbedded()
    {
        using Stream stream =
            typeof(CareNeedCodes).Assembly.GetManifestResourceStream("care-need-codes.csv")
            ?? throw new InvalidOperationException("care-need-codes.csv is not built in.");
        using StreamReader reader = new(stream);
        List<(string, string, string)> rows = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                string[] cells = line.Split(',');
                rows.Add((cells[0], cells[1], cells[2]));
            }
        }

        return new CareNeedCodes(rows);
    }
}
