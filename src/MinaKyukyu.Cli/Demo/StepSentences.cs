using System.Text.Json.Nodes;

namespace MinaKyukyu.Cli.Demo;

/// <summary>A crew's report as one line of the account; null for what would only fill the screen.</summary>
internal static class StepSentences
{
    public static string? Of(JsonObject report) =>
        CrewReports.TextOf(report, "event") switch
        {
            "order" => "指令を受信 / order received",
            "acknowledged" => "指令を確認 / acknowledged",
            "milestone" => $"{MilestoneOf(report)}",
            "hospitals" when CrewReports.TextOf(report, "phase") == "before_card" =>
                $"病院(カード前): {CrewReports.TextOf(report, "first_name")} / before the card",
            "hospitals" => $"病院(カード後): {CrewReports.TextOf(report, "first_name")} / after the card",
            "card" => CardOf(report),
            "screen" => "引継ぎ・カード返却・画面消去 / handover, card given back, screen cleared",
            _ => null,
        };

    private static string MilestoneOf(JsonObject report) =>
        $"時刻 {CrewReports.TextOf(report, "kind")} / milestone";

    private static string CardOf(JsonObject report)
    {
        string taps = CrewReports.TextOf(report, "taps");
        string level = CrewReports.TextOf(report, "level");
        return level.Length > 0
            ? $"顔と写真を照合、口頭同意、カード確認(レベル{level}・模擬)、要約{CrewReports.TextOf(report, "sections")}区分を表示、{taps}タップ / record viewed"
            : $"カードなしで続行({CrewReports.TextOf(report, "closed_with")})、{taps}タップ / goes on without";
    }
}
