using System.Text.Json;
using MinaKyukyu.MedicalInfo.Needs;
using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo.Sources;

/// <summary>Turns one FHIR resource into one row, or into a count of why it is left out.</summary>
internal static class FhirRowReader
{
    public static SourceRow? Read(JsonElement resource, RecordKind kind, ReadingTally tally)
    {
        DisclosureTags tags = DisclosureTags.Of(resource);
        if (tags.IsUndelivered)
        {
            tally.Undelivered++;
            return null;
        }

        if (tags.HasUnknown)
        {
            tally.UnknownTag++;
            return null;
        }

        if (resource.Text("resourceType") != FhirNames.ResourceOf(kind))
        {
            tally.Unreadable++;
            return null;
        }

        if (IsVoid(resource))
        {
            tally.Void++;
            return null;
        }

        Draft? draft = ReadKind(resource, kind);
        if (draft is null || draft.Text.Length == 0)
        {
            tally.Unreadable++;
            return null;
        }

        return Finish(draft, resource, tags, tally);
    }

    private static Draft? ReadKind(JsonElement resource, RecordKind kind) =>
        kind switch
        {
            RecordKind.Procedures => ReadProcedure(resource),
            RecordKind.ClaimedMedicines => ReadMedicine(
                resource,
                When(resource, "effective"),
                "dosage"
            ),
            RecordKind.DispensedMedicines => ReadMedicine(
                resource,
                resource.Text("whenHandedOver") ?? resource.Text("whenPrepared"),
                "dosageInstruction"
            ),
            RecordKind.PrescribedMedicines => ReadMedicine(resource, on: null, "dosageInstruction"),
            RecordKind.Allergies => Concept(RowKind.Allergy, resource.Member("code")) with
            {
                On = resource.Text("recordedDate"),
                Detail = resource.Text("criticality") ?? "",
            },
            RecordKind.Conditions => Concept(RowKind.Condition, resource.Member("code")) with
            {
                On = resource.Text("recordedDate") ?? When(resource, "onset"),
            },
            RecordKind.PregnancyStatus => ReadPregnancyStatus(resource),
            RecordKind.Visits => ReadVisit(resource),
            RecordKind.Holder => ReadHolder(resource),
            _ => null,
        };

    private static Draft ReadProcedure(JsonElement resource)
    {
        Draft draft = Concept(RowKind.Treatment, resource.Member("code")) with
        {
            On = When(resource, "performed"),
        };
        bool isSurgery =
            draft.System == FhirNames.FeeScheduleItem && draft.Code.StartsWith('K')
            || resource
                .Member("category")
                .List("coding")
                .Any(c =>
                    c.Text("system") == FhirNames.Snomed
                    && c.Text("code") == FhirNames.SurgicalProcedure
                );
        return CareNeedCodes.Default.IsDialysis(draft.System, draft.Code)
                ? draft with
                {
                    Kind = RowKind.Dialysis,
                }
            : isSurgery ? draft with { Kind = RowKind.Surgery }
            : draft;
    }

    private static Draft ReadMedicine(JsonElement resource, string? on, string dosage) =>
        Concept(RowKind.Medicine, resource.Member("medicationCodeableConcept")) with
        {
            On = on,
            PrescribedOn =
                resource.Text("authoredOn")
                ?? Extension(resource, FhirNames.PrescribedOn).Text("valueDate"),
            Detail = resource.First(dosage).Text("text") ?? "",
        };

    private static Draft? ReadPregnancyStatus(JsonElement resource)
    {
        bool isPregnancyStatus = resource
            .Member("code")
            .List("coding")
            .Any(c =>
                c.Text("system") == FhirNames.Loinc && c.Text("code") == FhirNames.PregnancyStatus
            );
        return isPregnancyStatus
            ? Concept(RowKind.PregnancyStatus, resource.Member("valueCodeableConcept")) with
            {
                On = When(resource, "effective"),
            }
            : null;
    }

    private static Draft ReadVisit(JsonElement resource)
    {
        JsonElement? actClass = resource.Member("class");
        string code = actClass.Text("code") ?? "";
        return new Draft(
            RowKind.Visit,
            actClass.Text("display") ?? code,
            code,
            actClass.Text("system") ?? ""
        )
        {
            On = resource.Member("period").Text("start"),
        };
    }

