using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Audit;

/// <summary>Walks every department's chain from its first row and names the first bad one.</summary>
public static class AuditVerifier
{
    private const int PageSize = 1_000;

    /// <summary>One verdict for each department, in the order of their names.</summary>
    /// <param name="trustedPublicKey">PEM kept elsewhere; null to use the one in the archive, which proves less.</param>
    /// <exception cref="StoreUnavailableException">The archive cannot be read at all.</exception>
    public static async Task<IReadOnlyList<AuditVerdict>> VerifyAsync(
        IAuditArchive archive,
        string? trustedPublicKey = null,
        CancellationToken stop = default
    )
    {
        List<AuditVerdict> verdicts = [];
        foreach (string name in await archive.ListDepartmentsAsync(stop))
        {
            verdicts.Add(
                Identifier.IsWellFormed(name)
                    ? await VerifyAsync(
                        archive,
                        new DepartmentId(name),
                        trustedPublicKey ?? archive.PublicKey,
                        stop
                    )
                    : new AuditVerdict(
                        name,
                        0,
                        AuditHeadState.Absent,
                        null,
                        new AuditFlaw(0, AuditFlawKind.NoDepartment)
                    )
            );
        }

        return verdicts;
    }

    private static async Task<AuditVerdict> VerifyAsync(
        IAuditArchive archive,
        DepartmentId department,
        string? publicKey,
        CancellationToken stop
    )
    {
        // The head first: while the server writes, the rows then reach at least as far as the head.
        ReadOnlyMemory<byte>? bytes = await archive.FindHeadAsync(department, stop);
        (AuditHead? head, AuditFlawKind? distrust) = Judge(department, bytes, publicKey);
        (AuditEnd end, AuditFlaw? flaw) = await WalkAsync(archive, department, head, stop);
        if (flaw is null && head is not null && head.Sequence > end.Sequence)
        {
            flaw = new AuditFlaw(end.Sequence + 1, AuditFlawKind.TailCut);
        }

        if (flaw is null && distrust is { } kind)
        {
            flaw = new AuditFlaw(0, kind);
        }

        AuditHeadState state =
            distrust is not null ? AuditHeadState.Unusable
            : head is null ? AuditHeadState.Absent
            : head.Sequence < end.Sequence ? AuditHeadState.CoversSome
            : AuditHeadState.CoversAll;
        return new AuditVerdict(department.Value, end.Sequence, state, head?.Sequence, flaw);
    }

    /// <summary>The head if it can be trusted, or why it cannot.</summary>
    private static (AuditHead? Head, AuditFlawKind? Distrust) Judge(
        DepartmentId department,
        ReadOnlyMemory<byte>? bytes,
        string? publicKey
    )
    {
        if (bytes is not { } json)
        {
            return (null, null);
        }

        if (publicKey is null)
        {
            return (null, AuditFlawKind.KeyMissing);
        }

        return
            AuditHead.TryRead(json) is { } head
            && head.Department == department
            && AuditHeadSignature.IsGenuine(head, publicKey)
            ? (head, null)
            : (null, AuditFlawKind.HeadForged);
    }

    private static async Task<(AuditEnd End, AuditFlaw? Flaw)> WalkAsync(
        IAuditArchive archive,
        DepartmentId department,
        AuditHead? head,
        CancellationToken stop
    )
    {
        AuditEnd end = AuditChain.Start(department);
        while (true)
        {
            if (await ReadPageAsync(archive, end, PageSize, stop) is not { } page)
            {
                return (end, new AuditFlaw(end.Sequence + 1, AuditFlawKind.Unreadable));
            }

            if (page.Count == 0)
            {
                return (end, null);
            }

            foreach (AuditRow row in page)
            {
                if (!AuditChain.Follows(row, end))
                {
                    AuditFlawKind kind = await NameAsync(archive, row, end, stop);
                    return (end, new AuditFlaw(end.Sequence + 1, kind));
                }

                if (
                    head is not null
                    && row.Sequence == head.Sequence
                    && !row.Hash.Span.SequenceEqual(head.Hash.Span)
                )
                {
                    return (end, new AuditFlaw(row.Sequence, AuditFlawKind.Rewritten));
                }

                end = new AuditEnd(department, row.Sequence, row.Hash);
            }
        }
    }

    /// <summary>What is wrong with a row that does not follow.</summary>
    private static async Task<AuditFlawKind> NameAsync(
        IAuditArchive archive,
        AuditRow row,
        AuditEnd end,
        CancellationToken stop
    )
    {
        if (row.Sequence != end.Sequence + 1)
        {
            return AuditFlawKind.Missing;
        }

        // Whether the row that belongs here stands further down, under a wrong number.
        AuditEnd here = new(row.Department, row.Sequence, row.Hash);
        IReadOnlyList<AuditRow> later = await ReadPageAsync(archive, here, PageSize, stop) ?? [];
        return later.Any(other => AuditChain.Follows(other with { Sequence = row.Sequence }, end))
            ? AuditFlawKind.Reordered
            : AuditFlawKind.Altered;
    }

    /// <summary>The rows after an end; where a page cannot be read, those before the unreadable row; null when that is the next one.</summary>
    private static async Task<IReadOnlyList<AuditRow>?> ReadPageAsync(
        IAuditArchive archive,
        AuditEnd end,
        int atMost,
        CancellationToken stop
    )
    {
        try
        {
            return await archive.ReadAuditAsync(end.Department, end.Sequence, atMost, stop);
        }
        catch (StoreUnavailableException e) when (e.Trouble == StoreTrouble.Corrupt)
        {
            return atMost == 1
                ? null
                : await ReadPageAsync(archive, end, Math.Max(1, atMost / 10), stop);
        }
    }
}
