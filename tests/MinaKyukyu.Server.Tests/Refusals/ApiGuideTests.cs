using System.Text.RegularExpressions;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Tests.Wire;

namespace MinaKyukyu.Server.Tests.Refusals;

/// <summary>docs/API.md lists what the server says, all of it and nothing else.</summary>
public sealed partial class ApiGuideTests
{
    private static readonly string Guide = File.ReadAllText(
        Path.Combine(ServedHouse.Root, "docs", "API.md")
    );

    [Fact]
    public void The_guide_lists_every_reason_with_its_status_and_sentences()
    {
        IEnumerable<string> said = RefusalSentences.All.Select(r =>
            $"| `{r.Reason}` | {Refusal.CodeOf(r.Status.ToString())} | {r.Ja} | {r.En} |"
        );
        Assert.Equal(said, Guide.Split('\n').Where(line => ReasonRow().IsMatch(line)));
    }

    [Fact]
    public void The_guide_lists_every_method_and_which_come_later()
    {
        foreach (
            IGrouping<string, WireMethod> service in WireMethod.All.GroupBy(m =>
                m.Descriptor.Service.FullName
            )
        )
        {
            string row = Assert.Single(
                Guide.Split('\n'),
                line => line.StartsWith($"| `{service.Key}` |", StringComparison.Ordinal)
            );
            string[] cells = row.Split('|');
            Assert.Equal(NamesOf(service.Where(m => !m.IsLater)), NamesIn(cells[2]));
            Assert.Equal(NamesOf(service.Where(m => m.IsLater)), NamesIn(cells[3]));
        }
    }

    [Fact]
    public void Every_refusal_of_every_room_has_its_sentence()
    {
        HashSet<string> known = [.. RefusalSentences.All.Select(r => r.Reason)];
        IEnumerable<string> rooms = Enum.GetValues<IncidentRefusal>()
            .Select(r => Refusal.Of(r).Reason)
            .Concat(Enum.GetValues<DeviceRefusal>().Select(r => Refusal.Of(r).Reason))
            .Concat(Enum.GetValues<MemberRefusal>().Select(r => Refusal.Of(r).Reason))
            .Concat(Enum.GetValues<RoadRefusal>().Select(r => Refusal.Of(r).Reason))
            .Concat(Enum.GetValues<DutyRefusal>().Select(r => Refusal.Of(r).Reason))
            .Concat(Enum.GetValues<RefusalReason>().Select(r => CardReasons.Of(r).Reason));
        Assert.All(rooms, reason => Assert.Contains(reason, known));
    }

    [Fact]
    public void Every_reason_that_the_server_names_in_its_code_has_its_sentence()
    {
        HashSet<string> known = [.. RefusalSentences.All.Select(r => r.Reason)];
        string[] named =
        [
            .. Directory
                .EnumerateFiles(
                    Path.Combine(ServedHouse.Root, "src", "MinaKyukyu.Server"),
                    "*.cs",
                    SearchOption.AllDirectories
                )
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
                .SelectMany(file => NamedReason().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups["name"].Value),
        ];
        Assert.InRange(named.Length, 10, 1_000);
        Assert.All(named, reason => Assert.Contains(reason, known));
    }

    [Fact]
    public void No_sentence_for_a_crew_is_missing_or_holds_Latin_words() =>
        Assert.All(
            RefusalSentences.All,
            row =>
            {
                Assert.Matches("[ぁ-んァ-ヶ一-龠].*。$", row.Ja);
                Assert.DoesNotMatch("[A-Za-z]", row.Ja);
                Assert.Matches("^[A-Z].*\\.$", row.En);
            }
        );

    private static IEnumerable<string> NamesOf(IEnumerable<WireMethod> methods) =>
        methods.Select(m => m.Descriptor.Name);

    private static IEnumerable<string> NamesIn(string cell) =>
        MethodName().Matches(cell).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(
        @"^\| `[A-Z_]+` \|",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex ReasonRow();

    [GeneratedRegex(
        "`(?<name>[A-Za-z]+)`",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex MethodName();

    [GeneratedRegex(
        "(?:new Refusal\\(|const string \\w+ = )\"(?<name>[A-Z]+(?:_[A-Z]+)+)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex NamedReason();
}
