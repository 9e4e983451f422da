using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>
/// What the crew did, one JSON object a line, for whoever runs the demonstration. Ids, codes, counts and times; never a record's
/// content, a card's bytes or a number to call. Thread-safe.
/// </summary>
internal sealed class CrewAccount(TextWriter output, UnitId unit, TimeProvider time)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Lock _gate = new();

    public void Tell(string what, params (string Key, JsonNode? Value)[] details)
    {
        var line = new JsonObject
        {
            ["event"] = what,
            ["unit"] = unit.Value,
            ["at"] = Moment(time.GetUtcNow()),
        };
        foreach ((string key, JsonNode? value) in details)
        {
            line[key] = value;
        }

        lock (_gate)
        {
            output.WriteLine(line.ToJsonString(Readable));
            output.Flush();
        }
    }

    public static string Moment(DateTimeOffset moment) =>
        moment
            .ToUniversalTime()
            .ToString(
                "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                System.Globalization.CultureInfo.InvariantCulture
            );

    public static JsonArray List(IEnumerable<string> values) =>
        [.. values.Select(v => (JsonNode)JsonValue.Create(v)!)];
}
