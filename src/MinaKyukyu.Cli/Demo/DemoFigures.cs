using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MinaKyukyu.Cli.Demo;

/// <summary>
/// What the demo answers. Every figure comes from an answer over the wire, from the stand-in's own count, or from the data
/// directory read after the service ended.
/// </summary>
internal sealed class DemoFigures
{
    public long Incidents { get; set; }

    public long Milestones { get; set; }

    public int SummarySections { get; set; }

    public long AuditRows { get; set; }

    public long NoCard { get; set; }

    public long UpstreamRequests { get; set; }

    public int CrewTaps { get; set; }

    public int NoCardTaps { get; set; }

    public string RecommendedUnit { get; set; } = "";

    public string Level { get; set; } = "";

    public double? EtaP10Seconds { get; set; }

    public double? EtaP50Seconds { get; set; }

    public double? EtaP90Seconds { get; set; }

    public string CardLevel { get; set; } = "";

    public List<string> CareNeeds { get; } = [];

    public string HospitalBeforeCard { get; set; } = "";

    public string HospitalAfterCard { get; set; } = "";

    public double? HandsOnSeconds { get; set; }

    public double? NoCardSeconds { get; set; }

    public double? RecommendP50Ms { get; set; }

    public bool CardReturned { get; set; }

    /// <summary>緊急閲覧 that waited for the officer.</summary>
    public int EmergencyReads { get; set; }

    /// <summary>Those that still wait at the end.</summary>
    public int EmergencyReadsOpen { get; set; }

    public bool AuditVerified { get; set; }

    /// <summary>Cards that were let in on the responder's own fresh answer.</summary>
    public int CardsByAnswer { get; set; }

    /// <summary>Cards whose answer did not come in time, and that the signed list let in.</summary>
    public int CardsByList { get; set; }

    public JsonObject Processes { get; } = [];

    public List<string> Failures { get; } = [];

    public void Require(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            Failures.Add(otherwise);
        }
    }

    public string ToJson()
    {
        var json = new JsonObject
        {
            ["incidents"] = Incidents,
            ["milestones"] = Milestones,
            ["summary_sections"] = SummarySections,
            ["audit_rows"] = AuditRows,
            ["no_card"] = NoCard,
            ["upstream_requests"] = UpstreamRequests,
            ["crew_taps"] = CrewTaps,
            ["no_card_taps"] = NoCardTaps,
            ["recommended_unit"] = RecommendedUnit,
            ["level"] = Level,
            ["eta_p10_seconds"] = EtaP10Seconds,
            ["eta_p50_seconds"] = EtaP50Seconds,
            ["eta_p90_seconds"] = EtaP90Seconds,
            ["card_level"] = CardLevel,
            ["care_needs"] = new JsonArray([.. CareNeeds.Select(n => (JsonNode)n)]),
            ["hospital_before_card"] = HospitalBeforeCard,
            ["hospital_after_card"] = HospitalAfterCard,
            ["hands_on_seconds"] = HandsOnSeconds,
            ["no_card_seconds"] = NoCardSeconds,
            ["recommend_p50_ms"] = RecommendP50Ms,
            ["card_returned"] = CardReturned,
            ["emergency_reads"] = EmergencyReads,
            ["emergency_reads_open"] = EmergencyReadsOpen,
            ["audit_verified"] = AuditVerified,
            ["cards_by_answer"] = CardsByAnswer,
            ["cards_by_list"] = CardsByList,
            ["processes"] = Processes.DeepClone(),
            ["failures"] = new JsonArray([.. Failures.Select(f => (JsonNode)f)]),
        };
        return json.ToJsonString(
            new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }
}
