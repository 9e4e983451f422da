using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MinaKyukyu.StandIn.Verifier;

/// <summary>Builds a statement as fields, each with its length before it (four octets, big-endian), so that it can be read in one way only.</summary>
internal sealed class Statement
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public Statement Text(string text) => Octets(Encoding.UTF8.GetBytes(text));

    public Statement Moment(DateTimeOffset moment) =>
        Text(moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    public Statement Octets(ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        _bytes.Write(length);
        _bytes.Write(field);
        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
