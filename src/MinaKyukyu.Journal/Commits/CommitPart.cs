using System.Collections.Immutable;

namespace MinaKyukyu.Journal.Commits;

/// <summary>What one room wants to be true: the pure result of its decision. Flows join parts; the journal makes them durable, all or nothing.</summary>
public sealed record CommitPart
{
    public static CommitPart Nothing { get; } = new();

    public ImmutableArray<Fact> Facts { get; init; } = [];

    /// <summary>Claims to take; one that somebody else holds refuses the whole commit.</summary>
    public ImmutableArray<Claim> Takes { get; init; } = [];

    /// <summary>Claims to give back, before any is taken; one that its holder does not hold is left as it is.</summary>
    public ImmutableArray<Claim> Releases { get; init; } = [];

    public ImmutableArray<AuditEntry> Audit { get; init; } = [];

    /// <summary>Values to keep until their scope is forgotten.</summary>
    public ImmutableArray<Perishable> Keeps { get; init; } = [];

    /// <summary>Scopes whose values are erased in the same transaction.</summary>
    public ImmutableArray<string> Forgets { get; init; } = [];

    public static CommitPart Of(params ReadOnlySpan<Fact> facts) => new() { Facts = [.. facts] };

    /// <summary>Both parts, this one's rows first.</summary>
    public CommitPart And(CommitPart other) =>
        new()
        {
            Facts = Facts.AddRange(other.Facts),
            Takes = Takes.AddRange(other.Takes),
            Releases = Releases.AddRange(other.Releases),
            Audit = Audit.AddRange(other.Audit),
            Keeps = Keeps.AddRange(other.Keeps),
            Forgets = Forgets.AddRange(other.Forgets),
        };
}
