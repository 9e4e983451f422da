using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Incidents.Tests.Codes;

public class CodeBookTests
{
    private const string Header = "table,value,ja,en,since\n";

    private static string ShippedFile { get; } = FindShippedFile();

    private static string FindShippedFile()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MinaKyukyu.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "codes", "fdma-2026.csv");
    }

    private static CodeBook Shipped => CodeBook.Parse(File.ReadAllText(ShippedFile), ShippedFile);

    [Fact]
    public void The_shipped_file_has_every_table_that_the_wire_names()
    {
        Assert.Equal(
            [
                "incident-type",
                "awareness",
                "age-band",
                "sex",
                "severity",
                "no-transport-reason",
                "refusal-reason",
                "no-view-reason",
                "override-reason",
                "cancel-reason",
                "consent-not-obtainable",
                "treatment",
                "closure-kind",
                "emergency-finding",
            ],
            Shipped.Tables.AsEnumerable()
        );
        Assert.Equal(14, Shipped.List("incident-type").Length);
    }

    [Fact]
    public void A_category_is_found_with_its_words_and_its_first_day()
    {
        CodeEntry illness = Shipped.Find(new Code("incident-type", "sudden-illness"))!;

        Assert.Equal(("急病", "Sudden illness"), (illness.Ja, illness.En));
        Assert.Equal(new DateOnly(2026, 1, 1), illness.Since);
        Assert.False(Shipped.Contains(new Code("incident-type", "no-card")));
        Assert.Empty(Shipped.List("no-such-table"));
    }

    [Theory]
    [InlineData("", "line 1: there is no category in it")]
    [InlineData("table,value,ja\n", "line 1: the header is")]
    [InlineData(Header, "line 2: there is no category in it")]
    [InlineData(Header + "a,1,火災\n", "line 2: five cells")]
    [InlineData(Header + "# fine\na,1,\"火災\",Fire,2026-01-01\n", "line 3: five cells")]
    [InlineData(Header + "a b,1,火災,Fire,2026-01-01\n", "line 2: table and value")]
    [InlineData(Header + "a,1,,Fire,2026-01-01\n", "line 2: a category has")]
    [InlineData(Header + "a,1,火災,Fire,2026/01/01\n", "line 2: since is a date")]
    [InlineData(
        Header + "a,1,火災,Fire,2026-01-01\na,1,水難,Water,2026-01-01\n",
        "line 3: a/1 stands in line 2 already"
    )]
    public void A_broken_file_names_file_and_line(string text, string expected)
    {
        var broken = Assert.Throws<CodeBookException>(() => CodeBook.Parse(text, "codes/x.csv"));
        Assert.StartsWith($"codes/x.csv, {expected}", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_from_another_editor_reads_the_same()
    {
        var book = CodeBook.Parse(
            "\uFEFF"
                + Header.Replace("\n", "\r\n", StringComparison.Ordinal)
                + "\r\na,1,火災,Fire,2026-01-01\r\n",
            "x"
        );
        Assert.True(book.Contains(new Code("a", "1")));
    }
}
