using Xunit.Abstractions;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>Each row refuses with its reason and changes nothing; its twin, mended in one thing, is granted.</summary>
public sealed class NegativeTableTests(ITestOutputHelper output)
{
    private const int Fewest = 500;

    public static TheoryData<string> Names => [.. NegativeTable.Rows.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Refuses_with_its_reason_and_changes_nothing(string name)
    {
        NegativeRow row = NegativeTable.Find(name);
        await row.Wrong.IsRefusedAsync(row.Reason);
    }

    /// <summary>Rows share their twins; each twin is walked once.</summary>
    [Fact]
    public async Task Grants_the_positive_twin_of_every_row()
    {
        HashSet<Attempt> walked = new(ReferenceEqualityComparer.Instance);
        foreach (NegativeRow row in NegativeTable.Rows.Where(r => walked.Add(r.Mended)))
        {
            try
            {
                await row.Mended.IsGrantedAsync();
            }
            catch (Xunit.Sdk.XunitException e)
            {
                throw new InvalidOperationException($"The twin of \"{row.Name}\" is refused.", e);
            }
        }

        output.WriteLine($"{walked.Count} twins");
    }

    [Fact]
    public void Every_check_has_a_row_that_it_alone_refuses()
    {
        ILookup<Check, NegativeRow> rows = NegativeTable.Rows.ToLookup(r => r.Check);
        foreach (Check check in Enum.GetValues<Check>())
        {
            output.WriteLine($"{check}: {rows[check].Count()}");
        }

        Assert.All(Enum.GetValues<Check>(), check => Assert.True(rows.Contains(check), $"{check}"));
    }

    [Fact]
    public void The_table_has_its_five_hundred_rows_and_no_name_twice()
    {
        output.WriteLine($"{NegativeTable.Rows.Count} rows, seed {NegativeTable.Seed}");
        Assert.True(NegativeTable.Rows.Count >= Fewest);
        Assert.Empty(
            NegativeTable
                .Rows.GroupBy(r => r.Name, StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
                .Select(g => g.Key)
        );
    }
}
