using MinaKyukyu.Journal.Audit;

namespace MinaKyukyu.Journal.Ports;

/// <summary>Where signed heads of audit chains are put.</summary>
public interface IAuditHeadShelf
{
    /// <summary>Where it is, for whoever reads the log.</summary>
    string Name { get; }

    /// <summary>Replaces the department's head, whole or not at all, durably.</summary>
    /// <exception cref="StoreUnavailableException">It could not be written; the older head still stands.</exception>
    void Put(AuditHead head);
}

/// <summary>A signer and the shelves for what it signs: a shelf that fails or hangs holds up no other.</summary>
public sealed record AuditHeadKeeping(
    AuditHeadSigner Signer,
    IReadOnlyList<IAuditHeadShelf> Shelves
);
