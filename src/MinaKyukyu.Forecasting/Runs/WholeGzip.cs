using System.Buffers.Binary;
using System.IO.Compression;

namespace MinaKyukyu.Forecasting.Runs;

/// <summary>
/// Unpacks a gzip file and makes sure that it was whole: a copy that broke off between two rows would otherwise look like a shorter
/// file. Its last four bytes say how long the text is.
/// </summary>
internal sealed class WholeGzip(FileStream file) : Stream
{
    private readonly uint _promised = LengthIn(file);
    private readonly GZipStream _text = new(file, CompressionMode.Decompress);
    private uint _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The file is damaged or cut short, or several files in one.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = _text.Read(buffer);
        // The length is told modulo 2^32.
        _read = unchecked(_read + (uint)count);
        return count > 0 || buffer.IsEmpty || _read == _promised
            ? count
            : throw new InvalidDataException("the compressed file is not whole");
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
        }

        base.Dispose(disposing);
    }

    private static uint LengthIn(FileStream file)
    {
        Span<byte> last = stackalloc byte[sizeof(uint)];
        if (file.Length < last.Length)
        {
            return 0;
        }

        file.Seek(-last.Length, SeekOrigin.End);
        file.ReadExactly(last);
        file.Seek(0, SeekOrigin.Begin);
        return BinaryPrimitives.ReadUInt32LittleEndian(last);
    }
}
