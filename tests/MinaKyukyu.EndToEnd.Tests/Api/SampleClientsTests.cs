using System.Text.Json.Nodes;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.EndToEnd.Tests.Api;

/// <summary>The programs that a maker of command systems starts from, run by the commands of their own guide.</summary>
public sealed class SampleClientsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("python")]
    [InlineData("node")]
    public async Task Feeds_a_day_and_may_feed_it_again(string language)
    {
        Guide guide = await Guide.ReadAsync("samples/clients/README.md");
        using var directory = new TemporaryDirectory();
        Guide.Link(directory, "protos");
        Guide.Copy(directory, "samples/clients");
        await using MinaProcess mina = MinaProcess.Serve(directory.In("data"), "--demo-identities");
        string address = (await mina.GrpcAsync()).Authority;
        string events = Assert.Single(
            guide.Texts("sh"),
            t => t.StartsWith("sed ", StringComparison.Ordinal)
        );
        string feed = FeedOf(guide, language, address);
        await Guide.ShellAsync(directory.Path, events, Patience);

        JsonNode[] day = Lines(await Guide.ShellAsync(directory.Path, feed, Patience));
        JsonNode[] again = Lines(await Guide.ShellAsync(directory.Path, feed, Patience));

        int count = File.ReadLines(directory.In("events.jsonl")).Count();
        Assert.Equal(count, day.Count(line => line["done"] is not null));
        Assert.Equal(["kita-2", "minami-1"], Told(day, "advice"));
        Assert.Equal(["kita-2", "minami-1"], Told(day, "order"));
        JsonNode advice = day.First(line => line["advice"] is not null);
        Assert.True((int)advice["seconds"]! > 0);
        Assert.Contains("予測で最も早く着く", advice["why"]!.AsArray().Select(why => (string?)why));

        // After a crash: every event is taken again, nobody is ordered twice, and the orders that stand are told.
        Assert.Equal(count, again.Count(line => line["done"] is not null));
        Assert.Empty(Told(again, "advice"));
        Assert.Equal(["kita-2", "minami-1"], Told(again, "order").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(
        "python",
        """{"event": "on-duty", "unit": "kita-99", "at": 1}""",
        "UNAUTHENTICATED"
    )]
    [InlineData("node", """{"event": "on-duty", "unit": "kita-99", "at": 1}""", "UNAUTHENTICATED")]
    [InlineData("python", """{"event": "order", "number": "Z-1"}""", "Z-1")]
    [InlineData("node", """{"event": "order", "number": "Z-1"}""", "Z-1")]
    [InlineData("python", "nonsense", "JSON")]
    [InlineData("node", "nonsense", "JSON")]
    public async Task Says_in_one_line_what_was_wrong_with_an_event(
        string language,
        string text,
        string said
    )
    {
        Guide guide = await Guide.ReadAsync("samples/clients/README.md");
        using var directory = new TemporaryDirectory();
        Guide.Link(directory, "protos");
        Guide.Copy(directory, "samples/clients");
        await using MinaProcess mina = MinaProcess.Serve(directory.In("data"), "--demo-identities");
        await File.WriteAllTextAsync(directory.In("events.jsonl"), text + "\n");

        string output = await Guide.ShellAsync(
            directory.Path,
            $"({FeedOf(guide, language, (await mina.GrpcAsync()).Authority)}) 2>&1 || true",
            Patience
        );

        string last = output.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("events line 1: ", last, StringComparison.Ordinal);
        Assert.Contains(said, last, StringComparison.Ordinal);
    }

    private static string FeedOf(Guide guide, string language, string address) =>
        Assert
            .Single(
                guide.Texts("sh"),
                t => t.Contains($"clients/{language}/command_system", StringComparison.Ordinal)
            )
            .Replace("127.0.0.1:5081", address, StringComparison.Ordinal);

    private static IEnumerable<string> Told(IEnumerable<JsonNode> lines, string word) =>
        lines.Where(line => line[word] is not null).Select(line => (string)line[word]!);

    /// <summary>npm says a word of its own before the program does.</summary>
    private static JsonNode[] Lines(string output) =>
        [
            .. output
                .Split('\n')
                .Where(line => line.StartsWith('{'))
                .Select(line => JsonNode.Parse(line)!),
        ];
}
