using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Server.Advice;

internal sealed record AdvisedUnitV1(
    string Unit,
    int Rank,
    double? EtaSeconds,
    double? RoadSeconds,
    string[] Reasons
);

internal sealed record AdviceV1(
    string Recommendation,
    string Incident,
    DateTimeOffset At,
    string Policy,
    string Level,
    AdvisedUnitV1[] Units,
    string? RoadMetricVersion = null
);

/// <summary>Advice as it stands in the journal: beside the order that rests on it, and by itself.</summary>
internal static class AdviceFacts
{
    public const string Advised = "advice.given";

    public static Fact Write(GivenAdvice given)
    {
        UnitRecommendation advice = given.Advice;
        var body = new AdviceV1(
            given.Id.Value,
            given.Incident.Value,
            given.At,
            advice.Policy,
            advice.Level.ToString(),
            [
                .. advice.Candidates.Select(c => new AdvisedUnitV1(
                    c.Unit.Value,
                    c.Rank,
                    c.EtaP50?.TotalSeconds,
                    c.Road?.TotalSeconds,
                    [.. c.Reasons.Select(r => r.Code.ToString())]
                )),
            ],
            advice.RoadMetricVersion
        );
        return new Fact(
            Advised,
            1,
            $"incident/{given.Incident}",
            JsonSerializer.SerializeToUtf8Bytes(body, AdviceJson.Default.AdviceV1)
        );
    }
}

[JsonSerializable(typeof(AdviceV1))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class AdviceJson : JsonSerializerContext;
