using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MinaKyukyu.Cli.Audit;

/// <summary>Options that several audit commands share, and how moments are read and said: Japan Standard Time.</summary>
internal static class AuditWords
{
    private static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    private static readonly string[] Local =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy/MM/dd HH:mm",
        "yyyy/MM/dd HH:mm:ss",
    ];

    public static Option<string> Data() =>
        new("--data") { Required = true, Description = "data directory" };

    public static Option<bool> Json() => new("--json") { Description = "one JSON object a line" };

    /// <summary>A moment; without an offset it is Japan's.</summary>
    public static Option<DateTimeOffset?> Moment(string name, string description) =>
        new(name)
        {
            Description = description + " (2026-04-01, 2026-04-01 09:30, or with an offset)",
            CustomParser = result => Parse(name, result),
        };

    public static DateTimeOffset? MomentOf(string text)
    {
        string trimmed = text.Trim();
        if (
            DateTime.TryParseExact(
                trimmed,
                Local,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out DateTime local
            )
        )
        {
            return new DateTimeOffset(local, Jst);
        }

        return DateTimeOffset.TryParseExact(
            trimmed,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset moment
        )
            ? moment
            : null;
    }

    public static string Clock(DateTimeOffset moment) =>
        moment.ToOffset(Jst).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Parse(string name, ArgumentResult result)
    {
        if (MomentOf(result.Tokens[0].Value) is { } moment)
        {
            return moment;
        }

        result.AddError($"{name} takes a moment such as 2026-04-01 or \"2026-04-01 09:30\".");
        return null;
    }
}
