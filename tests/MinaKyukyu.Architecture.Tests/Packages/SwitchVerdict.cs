using System.Text.RegularExpressions;

namespace MinaKyukyu.Architecture.Tests.Packages;

/// <summary>Whether a restore with <c>PublicPackages=true</c> went well, or failed only because the source does not carry everything.</summary>
internal static partial class SwitchVerdict
{
    /// <summary>The words of NuGet for "the source does not carry it" or "the source does not answer".</summary>
    private static readonly string[] s_wantOfPackages =
    [
        "NU1100", // No source has it, or none was given.
        "NU1101", // No package of that name.
        "NU1102", // The package, but no version that is asked for.
        "NU1103", // Only pre-releases of it.
        "NU1301", // The source does not answer, or refuses a package.
        "NU1900", // The source does not say what is known to be vulnerable.
    ];

    /// <returns>One sentence for each thing that is wrong with the switch itself; empty when it stands.</returns>
    public static IEnumerable<string> Wrong(CommandResult restore)
    {
        if (restore.ExitCode == 0)
        {
            return [];
        }

        string[] errors = [.. Errors().Matches(restore.Output).Select(m => m.Value).Distinct()];
        return errors.Length == 0
            ? [$"The restore failed and did not say why: {restore.Output}"]
            :
            [
                .. errors
                    .Where(e =>
                        !s_wantOfPackages.Any(w =>
                            e.Contains($"error {w}", StringComparison.Ordinal)
                        )
                    )
                    .Select(e => $"The switch itself is broken: {e.Trim()}"),
            ];
    }

    [GeneratedRegex(
        @"^.*\berror [A-Z]+\d+:.*$",
        RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Errors();
}
