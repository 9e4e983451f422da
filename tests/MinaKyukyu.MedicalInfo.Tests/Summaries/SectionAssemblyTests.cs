using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.TestKit;
using static MinaKyukyu.MedicalInfo.Tests.Invented;

namespace MinaKyukyu.MedicalInfo.Tests.Summaries;

public sealed class SectionAssemblyTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(
        SectionKind.Medicines,
        RecordKind.ClaimedMedicines,
        RowKind.Medicine,
        "2026-01-01",
        true
    )]
    [InlineData(
        SectionKind.Medicines,
        RecordKind.ClaimedMedicines,
        RowKind.Medicine,
        "2025-12-31",
        false
    )]
    [InlineData(
        SectionKind.Medicines,
        RecordKind.DispensedMedicines,
        RowKind.Medicine,
        "2026-02-15",
        true
    )]
    [InlineData(
        SectionKind.Medicines,
        RecordKind.DispensedMedicines,
        RowKind.Medicine,
        "2026-02-14",
        false
    )]
    [InlineData(SectionKind.Risks, RecordKind.Procedures, RowKind.Dialysis, "2025-12-31", false)]
    [InlineData(SectionKind.Risks, RecordKind.Procedures, RowKind.Surgery, "2021-04-01", true)]
    [InlineData(SectionKind.Risks, RecordKind.Procedures, RowKind.Surgery, "2021-03-31", false)]
    [InlineData(
        SectionKind.Treatments,
        RecordKind.Procedures,
        RowKind.Treatment,
        "2025-12-31",
        false
    )]
    [InlineData(SectionKind.Visits, RecordKind.Visits, RowKind.Visit, "2025-12-31", false)]
    [InlineData(SectionKind.Visits, RecordKind.Visits, RowKind.Visit, "2026-01", true)]
    [InlineData(
        SectionKind.Conditions,
        RecordKind.Conditions,
        RowKind.Condition,
        "2021-04-01",
        true
    )]
    [InlineData(SectionKind.Conditions, RecordKind.Conditions, RowKind.Condition, "2020", false)]
    public void Shows_a_row_only_inside_the_window_of_its_source(
        SectionKind section,
        RecordKind kind,
        RowKind row,
        string on,
        bool isShown
    )
    {
        SummarySection shown = Assemble(
            section,
            Reading(kind, Found(Row(row) with { On = RecordDate.Parse(on) }))
        );

        Assert.Equal(isShown ? 1 : 0, shown.Rows.Count);
    }

    [Fact]
    public void A_row_that_is_kept_longer_has_no_window()
    {
        SourceRow old = Row(RowKind.Condition) with
        {
            On = RecordDate.Parse("2009-01-01"),
            IsKeptLonger = true,
        };

        Assert.Single(
            Assemble(SectionKind.Allergies, Reading(RecordKind.Allergies, Found(old))).Rows
        );
    }

    [Fact]
    public void A_row_without_a_date_is_shown_without_a_date()
    {
        SourceRow undated = Row(RowKind.Visit) with { On = null };

        Assert.Null(
            Assert
                .Single(
                    Assemble(SectionKind.Visits, Reading(RecordKind.Visits, Found(undated))).Rows
                )
                .AsOf
        );
    }

    [Fact]
    public void An_empty_section_still_names_its_windows()
    {
        SummarySection risks = Assemble(
            SectionKind.Risks,
            Reading(RecordKind.Procedures, new SourceAnswer.Nothing(IsSimulated: false))
        );

        Assert.Equal(SectionState.NothingOnFile, risks.State);
        Assert.Equal(
            [new LookBack(3, LookBackUnit.Months), new LookBack(5, LookBackUnit.Years)],
            risks.Windows
        );
    }

    [Fact]
    public void A_part_that_could_not_be_read_is_never_shown_as_nothing_on_file()
    {
        SummarySection visits = Assemble(
            SectionKind.Visits,
            Reading(
                RecordKind.Visits,
                new SourceAnswer.Found([], IsWhole: false, IsSimulated: false)
            )
        );

        Assert.Equal(SectionState.Unavailable, visits.State);
        Assert.Equal(UnavailableReason.Malformed, visits.Reason);
    }

    [Fact]
    public void Keeps_superseded_rows_behind_the_current_ones_with_their_mark()
    {
        SummarySection medicines = Assemble(
            SectionKind.Medicines,
            Reading(RecordKind.ClaimedMedicines, Found(Medicine("A", 10, 10))),
            Reading(
                RecordKind.DispensedMedicines,
                Found(Medicine("A", 10, 10), Medicine("B", 3, 3))
            ),
            Reading(RecordKind.PrescribedMedicines, new SourceAnswer.Nothing(IsSimulated: true))
        );

        Assert.Equal(["B", "A", "A"], medicines.Rows.Select(r => r.Code));
        Assert.Equal([false, false, true], medicines.Rows.Select(r => r.Superseded));
        Assert.Equal(
            ["medicines-1", "medicines-2", "medicines-3"],
            medicines.Rows.Select(r => r.RowId)
        );
        Assert.True(medicines.IsSimulated);
    }

    [Fact]
    public void The_mark_of_what_the_patient_was_not_told_goes_along()
    {
        SummarySection conditions = Assemble(
            SectionKind.Conditions,
            Reading(
                RecordKind.Conditions,
                Found(Row(RowKind.Condition) with { PatientNotTold = true })
            ),
            Reading(RecordKind.PregnancyStatus, new SourceAnswer.Nothing(IsSimulated: false))
        );

        Assert.True(Assert.Single(conditions.Rows).PatientNotTold);
    }

    private SummarySection Assemble(SectionKind section, params RecordReading[] readings) =>
        SectionAssembly.Assemble(section, readings, Today, _time, TimeSpan.FromMinutes(10));

    private RecordReading Reading(RecordKind kind, SourceAnswer answer) =>
        new(kind, answer, _time.GetUtcNow(), _time.GetTimestamp());
}
