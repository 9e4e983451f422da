using System.Text.Json.Nodes;

namespace MinaKyukyu.FaultWorld.Proofs;

/// <summary>What a proof found.</summary>
internal sealed record ProofResult
{
    public int Kills { get; init; }

    /// <summary>Commands that were acknowledged, each counted once.</summary>
    public int Acknowledged { get; init; }

    /// <summary>Acknowledged commands whose answer or effect was not there afterwards.</summary>
    public int Lost { get; init; }

    /// <summary>Repeats that got the first answer, byte for byte.</summary>
    public int RepeatedSame { get; init; }

    /// <summary>How often each place of a kill was reached.</summary>
    public IReadOnlyDictionary<string, int> Points { get; init; } =
        new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Whether the same proof saw the bug that was put there for it to see.</summary>
    public bool PlantedCaught { get; init; }

    public IReadOnlyList<string> Failures { get; init; } = [];

    public bool Passed => Failures.Count == 0 && PlantedCaught && Lost == 0;

    public string ToJson(string name, string size, int seed, double seconds) =>
        new JsonObject
        {
            ["proof"] = name,
            ["size"] = size,
            ["seed"] = seed,
            ["kills"] = Kills,
            ["acknowledged"] = Acknowledged,
            ["lost"] = Lost,
            ["repeated_same"] = RepeatedSame,
            ["points"] = new JsonObject(
                Points.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))
            ),
            ["planted_caught"] = PlantedCaught,
            ["loss_bound_95"] = Lost == 0 && RepeatedSame > 0 ? 3.0 / Acknowledged : null,
            ["seconds"] = seconds,
            ["failures"] = new JsonArray([.. Failures.Take(20).Select(f => (JsonNode?)f)]),
            ["passed"] = Passed,
        }.ToJsonString();
}
