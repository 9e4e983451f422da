using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using static MinaKyukyu.MedicalInfo.Tests.Invented;

namespace MinaKyukyu.MedicalInfo.Tests.Summaries;

public sealed class MedicineMergeTests
{
    [Fact]
    public void Of_one_prescription_that_arrives_three_times_the_claim_stays_current()
    {
        IReadOnlyList<RankedRow> merged = MedicineMerge.Merge([
            new RankedRow(Medicine("A", null, 10, other: ""), RecordOrigin.Prescribed),
            new RankedRow(Medicine("A", 10, 10), RecordOrigin.Dispensed),
            new RankedRow(Medicine("A", 10, 10), RecordOrigin.Claims),
        ]);

        Assert.Equal(3, merged.Count);
        Assert.Equal(RecordOrigin.Claims, Assert.Single(merged, r => !r.Superseded).Origin);
    }

    [Fact]
    public void Dispensed_beats_prescribed_as_long_as_there_is_no_claim()
    {
        IReadOnlyList<RankedRow> merged = MedicineMerge.Merge([
            new RankedRow(Medicine("A", null, 10), RecordOrigin.Prescribed),
            new RankedRow(Medicine("A", 8, 10), RecordOrigin.Dispensed),
        ]);

        Assert.Equal(RecordOrigin.Dispensed, Assert.Single(merged, r => !r.Superseded).Origin);
    }

    [Fact]
    public void Two_drugs_of_one_claim_both_stay()
    {
        IReadOnlyList<RankedRow> merged = MedicineMerge.Merge([
            new RankedRow(Medicine("A", 10, 10), RecordOrigin.Claims),
            new RankedRow(Medicine("B", 10, 10), RecordOrigin.Claims),
        ]);

        Assert.All(merged, r => Assert.False(r.Superseded));
    }

    [Fact]
    public void The_same_row_of_the_same_rank_is_not_added_again()
    {
        IReadOnlyList<RankedRow> merged = MedicineMerge.Merge([
            new RankedRow(Medicine("A", 10, 10), RecordOrigin.Claims),
            new RankedRow(Medicine("A", 10, 10), RecordOrigin.Claims),
        ]);

        Assert.Single(merged, r => r.Superseded);
    }

    [Fact]
    public void Another_dispensing_date_is_another_prescription()
    {
        IReadOnlyList<RankedRow> merged = MedicineMerge.Merge([
            new RankedRow(Medicine("A", 40, 40), RecordOrigin.Claims),
            new RankedRow(Medicine("A", 10, 10), RecordOrigin.Dispensed),
        ]);

        Assert.All(merged, r => Assert.False(r.Superseded));
    }

    [Fact]
    public void Another_institution_on_the_same_day_is_another_prescription()
    {
        IReadOnlyList<RankedRow> merged = MedicineMerge.Merge([
            new RankedRow(Medicine("A", 10, 10), RecordOrigin.Claims),
            new RankedRow(Medicine("A", 10, 10, OtherClinic), RecordOrigin.Dispensed),
            new RankedRow(Medicine("A", null, 10, "9910000008"), RecordOrigin.Prescribed),
        ]);

        Assert.All(merged, r => Assert.False(r.Superseded));
    }

    [Fact]
    public void Two_prescriptions_of_one_pharmacy_are_not_taken_for_one()
    {
        // Neither names its prescriber: a pharmacy must not become the key.
        IReadOnlyList<RankedRow> merged = MedicineMerge.Merge([
            new RankedRow(Medicine("A", 10, 10, prescriber: ""), RecordOrigin.Claims),
            new RankedRow(Medicine("B", 10, 10, prescriber: ""), RecordOrigin.Dispensed),
        ]);

        Assert.All(merged, r => Assert.False(r.Superseded));
    }

    [Theory]
    [InlineData("9910000002", "9940000001", "9910000002")]
    [InlineData("9930000002", "9940000001", "9930000002")]
    [InlineData("9940000001", "9910000002", "9910000002")]
    [InlineData("", "9910000002", "9910000002")]
    [InlineData("991000000", "9940000001", null)]
    [InlineData("99100000029", "", null)]
    [InlineData("99A0000002", "", null)]
    public void The_institution_of_the_key_is_the_prescriber_or_else_the_other_never_a_pharmacy(
        string prescriber,
        string other,
        string? key
    ) => Assert.Equal(key, MedicineMerge.InstitutionOf(Medicine("A", 1, 1, prescriber, other)));

    [Fact]
    public void A_month_without_a_day_makes_no_key()
    {
        SourceRow monthOnly = Medicine("A", 10, 10) with
        {
            On = new RecordDate(2026, 3, 0),
            PrescribedOn = null,
        };
        IReadOnlyList<RankedRow> merged = MedicineMerge.Merge([
            new RankedRow(monthOnly, RecordOrigin.Claims),
            new RankedRow(monthOnly with { Code = "B" }, RecordOrigin.Dispensed),
        ]);

        Assert.All(merged, r => Assert.False(r.Superseded));
    }

    [Fact]
    public void Whatever_comes_in_goes_out_in_any_order()
    {
        const int seed = 7;
        Random chance = new(seed);
        for (int round = 0; round < 300; round++)
        {
            List<RankedRow> rows =
            [
                .. Enumerable
                    .Range(0, chance.Next(1, 12))
                    .Select(_ => new RankedRow(
                        Medicine(
                            chance
                                .Next(3)
                                .ToString(System.Globalization.CultureInfo.InvariantCulture),
                            chance.Next(2) == 0 ? null : chance.Next(4),
                            chance.Next(4)
                        ),
                        (RecordOrigin)chance.Next(1, 4)
                    )),
            ];
            IReadOnlyList<RankedRow> merged = MedicineMerge.Merge(rows);
            IReadOnlyList<RankedRow> shuffled = MedicineMerge.Merge(
                rows.OrderBy(_ => chance.Next())
            );

            Assert.Equal(rows.Count, merged.Count);
            Assert.True(merged.Any(r => !r.Superseded), $"seed {seed}, round {round}");
            Assert.Equal(merged.Count(r => r.Superseded), shuffled.Count(r => r.Superseded));
        }
    }
}
