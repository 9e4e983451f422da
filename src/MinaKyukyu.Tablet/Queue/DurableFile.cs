namespace MinaKyukyu.Tablet.Queue;

/// <summary>A place on the disk that only grows, and is emptied. After a failed flush nobody writes to it again.</summary>
internal interface IDurableFile : IDisposable
{
    long Length { get; }

    byte[] ReadAll();

    /// <summary>Returns only when the bytes are on the disk.</summary>
    /// <exception cref="IOException">They may or may not be there: an unknown result.</exception>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Cuts what stands behind a length off.</summary>
    /// <exception cref="IOException">As with appending.</exception>
    void Truncate(long length);
}

/// <summary>One file of this tablet, held open and for nobody else.</summary>
internal sealed class DurableFile : IDurableFile
{
    private readonly FileStream _stream;

    /// <exception cref="IOException">The file is held by another process, or cannot be made.</exception>
    public DurableFile(string path)
    {
        _stream = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                // Every append is flushed at once; a buffer would only hold it back.
                BufferSize = 0,
            }
        );
    }

    public long Length => _stream.Length;

    public byte[] ReadAll()
    {
        _stream.Position = 0;
        byte[] bytes = new byte[_stream.Length];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _stream.Seek(0, SeekOrigin.End);
        _stream.Write(bytes);
        _stream.Flush(flushToDisk: true);
    }

    public void Truncate(long length)
    {
        _stream.SetLength(length);
        _stream.Flush(flushToDisk: true);
    }

    public void Dispose() => _stream.Dispose();
}
