namespace MinaKyukyu.StandIn.Records;

/// <summary>Names of code systems and extensions that the stand-in uses.</summary>
internal static class FhirNames
{
    public const string RecordHandle = "urn:mina:record-handle";

    /// <summary>Where JP Core has no agreed element we use our own extension, and say so by its name.</summary>
    public const string PrescribedOn = "urn:mina:fhir:prescribed-on";
    public const string PrescribingInstitution = "urn:mina:fhir:prescribing-institution";
    public const string EchoNonce = "urn:mina:fhir:echo-nonce";
    public const string EchoSubject = "urn:mina:fhir:echo-subject";

    /// <summary>Items of the fee schedule (医科点数表の区分番号), such as J038.</summary>
    public const string FeeScheduleItem = "urn:mina:fhir:fee-schedule-item";

    public const string YjCode = "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code";
    public const string Icd10 = "http://hl7.org/fhir/sid/icd-10";
    public const string Loinc = "http://loinc.org";
    public const string Snomed = "http://snomed.info/sct";
    public const string ActReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    public const string ActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    public const string ConditionClinical =
        "http://terminology.hl7.org/CodeSystem/condition-clinical";
    public const string Indication = "http://jpfhir.jp/fhir/clins/CodeSystem/JP_ehrshrs_indication";
    public const string InstitutionNumber =
        "http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no";

    public static string JpCore(string profile) =>
        "http://jpfhir.jp/fhir/core/StructureDefinition/" + profile;

    public static string JpClins(string profile) =>
        "http://jpfhir.jp/fhir/clins/StructureDefinition/" + profile;
}
