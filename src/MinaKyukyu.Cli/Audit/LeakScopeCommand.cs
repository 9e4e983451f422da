using System.CommandLine;
using MinaKyukyu.Authorization.Oversight;

namespace MinaKyukyu.Cli.Audit;

/// <summary><c>mina audit leak-scope</c>: what a device, or a crew, may have shown: for a tablet that was lost.</summary>
internal static class LeakScopeCommand
{
    private static readonly Option<string> Data = AuditWords.Data();
    private static readonly Option<string?> Device = new("--device");
    private static readonly Option<string?> Crew = new("--crew");
    private static readonly Option<DateTimeOffset?> From = AuditWords.Moment("--from", "first");
    private static readonly Option<DateTimeOffset?> To = AuditWords.Moment("--to", "until before");
    private static readonly Option<bool> Json = AuditWords.Json();

    public static Command Build()
    {
        Command scope = new("leak-scope", "漏えい等の範囲 / what a device or crew may have shown")
        {
            Data,
            Device,
            Crew,
            From,
            To,
            Json,
        };
        scope.Validators.Add(result =>
        {
            if (result.GetValue(Device) is null && result.GetValue(Crew) is null)
            {
                result.AddError("leak-scope needs --device or --crew.");
            }
        });
        scope.SetAction(
            (words, stop) =>
                AuditReading.RunAsync(
                    "audit leak-scope",
                    words.GetValue(Data)!,
                    async archive =>
                    {
                        string? device = words.GetValue(Device);
                        string? crew = words.GetValue(Crew);
                        var trails = await AuditReading.TrailsAsync(archive, stop);
                        return await TrailReport.WriteAsync(
                            [
                                .. trails.Where(t =>
                                    (device is null || t.Device.Value == device)
                                    && (crew is null || t.Crew.Value == crew)
                                    && Touches(t, words.GetValue(From), words.GetValue(To))
                                ),
                            ],
                            $"範囲 / scope: {string.Join(' ', new[] { device, crew }.OfType<string>())}",
                            words.GetValue(Json)
                        );
                    },
                    stop
                )
        );
        return scope;
    }

    /// <summary>Whether anything of it may have stood on the screen in that time: from the grant to the purge, or else to its end.</summary>
    private static bool Touches(AccessTrail trail, DateTimeOffset? from, DateTimeOffset? to)
    {
        DateTimeOffset end =
            trail.PurgedAt ?? trail.ExpiresAt ?? trail.GrantedAt + TimeSpan.FromHours(2);
        return (from is null || end >= from) && (to is null || trail.GrantedAt < to);
    }
}
