using MinaKyukyu.Tablet.Queue;

namespace MinaKyukyu.Tablet.Tests.Queue;

/// <summary>A disk in memory, whose content outlives the process under test and which can be made to fail.</summary>
internal sealed class MemoryFile(byte[] content) : IDurableFile
{
    private readonly List<byte> _bytes = [.. content];

    public MemoryFile()
        : this([]) { }

    public bool Fails { get; set; }

    /// <summary>What a process that was killed now would leave behind.</summary>
    public byte[] Left
    {
        get
        {
            lock (_bytes)
            {
                return [.. _bytes];
            }
        }
    }

    public long Length => Left.Length;

    public byte[] ReadAll() => Left;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Fails)
        {
            throw new IOException("fsync: input/output error");
        }

        lock (_bytes)
        {
            _bytes.AddRange(bytes);
        }
    }

    public void Truncate(long length)
    {
        if (Fails)
        {
            throw new IOException("fsync: input/output error");
        }

        lock (_bytes)
        {
            _bytes.RemoveRange((int)length, _bytes.Count - (int)length);
        }
    }

    public void Dispose() { }
}
