using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MinaKyukyu.Journal.Audit;

namespace MinaKyukyu.Cli.Audit;

/// <summary>What somebody wants to see of the chain; null: all.</summary>
internal sealed record RowFilter(
    string? Incident,
    string? PatientRef,
    string? Crew,
    string? Device,
    string? Event,
    DateTimeOffset? From,
    DateTimeOffset? To
)
{
    public bool Takes(ShownRow row) =>
        Is(Incident, row.Incident)
        && Is(PatientRef, row.PatientRef)
        && Is(Crew, row.Crew)
        && Is(Device, row.Device)
        && Is(Event, row.Row.Event)
        && (From is null || row.Row.At >= From)
        && (To is null || row.Row.At < To);

    private static bool Is(string? wanted, string there) =>
        wanted is null || string.Equals(wanted, there, StringComparison.Ordinal);
}

/// <summary>A row with the words by which it is looked for. What a row does not say itself is taken from its grant's first row.</summary>
internal sealed record ShownRow(
    AuditRow Row,
    JsonElement? Detail,
    string Incident,
    string Unit,
    string Crew,
    string Device,
    string PatientRef
);

/// <summary>Gives rows their words, in the order of the chain.</summary>
internal sealed class RowWords
{
    private readonly Dictionary<string, ShownRow> _byGrant = new(StringComparer.Ordinal);

    public ShownRow Of(AuditRow row)
    {
        JsonElement? detail = DetailOf(row);
        string grant = Text(detail, "grantId");
        ShownRow? first = _byGrant.GetValueOrDefault(grant);
        string Own(string name, Func<ShownRow, string> otherwise) =>
            Text(detail, name) is { Length: > 0 } own ? own
            : first is null ? ""
            : otherwise(first);

        var shown = new ShownRow(
            row,
            detail,
            Own("incidentId", f => f.Incident),
            Own("unitId", f => f.Unit),
            Own("crewId", f => f.Crew),
            Own("deviceId", f => f.Device),
            Own("patientRef", f => f.PatientRef)
        );
        if (grant.Length > 0)
        {
            _byGrant.TryAdd(grant, shown);
        }

        return shown;
    }

    /// <summary>Null when the bytes are no JSON object: an altered row is shown without its detail.</summary>
    private static JsonElement? DetailOf(AuditRow row)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(row.Detail);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonElement? detail, string name) =>
        detail is { } json
        && json.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}

/// <summary><c>mina audit show</c>: rows of the chain, filtered.</summary>
internal static class ShowCommand
{
    private static readonly Option<string> Data = AuditWords.Data();
    private static readonly Option<string?> Incident = new("--incident");
    private static readonly Option<string?> PatientRef = new("--patient-ref");
    private static readonly Option<string?> Crew = new("--crew");
    private static readonly Option<string?> Device = new("--device");
    private static readonly Option<string?> Event = new("--event")
    {
        Description = "such as access.granted",
    };
    private static readonly Option<DateTimeOffset?> From = AuditWords.Moment("--from", "first");
    private static readonly Option<DateTimeOffset?> To = AuditWords.Moment("--to", "until before");
    private static readonly Option<bool> Json = AuditWords.Json();

    public static Command Build()
    {
        Command show = new("show", "監査記録を表示します / show rows")
        {
            Data,
            Incident,
            PatientRef,
            Crew,
            Device,
            Event,
            From,
            To,
            Json,
        };
        show.SetAction(
            (words, stop) =>
                AuditReading.RunAsync(
                    "audit show",
                    words.GetValue(Data)!,
                    async archive =>
                    {
                        var filter = new RowFilter(
                            words.GetValue(Incident),
                            words.GetValue(PatientRef),
                            words.GetValue(Crew),
                            words.GetValue(Device),
                            words.GetValue(Event),
                            words.GetValue(From),
                            words.GetValue(To)
                        );
                        var rows = new RowWords();
                        bool isJson = words.GetValue(Json);
                        if (!isJson)
                        {
                            await Console.Out.WriteLineAsync(
                                "     行  時刻(日本時間)       事象                    隊・編成・端末・事案・傷病者参照"
                            );
                        }

                        await foreach (AuditRow row in AuditReading.RowsAsync(archive, stop))
                        {
                            ShownRow shown = rows.Of(row);
                            if (filter.Takes(shown))
                            {
                                await Console.Out.WriteLineAsync(
                                    isJson ? JsonOf(shown) : LineOf(shown)
                                );
                            }
                        }

                        return ExitCode.Done;
                    },
                    stop
                )
        );
        return show;
    }

    private static string LineOf(ShownRow shown) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{shown.Row.Sequence, 7}  {AuditWords.Clock(shown.Row.At)}  {shown.Row.Event, -22}  {string.Join(' ', new[] { shown.Unit, shown.Crew, shown.Device, shown.Incident, shown.PatientRef }.Select(w => w.Length == 0 ? "-" : w))}"
        );

    private static string JsonOf(ShownRow shown) =>
        JsonLine.Of(json =>
        {
            json.WriteString("department", shown.Row.Department.Value);
            json.WriteNumber("sequence", shown.Row.Sequence);
            json.WriteString("at", shown.Row.At);
            json.WriteString("event", shown.Row.Event);
            json.WriteString("subject", shown.Row.Subject);
            if (shown.Detail is { } detail)
            {
                json.WritePropertyName("detail");
                detail.WriteTo(json);
            }
        });
}
