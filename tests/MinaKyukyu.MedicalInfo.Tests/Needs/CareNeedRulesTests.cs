using MinaKyukyu.MedicalInfo.Needs;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Vocabulary.Patients;
using static MinaKyukyu.MedicalInfo.Tests.Invented;

namespace MinaKyukyu.MedicalInfo.Tests.Needs;

public sealed class CareNeedRulesTests
{
    private const string Warfarin = "3332001F1024";

    [Fact]
    public void Dialysis_within_three_months_needs_dialysis_and_names_the_row()
    {
        CareNeedFinding finding = Assert.Single(
            Evaluate(
                SectionKind.Risks,
                Line("risks-2", RowKind.Dialysis, "J038", Fee, "2026-01-01")
            )
        );

        Assert.Equal(CareNeeds.Dialysis, finding.Need);
        Assert.Equal(
            (CareNeedRules.DialysisRule, 1, SectionKind.Risks, "risks-2"),
            (finding.Rule, finding.RuleVersion, finding.Section, finding.RowId)
        );
    }

    [Fact]
    public void Dialysis_before_that_needs_nothing() =>
        Assert.Empty(
            Evaluate(
                SectionKind.Risks,
                Line("risks-1", RowKind.Dialysis, "J038", Fee, "2025-12-31")
            )
        );

    [Fact]
    public void Surgery_needs_no_dialysis() =>
        Assert.Empty(
            Evaluate(
                SectionKind.Risks,
                Line("risks-1", RowKind.Surgery, "K6121", Fee, "2026-03-01")
            )
        );

    [Fact]
    public void Pregnancy_on_file_needs_obstetrics()
    {
        CareNeedFinding finding = Assert.Single(
            Evaluate(
                SectionKind.Conditions,
                Line("conditions-1", RowKind.Condition, "Z34", Icd, "2025-12-01")
            )
        );

        Assert.Equal(CareNeeds.Obstetrics, finding.Need);
        Assert.Equal("conditions-1", finding.RowId);
    }

    [Theory]
    [InlineData("Z34", "2025-05-01")]
    [InlineData("O80", "2026-03-01")]
    [InlineData("N96", "2026-03-01")]
    public void A_pregnancy_long_ago_a_birth_and_other_diagnoses_need_no_obstetrics(
        string code,
        string on
    ) =>
        Assert.Empty(
            Evaluate(SectionKind.Conditions, Line("conditions-1", RowKind.Condition, code, Icd, on))
        );

    [Fact]
    public void A_pregnancy_that_is_over_needs_no_obstetrics() =>
        Assert.Empty(
            Evaluate(
                SectionKind.Conditions,
                Line("conditions-1", RowKind.Condition, "Z34", Icd, "2026-02-01") with
                {
                    IsOver = true,
                }
            )
        );

    [Fact]
    public void A_pregnancy_status_of_yes_needs_obstetrics() =>
        Assert.Equal(
            CareNeeds.Obstetrics,
            Assert
                .Single(
                    Evaluate(
                        SectionKind.Conditions,
                        Line(
                            "conditions-1",
                            RowKind.PregnancyStatus,
                            "77386006",
                            Snomed,
                            "2026-03-01"
                        )
                    )
                )
                .Need
        );

    [Fact]
    public void A_later_no_ends_an_earlier_diagnosis_of_pregnancy() =>
        Assert.Empty(
            Evaluate(
                SectionKind.Conditions,
                Line("conditions-1", RowKind.Condition, "Z34", Icd, "2025-12-01"),
                Line("conditions-2", RowKind.PregnancyStatus, "60001007", Snomed, "2026-03-01")
            )
        );

    [Fact]
    public void An_earlier_no_does_not_hide_a_later_diagnosis_of_pregnancy() =>
        Assert.Single(
            Evaluate(
                SectionKind.Conditions,
                Line("conditions-1", RowKind.Condition, "Z34", Icd, "2026-03-01"),
                Line("conditions-2", RowKind.PregnancyStatus, "60001007", Snomed, "2025-12-01")
            )
        );

    [Theory]
    [InlineData("3332001F1024")]
    [InlineData("3339001M1024")]
    [InlineData("3339002F1029")]
    [InlineData("3339003F1024")]
    [InlineData("3339004F1020")]
    public void An_anticoagulant_with_a_reported_head_injury_needs_neurosurgery(string code)
    {
        CareNeedFinding finding = Assert.Single(
            Evaluate(
                SectionKind.Medicines,
                hasHeadInjury: true,
                Line("medicines-1", RowKind.Medicine, code, Yj, "2026-03-01")
            )
        );

        Assert.Equal(CareNeeds.Neurosurgery, finding.Need);
        Assert.Equal(CareNeedRules.AnticoagulantRule, finding.Rule);
    }

    [Fact]
    public void An_anticoagulant_without_a_head_injury_needs_nothing() =>
        Assert.Empty(
            Evaluate(
                SectionKind.Medicines,
                Line("medicines-1", RowKind.Medicine, Warfarin, Yj, "2026-03-01")
            )
        );

    [Theory]
    [InlineData("2171022F1029", Yj)]
    [InlineData("3399007H1021", Yj)]
    [InlineData(Warfarin, "urn:some-other-list")]
    public void A_head_injury_with_other_medicines_needs_nothing(string code, string system) =>
        Assert.Empty(
            Evaluate(
                SectionKind.Medicines,
                hasHeadInjury: true,
                Line("medicines-1", RowKind.Medicine, code, system, "2026-03-01")
            )
        );

    [Fact]
    public void A_superseded_anticoagulant_still_counts_but_a_current_row_is_named_first()
    {
        SummaryRow superseded = Line(
            "medicines-2",
            RowKind.Medicine,
            Warfarin,
            Yj,
            "2026-03-01"
        ) with
        {
            Superseded = true,
        };
        SummaryRow current = Line(
            "medicines-1",
            RowKind.Medicine,
            "3339004F1020",
            Yj,
            "2026-03-01"
        );

        Assert.Equal(
            "medicines-2",
            Assert.Single(Evaluate(SectionKind.Medicines, hasHeadInjury: true, superseded)).RowId
        );
        Assert.Equal(
            "medicines-1",
            Assert
                .Single(Evaluate(SectionKind.Medicines, hasHeadInjury: true, current, superseded))
                .RowId
        );
    }

    [Fact]
    public void An_empty_summary_needs_nothing() =>
        Assert.Empty(
            CareNeedRules.Evaluate(new MedicalSummary([]), reportedHeadInjury: true, Today)
        );

    private static SummaryRow Line(
        string id,
        RowKind kind,
        string code,
        string system,
        string on
    ) =>
        new(
            id,
            kind,
            "invented",
            code,
            system,
            RecordOrigin.Claims,
            RecordDate.Parse(on),
            new LookBack(3, LookBackUnit.Months),
            "",
            "",
            PatientNotTold: false,
            Superseded: false,
            IsOver: false
        );

    private static IReadOnlyList<CareNeedFinding> Evaluate(
        SectionKind section,
        params SummaryRow[] rows
    ) => Evaluate(section, hasHeadInjury: false, rows);

    private static IReadOnlyList<CareNeedFinding> Evaluate(
        SectionKind section,
        bool hasHeadInjury,
        params SummaryRow[] rows
    ) =>
        CareNeedRules.Evaluate(
            new MedicalSummary([
                new SummarySection(
                    section,
                    SectionState.Rows,
                    Freshness.Fresh,
                    null,
                    null,
                    [],
                    rows,
                    [],
                    null,
                    IsSimulated: true
                ),
            ]),
            hasHeadInjury,
            Today
        );
}
