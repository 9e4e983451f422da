using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MinaKyukyu.RoadNetwork.Files;

/// <summary>
/// Writes a road file beside its final name and puts it there when it is whole, so that nobody ever opens half of one. The
/// sections are announced first; they are written in that order.
/// </summary>
internal sealed class RoadFileWriter : IDisposable
{
    private readonly string _file;
    private readonly string _draft;
    private readonly FileStream _stream;
    private readonly string[] _names;
    private readonly List<RoadFileSection> _sections = [];
    private IncrementalHash? _hash;
    private bool _isWhole;

    public RoadFileWriter(string file, IReadOnlyList<string> sections)
    {
        _file = file;
        _draft = $"{file}.{Environment.ProcessId}.part";
        _names = [.. sections];
        _stream = new FileStream(
            _draft,
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 20
        );
        _stream.SetLength(0);
        _stream.Position = RoadFileFormat.HeaderBytes(_names.Length);
    }

    /// <summary>Writes the next section.</summary>
    public void Section(string name, Action<RoadFileWriter> write)
    {
        if (_sections.Count == _names.Length || _names[_sections.Count] != name)
        {
            throw new InvalidOperationException($"Section {name} was not announced here.");
        }

        long offset = _stream.Position;
        using (_hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            write(this);
            _sections.Add(
                new RoadFileSection(
                    name,
                    offset,
                    _stream.Position - offset,
                    _hash.GetHashAndReset()
                )
            );
        }

        _hash = null;
    }

    /// <summary>A number of values, then the values.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, values.Length);
        Append(length);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        const int chunk = 1 << 22;
        for (int at = 0; at < bytes.Length; at += chunk)
        {
            Append(bytes.Slice(at, Math.Min(chunk, bytes.Length - at)));
        }
    }

    /// <summary>Writes the header and puts the file under its name.</summary>
    public void Finish()
    {
        if (_sections.Count != _names.Length)
        {
            throw new InvalidOperationException("A section that was announced is missing.");
        }

        _stream.Position = 0;
        _stream.Write(Header());
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_draft, _file, overwrite: true);
        _isWhole = true;
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_isWhole)
        {
            File.Delete(_draft);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _hash!.AppendData(bytes);
        _stream.Write(bytes);
    }

    private byte[] Header()
    {
        var header = new byte[RoadFileFormat.HeaderBytes(_sections.Count)];
        Encoding.ASCII.GetBytes(RoadFileFormat.Magic, header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), RoadFileFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), _sections.Count);
        Span<byte> row = header.AsSpan(RoadFileFormat.FixedBytes);
        foreach (RoadFileSection section in _sections)
        {
            Encoding.ASCII.GetBytes(section.Name, row);
            BinaryPrimitives.WriteInt64LittleEndian(
                row[RoadFileFormat.NameBytes..],
                section.Offset
            );
            BinaryPrimitives.WriteInt64LittleEndian(
                row[(RoadFileFormat.NameBytes + 8)..],
                section.Length
            );
            section.Sha256.CopyTo(row[(RoadFileFormat.NameBytes + 16)..]);
            row = row[RoadFileFormat.SectionBytes..];
        }

        SHA256.HashData(header.AsSpan(..^RoadFileFormat.HashBytes), row);
        return header;
    }
}
