using System.Collections.Immutable;
using System.Security.Cryptography;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Journal.Writing;

/// <summary>What every commit must look like. Checked before it is queued, so that no commit can spoil the batch it shares.</summary>
internal static class CommitRules
{
    /// <summary>Far above the 64 characters of an id with a room's word before it.</summary>
    private const int LongestName = 256;

    /// <exception cref="ArgumentException">A room or flow broke its promise.</exception>
    public static void Require(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        Name(commit.Department.Value, "department");
        if (commit.Command is { } command)
        {
            Name(command.Key.Sender, "sender");
            Name(command.Key.Request.Value, "request id");
            Must(command.BodyHash.Length == SHA256.HashSizeInBytes, "A body hash has 32 bytes.");
        }

        CommitPart part = commit.Part;
        foreach (Fact fact in All(part.Facts))
        {
            Name(fact.Kind, "fact's kind");
            Name(fact.Subject, "fact's subject");
            Must(fact.Version >= 1, "A fact's version counts from 1.");
        }

        foreach (Claim claim in All(part.Takes).Concat(All(part.Releases)))
        {
            Name(claim.Kind, "claim's kind");
            Name(claim.Key, "claim's key");
            Name(claim.Holder, "claim's holder");
        }

        foreach (AuditEntry entry in All(part.Audit))
        {
            Name(entry.Event, "audit event");
            Name(entry.Subject, "audit subject");
        }

        foreach (Perishable perishable in All(part.Keeps))
        {
            Name(perishable.Scope, "scope");
            Name(perishable.Name, "perishable's name");
        }

        foreach (string scope in All(part.Forgets))
        {
            Name(scope, "scope");
        }
    }

    private static ImmutableArray<T> All<T>(ImmutableArray<T> items)
    {
        Must(!items.IsDefault, "A part's list may be empty, but it must be there.");
        return items;
    }

    private static void Name(string? text, string what) =>
        Must(
            !string.IsNullOrEmpty(text) && text.Length <= LongestName,
            $"A {what} has 1 to {LongestName} characters."
        );

    private static void Must(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
