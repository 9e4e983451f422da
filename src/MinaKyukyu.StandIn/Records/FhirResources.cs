using System.Globalization;
using System.Text.Json.Nodes;

namespace MinaKyukyu.StandIn.Records;

/// <summary>Writes single FHIR R4 resources of an invented person; each carries the tag 模擬.</summary>
internal sealed class FhirResources(int patient)
{
    private int _written;

    private string Subject =>
        string.Create(CultureInfo.InvariantCulture, $"Patient/simulated-{patient}");

    public JsonObject Patient(bool isFemale, DateOnly born) =>
        new()
        {
            ["resourceType"] = "Patient",
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"simulated-{patient}"),
            ["meta"] = Meta(FhirNames.JpCore("JP_Patient")),
            ["name"] = new JsonArray(new JsonObject { ["text"] = "模擬患者(架空)" }),
            ["gender"] = isFemale ? "female" : "male",
            ["birthDate"] = Text(born),
        };

    /// <summary>A medicine from claims (レセプト): dispensed on <paramref name="dispensed"/>, prescribed on <paramref name="prescribed"/>.</summary>
    public JsonObject Claimed(
        Drug drug,
        DateOnly dispensed,
        DateOnly prescribed,
        Institution by,
        Institution pharmacy
    )
    {
        JsonObject resource = Start(
            "MedicationStatement",
            FhirNames.JpCore("JP_MedicationStatement"),
            "completed"
        );
        resource["medicationCodeableConcept"] = drug.Concept();
        resource["effectiveDateTime"] = Text(dispensed);
        resource["informationSource"] = pharmacy.Reference();
        resource["extension"] = PrescriptionExtensions(prescribed, by);
        resource["dosage"] = Dosage(drug);
        return resource;
    }

    public JsonObject Dispensed(
        Drug drug,
        DateOnly dispensed,
        DateOnly prescribed,
        Institution by,
        Institution pharmacy
    )
    {
        JsonObject resource = Start(
            "MedicationDispense",
            FhirNames.JpCore("JP_MedicationDispense"),
            "completed"
        );
        resource["medicationCodeableConcept"] = drug.Concept();
        resource["whenHandedOver"] = Text(dispensed);
        resource["performer"] = new JsonArray(new JsonObject { ["actor"] = pharmacy.Reference() });
        resource["extension"] = PrescriptionExtensions(prescribed, by);
        resource["dosageInstruction"] = Dosage(drug);
        return resource;
    }

    public JsonObject Prescribed(Drug drug, DateOnly prescribed, Institution by)
    {
        JsonObject resource = Start(
            "MedicationRequest",
            FhirNames.JpCore("JP_MedicationRequest"),
            "active"
        );
        resource["intent"] = "order";
        resource["medicationCodeableConcept"] = drug.Concept();
        resource["authoredOn"] = Text(prescribed);
        resource["requester"] = by.Reference();
        resource["dosageInstruction"] = Dosage(drug);
        return resource;
    }

    public JsonObject Procedure(
        string item,
        string display,
        DateOnly on,
        Institution by,
        bool surgical
    )
    {
        JsonObject resource = Start("Procedure", FhirNames.JpCore("JP_Procedure"), "completed");
        resource["code"] = Concept(FhirNames.FeeScheduleItem, item, display);
        resource["performedDateTime"] = Text(on);
        resource["performer"] = new JsonArray(new JsonObject { ["actor"] = by.Reference() });
        if (surgical)
        {
            // SNOMED CT 387713003, "Surgical procedure", the code that FHIR R4 itself lists for Procedure.category.
            resource["category"] = Concept(FhirNames.Snomed, "387713003", "手術");
        }

        return resource;
    }

    /// <param name="indications">Tags such as UNINFORMED (未告知), UNDELIVERED (未提供), LTS (長期保管).</param>
    public JsonObject Condition(
        string icd10,
        string display,
        DateOnly recorded,
        Institution by,
        params string[] indications
    )
    {
        JsonObject resource = Start(
            "Condition",
            FhirNames.JpClins("JP_Condition_eCS"),
            status: null
        );
        resource["clinicalStatus"] = Concept(FhirNames.ConditionClinical, "active", "Active");
        resource["code"] = Concept(FhirNames.Icd10, icd10, display);
        resource["recordedDate"] = Text(recorded);
        resource["asserter"] = by.Reference();
        JsonArray tags = resource["meta"]!["tag"]!.AsArray();
        foreach (string indication in indications)
        {
            tags.Add(new JsonObject { ["system"] = FhirNames.Indication, ["code"] = indication });
        }

        return resource;
    }

    public JsonObject Allergy(string code, string display, DateOnly recorded, bool isHigh)
    {
        JsonObject resource = Start(
            "AllergyIntolerance",
            FhirNames.JpClins("JP_AllergyIntolerance_eCS"),
            status: null,
            subjectName: "patient"
        );
        resource["code"] = Concept("urn:mina:fhir:simulated-allergen", code, display);
        resource["category"] = new JsonArray("medication");
        resource["criticality"] = isHigh ? "high" : "low";
        resource["recordedDate"] = Text(recorded);
        return resource;
    }

    public JsonObject PregnancyStatus(bool isPregnant, DateOnly on)
    {
        // LOINC 82810-3 "Pregnancy status"; the answers are SNOMED CT findings.
        JsonObject resource = Start(
            "Observation",
            FhirNames.JpCore("JP_Observation_Common"),
            "final"
        );
        resource["code"] = Concept(FhirNames.Loinc, "82810-3", "妊娠の有無");
        resource["effectiveDateTime"] = Text(on);
        resource["valueCodeableConcept"] = isPregnant
            ? Concept(FhirNames.Snomed, "77386006", "妊娠中")
            : Concept(FhirNames.Snomed, "60001007", "妊娠していない");
        return resource;
    }

    public JsonObject Visit(string actCode, string display, DateOnly on, Institution at)
    {
        JsonObject resource = Start("Encounter", FhirNames.JpCore("JP_Encounter"), "finished");
        resource["class"] = new JsonObject
        {
            ["system"] = FhirNames.ActCode,
            ["code"] = actCode,
            ["display"] = display,
        };
        resource["period"] = new JsonObject { ["start"] = Text(on), ["end"] = Text(on) };
        resource["serviceProvider"] = at.Reference();
        return resource;
    }

    private JsonObject Start(
        string type,
        string profile,
        string? status,
        string subjectName = "subject"
    )
    {
        _written++;
        JsonObject resource = new()
        {
            ["resourceType"] = type,
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"simulated-{patient}-{_written}"),
            ["meta"] = Meta(profile),
            [subjectName] = new JsonObject { ["reference"] = Subject },
        };
        if (status is not null)
        {
            resource["status"] = status;
        }

        return resource;
    }

    private static JsonArray PrescriptionExtensions(DateOnly prescribed, Institution by) =>
        new(
            new JsonObject { ["url"] = FhirNames.PrescribedOn, ["valueDate"] = Text(prescribed) },
            new JsonObject
            {
                ["url"] = FhirNames.PrescribingInstitution,
                ["valueIdentifier"] = by.Identifier(),
            }
        );

    private static JsonArray Dosage(Drug drug) => new(new JsonObject { ["text"] = drug.Usage });

    internal static JsonObject Meta(string profile) =>
        new() { ["profile"] = new JsonArray(profile), ["tag"] = new JsonArray(SimulatedTag()) };

    /// <summary>The standard's own tag for test data; a reader that knows it can show 模擬 wherever the content is shown.</summary>
    internal static JsonObject SimulatedTag() =>
        new()
        {
            ["system"] = FhirNames.ActReason,
            ["code"] = "HTEST",
            ["display"] = "模擬",
        };

    private static JsonObject Concept(string system, string code, string display) =>
        new()
        {
            ["coding"] = new JsonArray(
                new JsonObject
                {
                    ["system"] = system,
                    ["code"] = code,
                    ["display"] = display,
                }
            ),
            ["text"] = display,
        };

    private static string Text(DateOnly date) =>
        date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A drug by its YJ code (個別医薬品コード) and general name.</summary>
    internal sealed record Drug(string YjCode, string Name, string Usage)
    {
        public JsonObject Concept() => FhirResources.Concept(FhirNames.YjCode, YjCode, Name);
    }

    /// <summary>An invented institution; the third digit of the number says medical (1), dental (3) or pharmacy (4).</summary>
    internal sealed record Institution(string Number, string Name)
    {
        public JsonObject Identifier() =>
            new() { ["system"] = FhirNames.InstitutionNumber, ["value"] = Number };

        public JsonObject Reference() =>
            new() { ["identifier"] = Identifier(), ["display"] = Name };
    }
}
