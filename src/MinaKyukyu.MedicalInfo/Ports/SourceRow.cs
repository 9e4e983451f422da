namespace MinaKyukyu.MedicalInfo.Ports;

/// <summary>What a row is about.</summary>
public enum RowKind
{
    Dialysis = 1,
    Surgery = 2,
    Treatment = 3,
    Medicine = 4,
    Allergy = 5,
    Condition = 6,
    PregnancyStatus = 7,
    Visit = 8,

    /// <summary>Its code is the sex, its date the day of birth.</summary>
    Holder = 9,
}

/// <summary>One fact of a source, in our words but not yet judged by windows or doubles.</summary>
/// <param name="Text">As coded by the source, at most 200 characters, without control characters.</param>
/// <param name="Code">Empty when the source gave none.</param>
/// <param name="CodeSystem">Of <paramref name="Code"/>, as the source names it.</param>
/// <param name="On">When it happened or was recorded: dispensing, procedure, visit, registration. Null when the source does not say.</param>
/// <param name="PrescribedOn">Medicines only.</param>
/// <param name="PrescriberInstitution">Number of the prescribing institution (10 digits), empty when unknown.</param>
/// <param name="OtherInstitution">Number of the other institution (a pharmacy, usually), empty when unknown.</param>
/// <param name="InstitutionName">For display; empty when unknown.</param>
/// <param name="Detail">Usage of a medicine, criticality of an allergy, answer to a question; empty when there is none.</param>
/// <param name="PatientNotTold">未告知: shown to the crew with its mark, never read aloud, never on a patient-facing screen.</param>
/// <param name="IsKeptLonger">長期保管: stored beyond the usual five years, so no window applies.</param>
/// <param name="IsOver">The source says that it ended: a resolved condition, a stopped medicine.</param>
public sealed record SourceRow(
    RowKind Kind,
    string Text,
    string Code,
    string CodeSystem,
    RecordDate? On,
    RecordDate? PrescribedOn,
    string PrescriberInstitution,
    string OtherInstitution,
    string InstitutionName,
    string Detail,
    bool PatientNotTold,
    bool IsKeptLonger,
    bool IsOver
);
