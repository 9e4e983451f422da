using System.Collections.Frozen;
using System.Globalization;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>Reads the column <c>format</c> of a map.</summary>
internal static class MapFormatText
{
    private static readonly FrozenDictionary<string, bool> UsualFlags = new Dictionary<
        string,
        bool
    >(StringComparer.OrdinalIgnoreCase)
    {
        ["1"] = true,
        ["true"] = true,
        ["yes"] = true,
        ["有"] = true,
        ["はい"] = true,
        ["○"] = true,
        ["〇"] = true,
        ["0"] = false,
        ["false"] = false,
        ["no"] = false,
        ["無"] = false,
        ["いいえ"] = false,
        ["×"] = false,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The format for a column of that kind, or why it is none.</summary>
    public static (MapFormat? Format, string Reason) Read(string text, ColumnKind kind)
    {
        (string word, string? rest) = Split(text);
        return (word, rest, kind) switch
        {
            ("const", { Length: > 0 }, not ColumnKind.Moment) => (new ConstantFormat(rest), ""),
            ("datetime", _, ColumnKind.Moment) => ReadPattern(rest),
            ("date+time", null, ColumnKind.Moment) => (new DateAndTimeFormat(), ""),
            ("time-after", { } column, ColumnKind.Moment) => ReadMoment(
                column,
                new TimeAfterFormat(column)
            ),
            ("from", { } column, ColumnKind.Moment) => ReadMoment(column, new SameAsFormat(column)),
            ("seconds", null, ColumnKind.Seconds) => (new NumberFormat(1), ""),
            ("minutes", null, ColumnKind.Seconds) => (new NumberFormat(60), ""),
            ("meters", null, ColumnKind.Meters) => (new NumberFormat(1), ""),
            ("km", null, ColumnKind.Meters) => (new NumberFormat(1_000), ""),
            ("number", null, ColumnKind.Count or ColumnKind.Rain) => (new NumberFormat(1), ""),
            ("category", _, ColumnKind.Text) => ReadCategory(rest),
            ("flag", _, ColumnKind.Flag) => ReadFlag(rest),
            _ => (null, $"'{text}' is no format for a column of this kind ({Known(kind)})"),
        };
    }

    private static (string Word, string? Detail) Split(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..].Trim());
    }

    private static (MapFormat?, string) ReadMoment(string column, MapFormat format) =>
        CanonicalColumn.Find(column) is { Kind: ColumnKind.Moment }
            ? (format, "")
            : (null, $"'{column}' is no canonical moment");

    /// <summary>A pattern is tried on a day that no other reading would give back.</summary>
    private static (MapFormat?, string) ReadPattern(string? pattern)
    {
        if (pattern is null)
        {
            return (new MomentFormat(null), "");
        }

        var known = new DateTime(2019, 11, 25, 22, 43, 0, DateTimeKind.Unspecified);
        try
        {
            string written = known.ToString(pattern, CultureInfo.InvariantCulture);
            bool comesBack =
                pattern.Contains("yyyy", StringComparison.Ordinal)
                && DateTime.TryParseExact(
                    written,
                    pattern,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out DateTime read
                )
                && read == known;
            return comesBack
                ? (new MomentFormat(pattern), "")
                : (null, $"'{pattern}' does not tell year (yyyy), day, hour and minute");
        }
        catch (FormatException)
        {
            return (null, $"'{pattern}' is no pattern of a date and time");
        }
    }

    private static (MapFormat?, string) ReadCategory(string? list)
    {
        if (list is null)
        {
            return (new CategoryFormat(null), "");
        }

        (Dictionary<string, string>? listed, string reason) = ReadList(list);
        return listed is null
            ? (null, reason)
            : (new CategoryFormat(listed.ToFrozenDictionary(StringComparer.Ordinal)), "");
    }

    private static (MapFormat?, string) ReadFlag(string? list)
    {
        if (list is null)
        {
            return (new FlagFormat(UsualFlags), "");
        }

        (Dictionary<string, string>? listed, string reason) = ReadList(list);
        if (listed is null)
        {
            return (null, reason);
        }

        return listed.Values.All(value => value is "1" or "0")
            ? (
                new FlagFormat(
                    listed.ToFrozenDictionary(
                        one => one.Key,
                        one => one.Value == "1",
                        StringComparer.Ordinal
                    )
                ),
                ""
            )
            : (null, "a flag is 1 or 0");
    }

    /// <summary><c>救急=ambulance|消防=engine</c>.</summary>
    private static (Dictionary<string, string>? Listed, string Reason) ReadList(string list)
    {
        var listed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string one in list.Split('|'))
        {
            int equals = one.IndexOf('=', StringComparison.Ordinal);
            if (
                equals <= 0
                || !listed.TryAdd(CellText.Plain(one[..equals]), one[(equals + 1)..].Trim())
            )
            {
                return (null, $"'{one}' is no source=canonical, or stands there twice");
            }
        }

        return (listed, "");
    }

    private static string Known(ColumnKind kind) =>
        kind switch
        {
            ColumnKind.Moment =>
                "datetime, datetime:PATTERN, date+time, time-after:COLUMN, from:COLUMN",
            ColumnKind.Flag => "flag, flag:SOURCE=1|SOURCE=0, const:1",
            ColumnKind.Seconds => "seconds, minutes, const:VALUE",
            ColumnKind.Meters => "meters, km, const:VALUE",
            ColumnKind.Count or ColumnKind.Rain => "number, const:VALUE",
            _ => "category, category:SOURCE=CANONICAL|…, const:VALUE",
        };
}
