using System.Text.RegularExpressions;

namespace MinaKyukyu.Forecasting.Runs;

/// <summary>Nobody is scored: a column that speaks of a person or a crew is no column of runs.</summary>
internal static partial class PersonWords
{
    private static readonly string[] Japanese =
    [
        "隊員",
        "隊長",
        "氏名",
        "名前",
        "職員",
        "性別",
        "年齢",
        "生年月日",
        "傷病者",
        "患者",
    ];

    private static readonly HashSet<string> English = new(StringComparer.OrdinalIgnoreCase)
    {
        "crew",
        "person",
        "personnel",
        "people",
        "member",
        "staff",
        "employee",
        "paramedic",
        "driver",
        "patient",
        "sex",
        "gender",
        "birth",
        "birthday",
        "birthdate",
        "surname",
        "nationality",
    };

    /// <summary>The word by which a name speaks of a person; null: it does not.</summary>
    public static string? FindIn(string name)
    {
        foreach (string word in Japanese)
        {
            if (name.Contains(word, StringComparison.Ordinal))
            {
                return word;
            }
        }

        string[] words = [.. Word().Matches(name).Select(match => match.Value)];
        for (int i = 0; i < words.Length; i++)
        {
            // The age of a position is a property of a tablet.
            bool isAge =
                Is(words[i], "age")
                && !(i > 0 && (Is(words[i - 1], "position") || Is(words[i - 1], "fix")));
            bool isPlural = words[i].EndsWith('s') && English.Contains(words[i][..^1]);
            if (isAge || isPlural || English.Contains(words[i]))
            {
                return words[i];
            }
        }

        return null;
    }

    private static bool Is(string word, string other) =>
        word.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Words of snake_case, kebab-case and CamelCase.</summary>
    [GeneratedRegex(
        "[A-Z]?[a-z]+|[A-Z]+(?![a-z])",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Word();
}
