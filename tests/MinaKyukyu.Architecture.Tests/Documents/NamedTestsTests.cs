using MinaKyukyu.Architecture.Tests.Projects;

namespace MinaKyukyu.Architecture.Tests.Documents;

/// <summary>What a document offers as evidence is there.</summary>
public sealed class NamedTestsTests
{
    public static TheoryData<string> Documents { get; } =
    ["docs/THREAT_MODEL.md", "docs/SECURITY_REVIEW.md", "docs/ja/セキュリティ方針対応表.md"];

    private static HashSet<string> Defined { get; } =
        NamedTests.DefinedIn(
            Directory
                .EnumerateFiles(
                    Path.Combine(Repository.Root, "tests"),
                    "*.cs",
                    SearchOption.AllDirectories
                )
                .Select(File.ReadAllText)
        );

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_test_that_a_document_names_is_there(string document)
    {
        IReadOnlyList<string> named = NamedTests.In(Read(document));
        Assert.NotEmpty(named);
        Assert.Equal([], named.Except(Defined));
    }

    [Fact]
    public void Every_numbered_must_names_a_test_and_has_its_own_number()
    {
        string model = Read("docs/THREAT_MODEL.md");
        Assert.Empty(NamedTests.RowsWithoutTest(model));
        IReadOnlyList<string> numbers = NamedTests.Numbers(model);
        Assert.Equal(numbers.Distinct().Count(), numbers.Count);
    }

    [Fact]
    public void A_planted_name_and_a_planted_bare_must_are_caught()
    {
        const string planted =
            "| M1 | It holds. | `This_is_a_test_that_nobody_wrote` |\n| M2 | So does it. | – |\n";
        Assert.DoesNotContain(Assert.Single(NamedTests.In(planted)), Defined);
        Assert.Equal(["M2"], NamedTests.RowsWithoutTest(planted));
    }

    private static string Read(string document) =>
        File.ReadAllText(Path.Combine(Repository.Root, document));
}
