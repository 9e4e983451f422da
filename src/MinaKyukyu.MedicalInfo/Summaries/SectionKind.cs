using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>A block of the summary; the order is the order of use.</summary>
public enum SectionKind
{
    /// <summary>Dialysis and surgery (透析・手術).</summary>
    Risks = 1,

    /// <summary>Medicines (薬剤), merged from claims, dispensed and prescribed.</summary>
    Medicines = 2,

    /// <summary>Treatments and procedures (診療情報).</summary>
    Treatments = 3,

    /// <summary>Allergies and contraindications (アレルギー・薬剤禁忌).</summary>
    Allergies = 4,

    /// <summary>Diagnoses and pregnancy (傷病名・妊娠).</summary>
    Conditions = 5,

    /// <summary>Visits (受診歴).</summary>
    Visits = 6,
}

/// <summary>What belongs to a section.</summary>
public static class Sections
{
    /// <summary>The sections that a scope opens, in order of use.</summary>
    public static IReadOnlyList<SectionKind> Of(GrantScope scope) =>
        scope switch
        {
            GrantScope.Summary =>
            [
                SectionKind.Risks,
                SectionKind.Medicines,
                SectionKind.Treatments,
                SectionKind.Allergies,
                SectionKind.Conditions,
                SectionKind.Visits,
            ],
            GrantScope.EmergencyItems =>
            [
                SectionKind.Risks,
                SectionKind.Medicines,
                SectionKind.Allergies,
            ],
            // A scope that this room does not know opens nothing.
            _ => [],
        };

    /// <summary>The name of a section outside this program: risks, medicines, treatments, allergies, conditions, visits.</summary>
    public static string NameOf(SectionKind section) =>
        section switch
        {
            SectionKind.Risks => "risks",
            SectionKind.Medicines => "medicines",
            SectionKind.Treatments => "treatments",
            SectionKind.Allergies => "allergies",
            SectionKind.Conditions => "conditions",
            SectionKind.Visits => "visits",
            _ => throw new ArgumentOutOfRangeException(nameof(section)),
        };

    /// <summary>From which kinds of record a section is put together.</summary>
    internal static IReadOnlyList<RecordKind> RecordsOf(SectionKind section) =>
        section switch
        {
            SectionKind.Risks or SectionKind.Treatments => [RecordKind.Procedures],
            SectionKind.Medicines =>
            [
                RecordKind.ClaimedMedicines,
                RecordKind.DispensedMedicines,
                RecordKind.PrescribedMedicines,
            ],
            SectionKind.Allergies => [RecordKind.Allergies],
            SectionKind.Conditions => [RecordKind.Conditions, RecordKind.PregnancyStatus],
            SectionKind.Visits => [RecordKind.Visits],
            _ => throw new ArgumentOutOfRangeException(nameof(section)),
        };

    internal static bool Holds(SectionKind section, RowKind row) =>
        section switch
        {
            SectionKind.Risks => row is RowKind.Dialysis or RowKind.Surgery,
            SectionKind.Treatments => row is RowKind.Treatment,
            _ => true,
        };
}
