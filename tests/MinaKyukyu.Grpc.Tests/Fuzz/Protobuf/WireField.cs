namespace MinaKyukyu.GrpcTests.Fuzz.Protobuf;

/// <summary>One field as it stands on the wire: its tag, and what follows it, uninterpreted.</summary>
/// <param name="Value">The octets behind the tag; of a length-delimited field those behind the length.</param>
internal sealed record WireField(uint Number, uint WireType, byte[] Value)
{
    public const uint Varint = 0;
    public const uint Fixed64 = 1;
    public const uint Delimited = 2;
    public const uint GroupStart = 3;
    public const uint GroupEnd = 4;
    public const uint Fixed32 = 5;

    public byte[] ToArray() =>
        WireType == Delimited
            ? [.. Tag, .. Number64((ulong)Value.Length), .. Value]
            : [.. Tag, .. Value];

    public byte[] Tag => Number64(((ulong)Number << 3) | WireType);

    /// <summary>As a varint, in as few octets as it takes.</summary>
    public static byte[] Number64(ulong number)
    {
        var bytes = new List<byte>();
        for (; number >= 0x80; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
        return [.. bytes];
    }

    /// <summary>Takes a message apart.</summary>
    /// <returns><see langword="null"/> when the octets are no message.</returns>
    public static List<WireField>? Parse(ReadOnlySpan<byte> message)
    {
        var fields = new List<WireField>();
        while (!message.IsEmpty)
        {
            if (!TryTakeNumber(ref message, out var tag) || tag >> 3 is 0 or > 536_870_911)
            {
                return null;
            }

            var before = message;
            var length = 0;
            var isWhole = (tag & 7) switch
            {
                Varint => TryTakeNumber(ref message, out _),
                Fixed64 => TrySkip(ref message, 8),
                Fixed32 => TrySkip(ref message, 4),
                Delimited => TryTakeLength(ref message, out length),
                _ => false,
            };
            if (!isWhole)
            {
                return null;
            }

            var value = (tag & 7) == Delimited ? message[..length] : before[..^message.Length];
            message = message[length..];
            fields.Add(new WireField((uint)(tag >> 3), (uint)(tag & 7), value.ToArray()));
        }

        return fields;
    }

    private static bool TryTakeLength(ref ReadOnlySpan<byte> from, out int length)
    {
        var isWhole = TryTakeNumber(ref from, out var number) && number <= (ulong)from.Length;
        length = isWhole ? (int)number : 0;
        return isWhole;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> from, int count)
    {
        if (from.Length < count)
        {
            return false;
        }

        from = from[count..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> from, out ulong number)
    {
        number = 0;
        for (var i = 0; i < Math.Min(from.Length, 10); i++)
        {
            number |= (ulong)(from[i] & 0x7F) << (7 * i);
            if (from[i] < 0x80)
            {
                from = from[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
