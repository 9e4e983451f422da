using System.Globalization;
using MinaKyukyu.Authorization.Oversight;

namespace MinaKyukyu.Cli.Audit;

/// <summary>Trails for a person or for a program: who saw, when, on what ground, which kinds, when it was gone. Never what was seen.</summary>
internal static class TrailReport
{
    public static async Task<int> WriteAsync(
        IReadOnlyList<AccessTrail> trails,
        string title,
        bool isJson
    )
    {
        if (isJson)
        {
            foreach (AccessTrail trail in trails)
            {
                await Console.Out.WriteLineAsync(JsonOf(trail));
            }

            return ExitCode.Done;
        }

        await Console.Out.WriteLineAsync(title);
        foreach (AccessTrail trail in trails)
        {
            foreach (string line in LinesOf(trail))
            {
                await Console.Out.WriteLineAsync(line);
            }
        }

        await Console.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"閲覧許可 {trails.Count} 件、開いたもの {trails.Count(t => t.WasOpened)} 件、傷病者 {trails.Select(t => t.PatientRef).Distinct().Count()} 人 / {trails.Count} grants, {trails.Count(t => t.WasOpened)} opened, {trails.Select(t => t.PatientRef).Distinct().Count()} patients"
            )
        );
        return ExitCode.Done;
    }

    private static IEnumerable<string> LinesOf(AccessTrail trail)
    {
        yield return $"{AuditWords.Clock(trail.GrantedAt)}  閲覧許可 {trail.Id}  事案 {trail.Incident}  傷病者参照 {trail.PatientRef}";
        yield return $"  隊 {trail.Unit}  編成 {trail.Crew}  端末 {trail.Device}  確認方法 {trail.Level}  範囲 {trail.Scope}";
        yield return $"  同意 {GroundOf(trail.Consent)}  根拠 {trail.LegalBasis}{(trail.IsEmergency ? $"  緊急閲覧({(trail.Finding.Length == 0 ? "確認待ち" : trail.Finding)})" : "")}";
        foreach (Reading reading in trail.Readings)
        {
            yield return $"  表示 {AuditWords.Clock(reading.OpenedAt)}〜{(reading.EndedAt is { } end ? AuditWords.Clock(end) : "記録なし")}  区分 {KindsOf(reading)}  終わり方 {(reading.Ended.Length == 0 ? "記録なし" : reading.Ended)}";
        }

        if (!trail.WasOpened)
        {
            yield return "  表示 なし(許可されたが開かれていない) / granted, never opened";
        }

        if (trail.WithdrawnAt is { } withdrawn)
        {
            yield return $"  同意撤回 {AuditWords.Clock(withdrawn)}";
        }

        yield return trail.PurgedAt is { } purged
            ? $"  消去 {AuditWords.Clock(purged)}({trail.PurgeReason})"
            : $"  消去 記録なし(遅くとも {(trail.ExpiresAt is { } at ? AuditWords.Clock(at) : "許可から2時間後")})";
        if (trail.Notices.Length > 0)
        {
            yield return $"  通知書 第{string.Join("・", trail.Notices)}号";
        }
    }

    private static string GroundOf(string consent) =>
        consent switch
        {
            "spoken" => "口頭同意",
            "not-obtainable" => "同意取得困難",
            _ => "記録なし",
        };

    private static string KindsOf(Reading reading) =>
        reading.EndedAt is null ? "記録なし(全区分とみなす)" : string.Join('・', reading.Shown);

    private static string JsonOf(AccessTrail trail) =>
        JsonLine.Of(json =>
        {
            json.WriteString("grant_id", trail.Id.Value);
            json.WriteString("incident_id", trail.Incident.Value);
            json.WriteString("patient_ref", trail.PatientRef.Value);
            json.WriteString("unit_id", trail.Unit.Value);
            json.WriteString("crew_id", trail.Crew.Value);
            json.WriteString("device_id", trail.Device.Value);
            json.WriteString("level", trail.Level);
            json.WriteString("scope", trail.Scope);
            json.WriteString("consent", trail.Consent);
            json.WriteString("legal_basis", trail.LegalBasis);
            json.WriteBoolean("emergency", trail.IsEmergency);
            json.WriteString("finding", trail.Finding);
            json.WriteString("granted_at", trail.GrantedAt);
            json.WriteStartArray("readings");
            foreach (Reading reading in trail.Readings)
            {
                json.WriteStartObject();
                json.WriteString("opened_at", reading.OpenedAt);
                if (reading.EndedAt is { } ended)
                {
                    json.WriteString("ended_at", ended);
                }

                json.WriteString("ended", reading.Ended);
                json.WriteNames("kinds", reading.Shown);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (trail.WithdrawnAt is { } withdrawn)
            {
                json.WriteString("withdrawn_at", withdrawn);
            }

            if (trail.PurgedAt is { } purged)
            {
                json.WriteString("purged_at", purged);
            }
        });
}
