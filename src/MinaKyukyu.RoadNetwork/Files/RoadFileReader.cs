using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using MinaKyukyu.RoadNetwork.Import;

namespace MinaKyukyu.RoadNetwork.Files;

/// <summary>
/// Opens a road file: the header is checked at once, a section when it is read. What was checked is what answers: a section is
/// read into memory and checked there, so that a file that is changed or cut short afterwards can neither falsify an answer nor
/// end the process. Safe for any number of threads.
/// </summary>
internal sealed class RoadFileReader : IDisposable
{
    private readonly SafeFileHandle _handle;

    private RoadFileReader(
        string file,
        SafeFileHandle handle,
        IReadOnlyList<RoadFileSection> sections
    )
    {
        File = file;
        _handle = handle;
        Sections = sections;
    }

    public string File { get; }

    public IReadOnlyList<RoadFileSection> Sections { get; }

    /// <exception cref="RoadFileException">Missing, not a road file, of another version, damaged, or cut short.</exception>
    public static RoadFileReader Open(string file)
    {
        SafeFileHandle handle;
        try
        {
            handle = System.IO.File.OpenHandle(
                file,
                share: FileShare.ReadWrite | FileShare.Delete,
                options: FileOptions.RandomAccess
            );
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new RoadFileException(file, 0, "the file cannot be opened", denied);
        }

        try
        {
            return new RoadFileReader(file, handle, ReadSections(file, handle));
        }
        catch (Exception refused)
        {
            handle.Dispose();
            if (refused is IOException)
            {
                throw new RoadFileException(file, 0, "the file cannot be read", refused);
            }

            throw;
        }
    }

    public bool Has(string section) => Sections.Any(one => one.Name == section);

    /// <summary>The section's bytes, checked.</summary>
    /// <exception cref="RoadFileException">It is not there, or damaged.</exception>
    public SectionBytes Read(string name)
    {
        RoadFileSection section =
            Sections.FirstOrDefault(one => one.Name == name)
            ?? throw new RoadFileException(File, 0, $"there is no section {name}");
        byte[] bytes;
        try
        {
            bytes = ReadExactly(_handle, section.Offset, section.Length);
        }
        catch (IOException cut)
        {
            throw Damaged(name, cut);
        }

        if (!SHA256.HashData(bytes).AsSpan().SequenceEqual(section.Sha256))
        {
            throw Damaged(name, null);
        }

        return new SectionBytes(File, name, bytes);
    }

    public void Dispose() => _handle.Dispose();

    private RoadFileException Damaged(string section, Exception? inner) =>
        new(File, 0, $"section {section} is damaged: its checksum does not fit", inner);

    private static RoadFileSection[] ReadSections(string file, SafeFileHandle handle)
    {
        long length = RandomAccess.GetLength(handle);
        if (length < RoadFileFormat.HeaderBytes(0))
        {
            throw new RoadFileException(file, 0, "is not a road file");
        }

        byte[] start = ReadExactly(handle, 0, RoadFileFormat.FixedBytes);
        if (Encoding.ASCII.GetString(start, 0, 8) != RoadFileFormat.Magic)
        {
            throw new RoadFileException(file, 0, "is not a road file");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(8));
        int count = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(12));
        if (version != RoadFileFormat.Version)
        {
            throw new RoadFileException(
                file,
                0,
                $"has version {version}, this program reads version {RoadFileFormat.Version}; build it again"
            );
        }

        if (
            count is < 1 or > RoadFileFormat.MostSections
            || length < RoadFileFormat.HeaderBytes(count)
        )
        {
            throw new RoadFileException(file, 0, "its header is damaged");
        }

        byte[] header = ReadExactly(handle, 0, RoadFileFormat.HeaderBytes(count));
        if (
            !SHA256
                .HashData(header.AsSpan(..^RoadFileFormat.HashBytes))
                .AsSpan()
                .SequenceEqual(header.AsSpan(^RoadFileFormat.HashBytes..))
        )
        {
            throw new RoadFileException(file, 0, "its header is damaged");
        }

        var sections = new RoadFileSection[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> row = header.AsSpan(
                RoadFileFormat.FixedBytes + (i * RoadFileFormat.SectionBytes),
                RoadFileFormat.SectionBytes
            );
            sections[i] = new RoadFileSection(
                Encoding.ASCII.GetString(row[..RoadFileFormat.NameBytes]).TrimEnd('\0'),
                BinaryPrimitives.ReadInt64LittleEndian(row[RoadFileFormat.NameBytes..]),
                BinaryPrimitives.ReadInt64LittleEndian(row[(RoadFileFormat.NameBytes + 8)..]),
                row[(RoadFileFormat.NameBytes + 16)..].ToArray()
            );
            if (
                sections[i].Offset < 0
                || sections[i].Length is < 0 or > int.MaxValue
                || sections[i].Offset > length - sections[i].Length
            )
            {
                throw new RoadFileException(file, 0, "is cut short");
            }
        }

        return sections;
    }

    private static byte[] ReadExactly(SafeFileHandle handle, long offset, long length)
    {
        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        int read = 0;
        while (read < bytes.Length)
        {
            int more = RandomAccess.Read(handle, bytes.AsSpan(read), offset + read);
            if (more == 0)
            {
                throw new EndOfStreamException();
            }

            read += more;
        }

        return bytes;
    }
}

/// <summary>The checked bytes of a section, read value by value in the order in which they were written.</summary>
internal sealed class SectionBytes(string file, string name, byte[] bytes)
{
    private int _at;

    /// <summary>The next array.</summary>
    /// <param name="count">Values that must be in it; −1 where any number may.</param>
    /// <exception cref="RoadFileException">It ends before, or has another number of values.</exception>
    public T[] Read<T>(int count = -1)
        where T : unmanaged
    {
        if (bytes.Length - _at < sizeof(int))
        {
            throw Refused("ends too early");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(_at));
        _at += sizeof(int);
        int size = Marshal.SizeOf<T>();
        if (length < 0 || (long)length * size > bytes.Length - _at)
        {
            throw Refused("ends too early");
        }

        if (count >= 0 && length != count)
        {
            throw Refused($"holds {length} values where {count} belong");
        }

        T[] values = MemoryMarshal.Cast<byte, T>(bytes.AsSpan(_at, length * size)).ToArray();
        _at += length * size;
        return values;
    }

    /// <summary>The next array; each of its values lies between the two bounds, inclusive.</summary>
    public int[] ReadBetween(int least, int most, int count = -1)
    {
        int[] values = Read<int>(count);
        foreach (int value in values)
        {
            if (value < least || value > most)
            {
                throw Refused($"holds {value} where {least} to {most} may stand");
            }
        }

        return values;
    }

    /// <summary>The next array, of places where rows begin: from 0 to the number of values, never falling.</summary>
    public int[] ReadFirsts(int rows)
    {
        int[] first = Read<int>(rows + 1);
        for (int row = 0; row < rows; row++)
        {
            if (first[row] > first[row + 1])
            {
                throw Refused("has rows out of order");
            }
        }

        return first[0] == 0 ? first : throw Refused("has rows out of order");
    }

    /// <summary>Nothing may be left.</summary>
    public void End()
    {
        if (_at != bytes.Length)
        {
            throw Refused("has more in it than belongs");
        }
    }

    public RoadFileException Refused(string reason) => new(file, 0, $"section {name} {reason}");
}
