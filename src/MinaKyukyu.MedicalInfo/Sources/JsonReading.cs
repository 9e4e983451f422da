using System.Text.Json;

namespace MinaKyukyu.MedicalInfo.Sources;

/// <summary>Reads JSON of strangers: whatever has not the expected shape is absent, never an exception.</summary>
internal static class JsonReading
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement member)
            ? member
            : null;

    public static JsonElement? Member(this JsonElement? element, string name) =>
        element is JsonElement present ? present.Member(name) : null;

    public static string? Text(this JsonElement? element)
    {
        try
        {
            return element is { ValueKind: JsonValueKind.String } present
                ? present.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a character (a lone surrogate): JSON allows it, text does not.
            return null;
        }
    }

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name).Text();

    public static string? Text(this JsonElement? element, string name) =>
        element.Member(name).Text();

    public static IEnumerable<JsonElement> List(this JsonElement? element, string name)
    {
        if (element.Member(name) is { ValueKind: JsonValueKind.Array } array)
        {
            foreach (JsonElement item in array.EnumerateArray())
            {
                yield return item;
            }
        }
    }

    public static IEnumerable<JsonElement> List(this JsonElement element, string name) =>
        ((JsonElement?)element).List(name);

    /// <summary>The first item of a list, or null.</summary>
    public static JsonElement? First(this JsonElement element, string name)
    {
        foreach (JsonElement item in element.List(name))
        {
            return item;
        }

        return null;
    }
}
