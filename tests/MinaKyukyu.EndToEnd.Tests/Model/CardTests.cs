using System.Xml;
using System.Xml.Linq;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.EndToEnd.Tests.Model;

/// <summary>The card of a model that learned from runs of the sample city: what it shows, and what it must not.</summary>
public sealed class CardTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_card_is_one_whole_page_that_fetches_nothing_and_tells_of_no_run()
    {
        await LearnAsync();
        string file = _directory.In("card.html");
        (int exit, _, string errors) = await CardAsync(
            file,
            "--from",
            "2026-02-02",
            "--note",
            "<b>架空</b> & \"runs\""
        );
        Assert.True(exit == 0, errors);

        string page = await File.ReadAllTextAsync(file);
        XElement root = Parse(page);
        Assert.Equal(
            ["head", "key-figures", "reliability", "errors", "importance", "examples", "limits"],
            root.Descendants()
                .Where(element => element.Name.LocalName is "header" or "section")
                .Select(element => (string?)element.Attribute("id"))
        );
        Assert.Contains("<b>架空</b> & \"runs\"", root.Value, StringComparison.Ordinal);
        Assert.Contains("職員・隊は採点しません", root.Value, StringComparison.Ordinal);
        Assert.True(root.Descendants("svg").Count() >= 8);
        Assert.All(
            root.Descendants("svg"),
            picture => Assert.NotEmpty(picture.Element("title")!.Value)
        );

        Assert.DoesNotContain(root.Descendants(), e => Fetches.Contains(e.Name.LocalName));
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("sim-0", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9]{2}:[0-9]{2}", root.Value);
        // The station with three runs in the file stands in no picture, only among the others.
        Assert.DoesNotContain("hanare", page, StringComparison.Ordinal);
        Assert.Contains("その他の合計 others", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"overlap\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_over_the_training_window_says_so_in_red_and_is_refused_unless_allowed()
    {
        await LearnAsync();
        string file = _directory.In("card.html");
        (int exit, _, string errors) = await CardAsync(file);
        Assert.Equal(1, exit);
        Assert.Contains("training window", errors, StringComparison.Ordinal);
        XElement warning = Parse(await File.ReadAllTextAsync(file))
            .Descendants()
            .First(element => (string?)element.Attribute("id") == "overlap");
        Assert.Equal("warning", (string?)warning.Attribute("class"));

        Assert.Equal(0, (await CardAsync(file, "--allow-overlap")).Exit);
        Assert.Contains(
            "id=\"overlap\"",
            await File.ReadAllTextAsync(file),
            StringComparison.Ordinal
        );
    }

    private static HashSet<string> Fetches { get; } =
        new(StringComparer.Ordinal)
        {
            "script",
            "link",
            "img",
            "image",
            "iframe",
            "object",
            "embed",
            "use",
            "a",
        };

    private static XElement Parse(string page)
    {
        using var reader = XmlReader.Create(
            new StringReader(page),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null }
        );
        return XElement.Load(reader);
    }

    private Task<(int Exit, string Output, string Errors)> CardAsync(
        string file,
        params string[] more
    ) =>
        MinaProcess.RunAsync([
            "model",
            "card",
            "--model",
            _directory.In("model"),
            "--in",
            _directory.In("runs.csv"),
            "--out",
            file,
            .. more,
        ]);

    /// <summary>Six weeks of invented runs, the last three of them of a station that has no others; four weeks are learned.</summary>
    private async Task LearnAsync()
    {
        string runs = _directory.In("runs.csv");
        await MustAsync("simulate-runs", "--weeks", "6", "--seed", "7", "--out", runs);
        string[] lines = await File.ReadAllLinesAsync(runs);
        int station = Array.IndexOf(lines[0].Split(','), "station");
        for (int i = lines.Length - 3; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            cells[station] = "hanare";
            lines[i] = string.Join(',', cells);
        }

        await File.WriteAllLinesAsync(runs, lines);
        await MustAsync(
            "train",
            "--schema",
            Path.Combine(Repository.Root, "samples", "schemas", "journal.json"),
            "--in",
            runs,
            "--until",
            "2026-02-02",
            "--out",
            _directory.In("model")
        );
    }

    private static async Task MustAsync(params string[] words)
    {
        (int exit, _, string errors) = await MinaProcess.RunAsync(["model", .. words]);
        Assert.True(exit == 0, errors);
    }
}
