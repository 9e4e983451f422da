using System.Globalization;

namespace MinaKyukyu.Journal.Audit;

/// <summary>What is wrong with an audit chain.</summary>
public enum AuditFlawKind
{
    /// <summary>The row is not what it was when it was written.</summary>
    Altered,

    /// <summary>The row is gone; later ones are there.</summary>
    Missing,

    /// <summary>A later row stands in this one's place.</summary>
    Reordered,

    /// <summary>The database cannot read the row.</summary>
    Unreadable,

    /// <summary>The signed head names rows that are gone, from this one on.</summary>
    TailCut,

    /// <summary>The chain is whole, but it is not the one whose head was signed.</summary>
    Rewritten,

    /// <summary>The head is not signed by the key, or is not readable.</summary>
    HeadForged,

    /// <summary>There is a head, but no public key to check it with.</summary>
    KeyMissing,

    /// <summary>Rows bear a name that is no department's.</summary>
    NoDepartment,
}

/// <summary>How far a signed head vouches for a chain.</summary>
public enum AuditHeadState
{
    /// <summary>There is none: what was cut off the end would not be seen.</summary>
    Absent,

    /// <summary>It names the last row.</summary>
    CoversAll,

    /// <summary>It names an earlier row; those after it are younger than the last export.</summary>
    CoversSome,

    /// <summary>It could not be used; the flaw says why.</summary>
    Unusable,
}

/// <summary>The first thing that is wrong with a chain.</summary>
/// <param name="Sequence">Of the first bad row; 0 when it is no row's fault.</param>
public sealed record AuditFlaw(long Sequence, AuditFlawKind Kind)
{
    /// <summary>One English sentence for an operator's terminal.</summary>
    public string Sentence =>
        Kind switch
        {
            AuditFlawKind.Altered => $"row {Row} was altered",
            AuditFlawKind.Missing => $"row {Row} is missing",
            AuditFlawKind.Reordered => $"a later row stands in the place of row {Row}",
            AuditFlawKind.Unreadable => $"row {Row} cannot be read",
            AuditFlawKind.TailCut => $"the signed head names rows that are gone, from row {Row} on",
            AuditFlawKind.Rewritten =>
                $"row {Row} is not the one that the signed head names: the chain was rewritten",
            AuditFlawKind.HeadForged => "the head is not signed by this system's key",
            AuditFlawKind.KeyMissing => "there is no public key to check the signed head with",
            AuditFlawKind.NoDepartment => "rows bear a name that is no department's",
            _ => Kind.ToString(),
        };

    private string Row => Sequence.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What became of verifying one department's chain.</summary>
/// <param name="VerifiedRows">Rows from the first on that are as they were written.</param>
/// <param name="HeadSequence">The row that the head names; null without a usable head.</param>
/// <param name="Flaw">Null when the chain is sound.</param>
public sealed record AuditVerdict(
    string Department,
    long VerifiedRows,
    AuditHeadState Head,
    long? HeadSequence,
    AuditFlaw? Flaw
)
{
    public bool IsSound => Flaw is null;
}