    private static Draft ReadHolder(JsonElement resource)
    {
        string sex = resource.Text("gender") ?? "unknown";
        return new Draft(RowKind.Holder, sex, sex, FhirNames.AdministrativeGender)
        {
            On = resource.Text("birthDate"),
        };
    }

    private static SourceRow Finish(
        Draft draft,
        JsonElement resource,
        DisclosureTags tags,
        ReadingTally tally
    )
    {
        (string prescriber, string other, string name) = Institutions(resource);
        string text = SafeText.Clean(draft.Text, out bool textMasked);
        string detail = SafeText.Clean(draft.Detail, out bool detailMasked);
        string institution = SafeText.Clean(name, out bool nameMasked);
        tally.HasMaskedDigits |= textMasked || detailMasked || nameMasked;
        return new SourceRow(
            draft.Kind,
            text,
            Bounded(draft.Code),
            Bounded(draft.System),
            RecordDate.Parse(draft.On),
            RecordDate.Parse(draft.PrescribedOn),
            Bounded(prescriber),
            Bounded(other),
            institution,
            detail,
            tags.IsUninformed,
            tags.IsKeptLonger,
            IsOver(resource)
        );
    }

    /// <summary>Entered in error, refuted, never done: the source itself says that this is not so.</summary>
    private static bool IsVoid(JsonElement resource) =>
        resource.Text("status")
            is "entered-in-error"
                or "not-done"
                or "not-taken"
                or "cancelled"
                or "declined"
                or "draft"
                or "planned"
        || resource
            .Member("verificationStatus")
            .List("coding")
            .Any(c => c.Text("code") is "refuted" or "entered-in-error");

    private static bool IsOver(JsonElement resource) =>
        resource.Text("status") is "stopped"
        || resource
            .Member("clinicalStatus")
            .List("coding")
            .Any(c => c.Text("code") is "inactive" or "remission" or "resolved");

    private static Draft Concept(RowKind kind, JsonElement? concept)
    {
        // The national drug code first, because the rules know drugs by it; otherwise the source's own first choice.
        JsonElement? chosen = null;
        foreach (JsonElement coding in concept.List("coding"))
        {
            chosen ??= coding;
            if (coding.Text("system") == FhirNames.YjCode)
            {
                chosen = coding;
                break;
            }
        }

        string code = chosen.Text("code") ?? "";
        string text = chosen.Text("display") ?? concept.Text("text") ?? code;
        return new Draft(kind, text, code, chosen.Text("system") ?? "");
    }

    /// <summary>A date that FHIR allows as a moment or as a period (performedDateTime, performedPeriod.start).</summary>
    private static string? When(JsonElement resource, string name) =>
        resource.Text(name + "DateTime") ?? resource.Member(name + "Period").Text("start");

    private static JsonElement? Extension(JsonElement resource, string url)
    {
        foreach (JsonElement extension in resource.List("extension"))
        {
            if (extension.Text("url") == url)
            {
                return extension;
            }
        }

        return null;
    }

    private static (string Prescriber, string Other, string Name) Institutions(JsonElement resource)
    {
        JsonElement? direct =
            resource.Member("requester")
            ?? resource.Member("asserter")
            ?? resource.Member("serviceProvider");
        JsonElement? other =
            resource.Member("informationSource") ?? resource.First("performer").Member("actor");
        string prescriber =
            Number(Extension(resource, FhirNames.PrescribingInstitution).Member("valueIdentifier"))
            ?? Number(direct.Member("identifier"))
            ?? "";
        return (
            prescriber,
            Number(other.Member("identifier")) ?? "",
            direct.Text("display") ?? other.Text("display") ?? ""
        );
    }

    private static string? Number(JsonElement? identifier) =>
        identifier.Text("system") == FhirNames.InstitutionNumber ? identifier.Text("value") : null;

    private static string Bounded(string text) =>
        text.Length <= SafeText.Longest ? text : text[..SafeText.Longest];

    private sealed record Draft(RowKind Kind, string Text, string Code, string System)
    {
        public string? On { get; init; }

        public string? PrescribedOn { get; init; }

        public string Detail { get; init; } = "";
    }
}
