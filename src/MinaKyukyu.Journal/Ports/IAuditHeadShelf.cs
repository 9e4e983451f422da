using MinaKyukyu.Journal.Audit;

namespace MinaKyukyu.Journal.Ports;

/// <summary>Where signed heads of audit chains are put.</summary>
public interface IAuditHeadShelf
{
    /// <summary>Replaces the department's head, whole or not at all, durably.</summary>
    /// <exception cref="StoreUnavailableException">It could not be written; the older head still stands.</exception>
    void Put(AuditHead head);
}

/// <summary>A signer and the shelf for what it signs.</summary>
public sealed record AuditHeadKeeping(AuditHeadSigner Signer, IAuditHeadShelf Shelf);
