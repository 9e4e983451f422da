using Google.Protobuf;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>A run of bytes inside a block that is already in memory. The default value is an empty one.</summary>
internal readonly record struct PbfSlice(byte[]? Buffer, int Start, int Length)
{
    public ReadOnlySpan<byte> Span => Buffer.AsSpan(Start, Length);

    public CodedInputStream Open() => new(Buffer ?? [], Start, Length);
}

/// <summary>
/// Walks the fields of one protobuf message. Every field that <see cref="Next"/> stops at must be read or skipped once.
/// </summary>
/// <remarks>
/// Damage ends in <see cref="InvalidDataException"/> or <see cref="InvalidProtocolBufferException"/>; a length that leads out of
/// the slice is such damage, so nothing is ever allocated by the word of the file alone.
/// </remarks>
internal sealed class PbfMessage(PbfSlice slice)
{
    private readonly CodedInputStream _input = slice.Open();
    private WireFormat.WireType _type;

    /// <summary>Number of the field in hand.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the field in hand is a single number.</summary>
    public bool IsNumber => _type == WireFormat.WireType.Varint;

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        uint tag = _input.ReadTag();
        Field = WireFormat.GetTagFieldNumber(tag);
        _type = WireFormat.GetTagWireType(tag);
        return tag != 0;
    }

    public void Skip() => _input.SkipLastField();

    /// <summary>The bytes of a nested message, a string or a packed list, not copied.</summary>
    public PbfSlice Bytes()
    {
        Expect(WireFormat.WireType.LengthDelimited);
        int start = (int)_input.Position;
        // Skipping first, because it is what holds the length against the end of the slice.
        _input.SkipLastField();
        int end = (int)_input.Position;
        while ((slice.Buffer![start] & 0x80) != 0)
        {
            start++;
        }

        return new PbfSlice(slice.Buffer, start + 1, end - start - 1);
    }

    public long Int64()
    {
        Expect(WireFormat.WireType.Varint);
        return _input.ReadInt64();
    }

    public int Int32()
    {
        long number = Int64();
        return number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new InvalidDataException("a number is too large");
    }

    /// <summary>A number in zigzag form.</summary>
    public long SInt64()
    {
        Expect(WireFormat.WireType.Varint);
        return _input.ReadSInt64();
    }

    public string Text() => StrictUtf8.Text(Bytes().Span);

    private void Expect(WireFormat.WireType type)
    {
        if (_type != type)
        {
            throw new InvalidDataException($"field {Field} is not of the kind it should be");
        }
    }
}
