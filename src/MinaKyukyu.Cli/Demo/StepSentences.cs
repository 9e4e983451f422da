using System.Text.Json.Nodes;

namespace MinaKyukyu.Cli.Demo;

/// <summary>A crew's report as one line of the account; null for what would only fill the screen.</summary>
internal static class StepSentences
{
    public static string? Of(JsonObject report) =>
        CrewReports.TextOf(report, "event") switch
        {
            "order" when CrewReports.TextOf(report, "verdict") == "Obey" =>
                "指令を受信 / order received",
            "acknowledged" => "指令を確認 / acknowledged",
            "milestone" => $"{MilestoneOf(report)}",
            "hospitals" when CrewReports.TextOf(report, "phase") == "before_card" =>
                $"病院(カード前): {CrewReports.TextOf(report, "first_name")} / before the card",
            "hospitals" =>
                $"病院(カード後): {CrewReports.TextOf(report, "first_name")} / after the card",
            "card" => CardOf(report),
            "screen" => "カード返却・画面消去 / card given back, screen cleared",
            _ => null,
        };

    private static string MilestoneOf(JsonObject report) =>
        CrewReports.TextOf(report, "kind") switch
        {
            "EnRoute" => "出動 / en route",
            "OnScene" => "現場到着 / on scene",
            "PatientContact" => "傷病者に接触 / patient contact",
            "PatientLoaded" => "車内収容 / patient loaded",
            "SceneDeparture" => "現場出発 / scene departure",
            "HospitalArrival" => "病院到着 / hospital arrival",
            "Handover" => "医師に引継ぎ / handover",
            "Cleared" => "引揚 / cleared",
            "BackAtStation" => "帰署 / back at station",
            string other => other,
        };

    private static string CardOf(JsonObject report)
    {
        string taps = CrewReports.TextOf(report, "taps");
        string level = CrewReports.TextOf(report, "level");
        return level.Length > 0
            ? $"顔と写真を照合、口頭同意、カード確認(レベル{level}・模擬)、要約{CrewReports.TextOf(report, "sections")}区分を表示、ここまで{taps}タップ / record viewed"
            : $"カードなしで続行({CrewReports.TextOf(report, "closed_with")})、{taps}タップ / goes on without";
    }
}
