using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MinaKyukyu.Journal.Audit;

/// <summary>SHA-256 over fields, each after its length in four bytes, most significant first, so that no two lists of fields are the same bytes.</summary>
/// <remarks>Gathers the bytes and hashes them at once: an incremental hash costs more than these few hundred bytes.</remarks>
internal sealed class FieldHash
{
    private readonly ArrayBufferWriter<byte> bytes = new(512);

    public void Append(ReadOnlySpan<byte> field)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(sizeof(int)), field.Length);
        bytes.Advance(sizeof(int));
        bytes.Write(field);
    }

    public void Append(string field)
    {
        int length = Encoding.UTF8.GetByteCount(field);
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(sizeof(int)), length);
        bytes.Advance(sizeof(int));
        bytes.Advance(Encoding.UTF8.GetBytes(field, bytes.GetSpan(length)));
    }

    public void Append(long field)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, field);
        Append(number);
    }

    /// <summary>Without its length; only where the field before it has a fixed one.</summary>
    public void AppendBare(ReadOnlySpan<byte> field) => bytes.Write(field);

    public byte[] Finish() => SHA256.HashData(bytes.WrittenSpan);
}
