using System.Text.Json;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.FaultWorld.Checks;

/// <summary>
/// Facts as a stranger reads them: kind and the one id that tells two of a kind apart. Written down a second time here on purpose, so
/// that the rooms' own reading is not what vouches for itself.
/// </summary>
internal static class FactNames
{
    public const string SignedOn = "fleet.signed-on";
    public const string Opened = "incident.opened";
    public const string Ordered = "incident.ordered";
    public const string Acknowledged = "incident.order-acknowledged";
    public const string Milestone = "incident.milestone-reported";
    public const string MilestoneWithdrawn = "incident.milestone-withdrawn";
    public const string CardStep = "incident.card-step";
    public const string ConsentWithdrawn = "authorization.consent-withdrawn";
    public const string Cancelled = "incident.cancelled";

    private static readonly Dictionary<string, string> IdOf = new(StringComparer.Ordinal)
    {
        [SignedOn] = "unit",
        [Opened] = "incident",
        [Ordered] = "assignment",
        [Acknowledged] = "assignment",
        [Milestone] = "milestone",
        [MilestoneWithdrawn] = "milestone",
        [CardStep] = "incident",
        [Cancelled] = "incident",
    };

    /// <summary>Null for a fact that no command of a ledger makes.</summary>
    public static string? Find(Fact fact)
    {
        if (fact.Kind == ConsentWithdrawn)
        {
            return $"{fact.Kind} {fact.Subject[(fact.Subject.IndexOf('/', StringComparison.Ordinal) + 1)..]}";
        }

        return IdOf.TryGetValue(fact.Kind, out string? field)
            ? $"{fact.Kind} {Text(fact, field)}"
            : null;
    }

    public static string Text(Fact fact, string field)
    {
        using var body = JsonDocument.Parse(fact.Body);
        return body.RootElement.GetProperty(field).GetString()!;
    }

    public static long Number(Fact fact, string field)
    {
        using var body = JsonDocument.Parse(fact.Body);
        return body.RootElement.GetProperty(field).GetInt64();
    }
}
