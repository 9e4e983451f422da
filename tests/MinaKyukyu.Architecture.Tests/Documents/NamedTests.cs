using System.Text.RegularExpressions;

namespace MinaKyukyu.Architecture.Tests.Documents;

/// <summary>Finds the tests that a document names as its evidence, and those that are there.</summary>
public static partial class NamedTests
{
    /// <summary>Names in code marks that are spelt as our tests are: sentences with underscores.</summary>
    public static IReadOnlyList<string> In(string document) =>
        [.. Sentence().Matches(document).Select(m => m.Groups["name"].Value).Distinct()];

    public static HashSet<string> DefinedIn(IEnumerable<string> sources) =>
        [.. sources.SelectMany(s => Definition().Matches(s)).Select(m => m.Groups["name"].Value)];

    /// <summary>Rows of a table whose first cell is a number such as M17 and that name no test.</summary>
    public static IReadOnlyList<string> RowsWithoutTest(string document) =>
        [
            .. document
                .Split('\n')
                .Where(line => NumberedRow().IsMatch(line) && In(line).Count == 0)
                .Select(line => line.Split('|')[1].Trim()),
        ];

    public static IReadOnlyList<string> Numbers(string document) =>
        [
            .. document
                .Split('\n')
                .Where(line => NumberedRow().IsMatch(line))
                .Select(line => line.Split('|')[1].Trim()),
        ];

    [GeneratedRegex(
        @"`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+)`",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Sentence();

    [GeneratedRegex(
        @"\b(void|Task)\s+(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+)\s*\(",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Definition();

    [GeneratedRegex(@"^\| M\d+ \|", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberedRow();
}
