using System.Text.Json;
using System.Text.Json.Serialization;

namespace MinaKyukyu.Benchmarks.Table;

/// <summary>The figures of one network as one line of JSON.</summary>
[JsonSerializable(typeof(NetworkFigures))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class TableJson : JsonSerializerContext
{
    public static string Of(NetworkFigures figures) =>
        JsonSerializer.Serialize(figures, Default.NetworkFigures);
}
