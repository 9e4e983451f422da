using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
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
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(detail);
        return hash.GetHashAndReset();
    }

    private static byte[] HashOf(AuditRow row, ReadOnlySpan<byte> previous)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        FieldHash.Append(hash, Tag);
        FieldHash.Append(hash, previous);
        FieldHash.Append(hash, row.Department.Value);
        FieldHash.Append(hash, row.Sequence);
        FieldHash.Append(hash, WholeMicroseconds.Since1970(row.At));
        FieldHash.Append(hash, row.Event);
        FieldHash.Append(hash, row.Subject);
        FieldHash.Append(hash, row.DetailDigest.Span);
        return hash.GetHashAndReset();
    }
}

/// <summary>Appends fields to a hash, each after its length in four bytes, most significant first.</summary>
internal static class FieldHash
{
    public static void Append(IncrementalHash hash, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }

    public static void Append(IncrementalHash hash, string field) =>
        Append(hash, Encoding.UTF8.GetBytes(field));

    public static void Append(IncrementalHash hash, long field)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, field);
        Append(hash, bytes);
    }
}
