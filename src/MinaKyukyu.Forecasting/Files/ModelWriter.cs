using System.Text;

namespace MinaKyukyu.Forecasting.Files;

/// <summary>The few shapes that a model file is made of.</summary>
internal sealed class ModelWriter(Stream to) : IDisposable
{
    // BinaryWriter is little-endian on every machine.
    private readonly BinaryWriter _to = new(to, Encoding.UTF8, leaveOpen: true);

    public void Bytes(ReadOnlySpan<byte> bytes) => _to.Write(bytes);

    public void Int(int value) => _to.Write(value);

    public void Key(ulong value) => _to.Write(value);

    public void Float(float value) => _to.Write(value);

    public void Floats(params ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            Float(value);
        }
    }

    public void Block(ReadOnlySpan<byte> bytes)
    {
        Int(bytes.Length);
        Bytes(bytes);
    }

    public void Text(string text) => Block(Encoding.UTF8.GetBytes(text));

    public void Many<T>(IEnumerable<T> values, Action<T> write)
    {
        T[] all = [.. values];
        Int(all.Length);
        foreach (T value in all)
        {
            write(value);
        }
    }

    public void Flush() => _to.Flush();

    public void Dispose() => _to.Dispose();
}
