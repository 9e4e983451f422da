using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>
/// Octets to be signed, as fields with their length before them (four octets, big-endian). Such octets can be read in one way
/// only, so two different contents never give the same signed octets.
/// </summary>
internal static class SignedFields
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static void Write(IBufferWriter<byte> target, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        target.Write(length);
        target.Write(field);
    }

    public static void Write(IBufferWriter<byte> target, string field) =>
        Write(target, StrictUtf8.GetBytes(field));

    public static void Write(IBufferWriter<byte> target, DateTimeOffset moment) =>
        Write(target, moment.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>All fields; null when the octets are not fields from the first to the last octet, or more than <paramref name="most"/>.</summary>
    public static List<ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> bytes, int most)
    {
        List<ReadOnlyMemory<byte>> fields = [];
        while (!bytes.IsEmpty)
        {
            if (
                fields.Count == most
                || !BinaryPrimitives.TryReadInt32BigEndian(bytes.Span, out int length)
                || length < 0
                || length > bytes.Length - sizeof(int)
            )
            {
                return null;
            }

            fields.Add(bytes.Slice(sizeof(int), length));
            bytes = bytes[(sizeof(int) + length)..];
        }

        return fields;
    }

    public static bool Is(ReadOnlyMemory<byte> field, string text) =>
        field.Span.SequenceEqual(Encoding.UTF8.GetBytes(text));

    /// <summary>A moment in whole milliseconds since 1970, digits only; null when it is not one.</summary>
    public static DateTimeOffset? ReadMoment(ReadOnlyMemory<byte> field) =>
        long.TryParse(
            field.Span,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long milliseconds
        )
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
