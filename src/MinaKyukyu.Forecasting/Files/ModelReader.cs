using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace MinaKyukyu.Forecasting.Files;

/// <summary>Reads what <see cref="ModelWriter"/> wrote; whatever does not fit is an <see cref="InvalidDataException"/>.</summary>
internal sealed class ModelReader(ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private int _at;

    public ReadOnlyMemory<byte> Bytes(int count)
    {
        if (count < 0 || count > bytes.Length - _at)
        {
            throw new InvalidDataException("the model is cut short");
        }

        ReadOnlyMemory<byte> taken = bytes.Slice(_at, count);
        _at += count;
        return taken;
    }

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4).Span);

    public ulong Key() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8).Span);

    public float Float()
    {
        float value = BinaryPrimitives.ReadSingleLittleEndian(Bytes(4).Span);
        return float.IsFinite(value)
            ? value
            : throw new InvalidDataException("the model holds a number that is none");
    }

    public ReadOnlyMemory<byte> Block() => Bytes(Int());

    public string Text()
    {
        try
        {
            return Strict.GetString(Block().Span);
        }
        catch (DecoderFallbackException damage)
        {
            throw new InvalidDataException("the model holds a word that is not UTF-8", damage);
        }
    }

    /// <summary>A count, then so many; each takes a byte at least, so that a count cannot swallow the memory.</summary>
    public ImmutableArray<T> Many<T>(Func<T> read)
    {
        int count = Int();
        if (count < 0 || count > bytes.Length - _at)
        {
            throw new InvalidDataException("the model is cut short");
        }

        var values = ImmutableArray.CreateBuilder<T>();
        for (int i = 0; i < count; i++)
        {
            values.Add(read());
        }

        return values.ToImmutable();
    }

    /// <exception cref="InvalidDataException">Bytes are left over.</exception>
    public void End()
    {
        if (_at != bytes.Length)
        {
            throw new InvalidDataException("the model is longer than what it holds");
        }
    }
}
