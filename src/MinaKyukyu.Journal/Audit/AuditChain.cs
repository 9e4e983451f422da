using System.Security.Cryptography;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Audit;

/// <summary>The arithmetic of the audit chain: pure, the same for every store and for the verifier.</summary>
/// <remarks>
/// h(n) = SHA-256 over tag, h(n−1), department, n, time, event, subject, detail digest; the detail digest is SHA-256 over
/// salt ‖ detail. Every field is preceded by its length, so that no two different rows are the same bytes.
/// </remarks>
public static class AuditChain
{
    /// <summary>16 bytes: a digest of a short detail must not be found by trying details.</summary>
    public const int SaltLength = 16;

    private static readonly byte[] Tag = "minakyukyu.audit.v1"u8.ToArray();

    /// <summary>What the first row follows: 32 zero bytes.</summary>
    public static ReadOnlyMemory<byte> Origin { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>The end of a chain that has no row yet.</summary>
    public static AuditEnd Start(DepartmentId department) => new(department, 0, Origin);

    /// <summary>The row that follows an end.</summary>
    /// <param name="at">In whole microseconds.</param>
    public static AuditRow Next(
        AuditEnd end,
        AuditEntry entry,
        DateTimeOffset at,
        ISaltSource salts
    )
    {
        byte[] salt = new byte[SaltLength];
        salts.Fill(salt);
        byte[] digest = DigestOf(salt, entry.Detail.Span);
        AuditRow row = new(
            end.Department,
            end.Sequence + 1,
            at,
            entry.Event,
            entry.Subject,
            salt,
            entry.Detail,
            digest,
            ReadOnlyMemory<byte>.Empty
        );
        return row with { Hash = HashOf(row, end.Hash.Span) };
    }

    /// <summary>Whether the row follows the end: its number, its detail and its hash.</summary>
    public static bool Follows(AuditRow row, AuditEnd end) =>
        row.Sequence == end.Sequence + 1
        && row.Department == end.Department
        && DetailIsIntact(row)
        && HashOf(row, end.Hash.Span).AsSpan().SequenceEqual(row.Hash.Span);

    internal static bool DetailIsIntact(AuditRow row) =>
        DigestOf(row.Salt.Span, row.Detail.Span).AsSpan().SequenceEqual(row.DetailDigest.Span);

    private static byte[] DigestOf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> detail)
    {
        FieldHash hash = new();
        hash.AppendBare(salt);
        hash.AppendBare(detail);
        return hash.Finish();
    }

    private static byte[] HashOf(AuditRow row, ReadOnlySpan<byte> previous)
    {
        FieldHash hash = new();
        hash.Append(Tag);
        hash.Append(previous);
        hash.Append(row.Department.Value);
        hash.Append(row.Sequence);
        hash.Append(WholeMicroseconds.Since1970(row.At));
        hash.Append(row.Event);
        hash.Append(row.Subject);
        hash.Append(row.DetailDigest.Span);
        return hash.Finish();
    }
}
