using Google.Protobuf;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Incidents;
using Freshness = MinaKyukyu.MedicalInfo.Summaries.Freshness;
using Outcome = MinaKyukyu.MedicalInfo.Summaries.SummaryOutcome;
using SectionState = MinaKyukyu.MedicalInfo.Summaries.SectionState;
using SummaryOutcome = MinaKyukyu.Contracts.MedicalInfo.V1.SummaryOutcome;
using SummaryRow = MinaKyukyu.MedicalInfo.Summaries.SummaryRow;
using SummarySection = MinaKyukyu.MedicalInfo.Summaries.SummarySection;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>However much is on file, a section fits into a message, and says what it leaves out.</summary>
public sealed class LongSectionTests
{
    private const int LargestMessage = 64 * 1024;

    private static CodeBook Codes { get; } =
        CodeBook.Parse(
            "table,value,ja,en,since\nseverity,death,死亡,Death,2026-01-01\n",
            "one row"
        );

    [Theory]
    [InlineData(100, 40, false)]
    [InlineData(2_000, 40, true)]
    [InlineData(2_000, 200, true)]
    public void A_long_section_arrives_with_its_first_rows_and_says_that_there_are_more(
        int rows,
        int letters,
        bool isCut
    )
    {
        SummarySection section = Treatments(rows, letters);
        SummaryPicture picture = new(Codes);
        StreamSummaryResponse told = picture.Of(new SummaryStep.Section(section));
        Assert.True(told.CalculateSize() <= LargestMessage);
        Assert.Equal(isCut, told.Section.Rows.Count < rows);
        Assert.Equal(
            Enumerable.Range(1, told.Section.Rows.Count).Select(RowId),
            told.Section.Rows.Select(r => r.RowId)
        );
        Assert.Equal(isCut, told.Section.Note?.Ja.Contains($"{rows}件のうち") == true);
        // The bound costs a crew little: what is shown fills most of the message.
        Assert.True(!isCut || told.CalculateSize() > LargestMessage / 2);
        // What did not go through is not called complete.
        var end = new SummaryStep.End(Outcome.Complete, [], IsHolderUnknown: false);
        Assert.Equal(
            isCut ? SummaryOutcome.Partial : SummaryOutcome.Complete,
            picture.Of(end).End.Outcome
        );
    }

    [Fact]
    public void What_is_said_of_a_section_anyway_stands_beside_what_is_left_out()
    {
        SummarySection section = Treatments(2_000, 40) with { Missing = [RecordKind.Procedures] };
        string note = new SummaryPicture(Codes)
            .Of(new SummaryStep.Section(section))
            .Section.Note.Ja;
        Assert.Contains("一部未着", note, StringComparison.Ordinal);
        Assert.Contains("2000件のうち", note, StringComparison.Ordinal);
    }

    private static SummarySection Treatments(int rows, int letters) =>
        new(
            SectionKind.Treatments,
            SectionState.Rows,
            Freshness.Fresh,
            TimeProvider.System.GetUtcNow(),
            TimeSpan.Zero,
            [new LookBack(3, LookBackUnit.Months)],
            [
                .. Enumerable
                    .Range(1, rows)
                    .Select(i => new SummaryRow(
                        RowId(i),
                        RowKind.Treatment,
                        new string('処', letters),
                        "J000",
                        "urn:invented",
                        RecordOrigin.Claims,
                        new RecordDate(2026, 10, 3),
                        new LookBack(3, LookBackUnit.Months),
                        "",
                        "",
                        false,
                        false,
                        false
                    )),
            ],
            [],
            null,
            IsSimulated: false
        );

    private static string RowId(int number) => FormattableString.Invariant($"treatments-{number}");
}
