using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace MinaKyukyu.Cli.Demo;

/// <summary>What the crews' own processes say happened to them, line by line.</summary>
internal sealed class CrewReports
{
    private readonly ConcurrentQueue<JsonObject> _all = new();

    private Action<JsonObject> _listeners = _ => { };

    /// <summary>Tells a listener of each line, from the thread that heard it, until the result is disposed of.</summary>
    public IDisposable Listen(Action<JsonObject> listener)
    {
        _listeners += listener;
        return new Listening(() => _listeners = (_listeners - listener)!);
    }

    public void Hear(string line)
    {
        if (JsonNode.Parse(line) is JsonObject report)
        {
            _all.Enqueue(report);
            _listeners(report);
        }
    }

    public IEnumerable<JsonObject> Of(string kind) => _all.Where(r => TextOf(r, "event") == kind);

    public JsonObject? Find(string kind, string incident) =>
        Of(kind).LastOrDefault(r => TextOf(r, "incident") == incident);

    public async Task<JsonObject> WaitAsync(string kind, string incident, CancellationToken stop)
    {
        while (true)
        {
            if (Find(kind, incident) is { } report)
            {
                return report;
            }

            await Task.Delay(20, stop);
        }
    }

    public static string TextOf(JsonObject report, string key) => report[key]?.ToString() ?? "";

    private sealed class Listening(Action forget) : IDisposable
    {
        public void Dispose() => forget();
    }
}
