using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Ports;

/// <summary>Audit rows and heads for whoever verifies them: read only, while the server runs or not.</summary>
public interface IAuditArchive : IAsyncDisposable
{
    /// <summary>PEM of the key that signs heads; null when it is not there.</summary>
    string? PublicKey { get; }

    /// <summary>Names of departments that have rows or a head. An altered name may be no id at all.</summary>
    ValueTask<IReadOnlyList<string>> ListDepartmentsAsync(CancellationToken stop);

    /// <summary>The next rows of a department after a sequence number, in order, at most so many.</summary>
    /// <exception cref="StoreUnavailableException"><see cref="StoreTrouble.Corrupt"/> when a row cannot be read.</exception>
    ValueTask<IReadOnlyList<AuditRow>> ReadAuditAsync(
        DepartmentId department,
        long after,
        int atMost,
        CancellationToken stop
    );

    /// <summary>The bytes of the department's head; null when there is none.</summary>
    ValueTask<ReadOnlyMemory<byte>?> FindHeadAsync(DepartmentId department, CancellationToken stop);
}
