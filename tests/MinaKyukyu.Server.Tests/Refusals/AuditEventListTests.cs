using System.Reflection;
using System.Text.RegularExpressions;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Server.Tests.Wire;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>docs/AUDIT_EVENTS.md lists every event that the program can write, and no other.</summary>
public sealed partial class AuditEventListTests
{
    private static readonly string Guide = File.ReadAllText(
        Path.Combine(ServedHouse.Root, "docs", "AUDIT_EVENTS.md")
    );

    /// <summary>An event is a constant whose name ends with "Event"; the next test holds that nobody writes one otherwise.</summary>
    private static string[] Events =>
        [
            .. Directory
                .EnumerateFiles(AppContext.BaseDirectory, "MinaKyukyu.*.dll")
                .Where(file => !Path.GetFileName(file).Contains("Tests", StringComparison.Ordinal))
                .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
                .SelectMany(type =>
                    type.GetFields(
                        BindingFlags.Static
                            | BindingFlags.Public
                            | BindingFlags.NonPublic
                            | BindingFlags.DeclaredOnly
                    )
                )
                .Where(constant =>
                    constant.IsLiteral
                    && constant.FieldType == typeof(string)
                    && constant.Name.EndsWith("Event", StringComparison.Ordinal)
                )
                .Select(constant => (string)constant.GetRawConstantValue()!)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    [Fact]
    public void The_guide_has_a_heading_for_every_event_and_for_no_other()
    {
        Assert.Contains(AccessDecisions.GrantedEvent, Events);
        Assert.Equal(
            Events,
            Heading()
                .Matches(Guide)
                .Select(m => m.Groups["event"].Value)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_audit_row_is_written_under_a_constant_that_this_test_sees()
    {
        string[] written =
        [
            .. Directory
                .EnumerateFiles(
                    Path.Combine(ServedHouse.Root, "src"),
                    "*.cs",
                    SearchOption.AllDirectories
                )
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
                .SelectMany(file => Written().Matches(File.ReadAllText(file)))
                .Select(m => m.Groups["first"].Value),
        ];
        Assert.InRange(written.Length, 4, 1_000);
        // SummaryAudit has one place for its rows, whose callers name the constant.
        Assert.All(written, first => Assert.Matches("Event$", first));
        string summary = File.ReadAllText(
            Path.Combine(
                ServedHouse.Root,
                "src",
                "MinaKyukyu.Authorization",
                "Grants",
                "SummaryAudit.cs"
            )
        );
        Assert.Equal(3, Regex.Count(summary, @"\bRow\(\s*\w+Event,", RegexOptions.None, Limit));
    }

    private static TimeSpan Limit => TimeSpan.FromSeconds(1);

    [GeneratedRegex("^## `(?<event>[a-z.-]+)`$", RegexOptions.Multiline, 1_000)]
    private static partial Regex Heading();

    [GeneratedRegex(
        @"(new AuditEntry|AuditEntry \w+ = new)\(\s*(?<first>[^,\s]+),",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Written();
}
