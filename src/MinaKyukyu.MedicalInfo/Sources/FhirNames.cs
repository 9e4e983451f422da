using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo.Sources;

/// <summary>Names that we and the source agreed on.</summary>
internal static class FhirNames
{
    public const string RecordHandle = "urn:mina:record-handle";
    public const string NonceHeader = "X-Mina-Nonce";

    /// <summary>Where JP Core 1.2.0 has no element that carries it, an extension of our own does.</summary>
    public const string PrescribedOn = "urn:mina:fhir:prescribed-on";
    public const string PrescribingInstitution = "urn:mina:fhir:prescribing-institution";
    public const string EchoNonce = "urn:mina:fhir:echo-nonce";
    public const string EchoSubject = "urn:mina:fhir:echo-subject";
    public const string FeeScheduleItem = "urn:mina:fhir:fee-schedule-item";

    public const string YjCode = "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code";
    public const string Snomed = "http://snomed.info/sct";
    public const string AdministrativeGender = "http://hl7.org/fhir/administrative-gender";
    public const string Loinc = "http://loinc.org";
    public const string ActReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    public const string Indication = "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication";
    public const string InstitutionNumber =
        "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no";

    /// <summary>LOINC "Pregnancy status".</summary>
    public const string PregnancyStatus = "82810-3";

    /// <summary>SNOMED CT "Surgical procedure", listed by FHIR R4 for Procedure.category.</summary>
    public const string SurgicalProcedure = "387713003";

    public static string ResourceOf(RecordKind kind) =>
        kind switch
        {
            RecordKind.Procedures => "Procedure",
            RecordKind.ClaimedMedicines => "MedicationStatement",
            RecordKind.DispensedMedicines => "MedicationDispense",
            RecordKind.PrescribedMedicines => "MedicationRequest",
            RecordKind.Allergies => "AllergyIntolerance",
            RecordKind.Conditions => "Condition",
            RecordKind.PregnancyStatus => "Observation",
            RecordKind.Visits => "Encounter",
            RecordKind.Holder => "Patient",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}
