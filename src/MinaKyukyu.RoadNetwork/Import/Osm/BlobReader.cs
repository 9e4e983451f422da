using System.Buffers.Binary;
using System.IO.Compression;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>One blob of the container, inflated.</summary>
/// <param name="Type"><c>OSMHeader</c>, <c>OSMData</c>, or something that this reader leaves alone.</param>
/// <param name="Content">Valid until the next blob is read.</param>
internal readonly record struct Blob(string Type, PbfSlice Content);

/// <summary>
/// Reads the container of a PBF file blob by blob: a length, a <c>BlobHeader</c>, a <c>Blob</c>. Two buffers are used again for
/// every blob, and both grow only with bytes that are really there.
/// </summary>
/// <remarks>
/// The three limits are those of the format (OSM wiki, "PBF Format": header below 64 KiB; blob below 32 MiB, taken here for
/// the packed and twice that for the inflated size, since writers differ in what they count).
/// </remarks>
internal sealed class BlobReader(Stream stream)
{
    private const int LargestHeader = 64 * 1024;
    private const int LargestBlob = 32 * 1024 * 1024;
    private const int LargestInflated = 64 * 1024 * 1024;
    private const int FirstBuffer = 256 * 1024;

    private byte[] _packed = [];
    private byte[] _inflated = [];

    /// <summary>The next blob, or null at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The bytes are no blob.</exception>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    public Blob? Next()
    {
        Span<byte> prefix = stackalloc byte[4];
        int there = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        if (there == 0)
        {
            return null;
        }

        uint headerLength = BinaryPrimitives.ReadUInt32BigEndian(prefix);
        if (there < prefix.Length || headerLength is 0 or > LargestHeader)
        {
            throw new InvalidDataException("no blob begins here");
        }

        (string type, int length) = Header(Packed((int)headerLength));
        Blob blob = new(type, default);
        // What this reader leaves alone is not inflated either, but its bytes must be there.
        PbfSlice packed = Packed(length);
        return type is PbfBlobs.Header or PbfBlobs.Data
            ? blob with
            {
                Content = Content(packed),
            }
            : blob;
    }

    private static (string Type, int Length) Header(PbfSlice bytes)
    {
        string? type = null;
        int length = -1;
        var message = new PbfMessage(bytes);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    type = message.Text();
                    break;
                case 3:
                    length = message.Int32();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        return type is not null && length is >= 0 and <= LargestBlob
            ? (type, length)
            : throw new InvalidDataException("its header has no type or no possible size");
    }

    private PbfSlice Content(PbfSlice bytes)
    {
        PbfSlice? raw = null;
        PbfSlice? zipped = null;
        int? size = null;
        var message = new PbfMessage(bytes);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    raw = message.Bytes();
                    break;
                case 2:
                    size = message.Int32();
                    break;
                case 3:
                    zipped = message.Bytes();
                    break;
                case 4 or 5 or 6 or 7:
                    throw new InvalidDataException("it is compressed otherwise than with zlib");
                default:
                    message.Skip();
                    break;
            }
        }

        return (raw, zipped, size) switch
        {
            ({ } plain, null, _) => plain,
            (null, { } zip, >= 0 and <= LargestInflated) => Inflate(zip, size.Value),
            (null, not null, _) => throw new InvalidDataException(
                "its inflated size is not said or not possible"
            ),
            _ => throw new InvalidDataException("it must have content in one form"),
        };
    }

    private PbfSlice Inflate(PbfSlice zipped, int size)
    {
        using var packed = new MemoryStream(
            zipped.Buffer!,
            zipped.Start,
            zipped.Length,
            writable: false
        );
        using var zip = new ZLibStream(packed, CompressionMode.Decompress);
        bool isAsLong;
        try
        {
            isAsLong = Fill(zip, ref _inflated, size) == size && zip.ReadByte() < 0;
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException)
        {
            throw new InvalidDataException("it cannot be inflated", damage);
        }

        return isAsLong
            ? new PbfSlice(_inflated, 0, size)
            : throw new InvalidDataException("it is not as long as it says");
    }

    private PbfSlice Packed(int length) =>
        Fill(stream, ref _packed, length) == length
            ? new PbfSlice(_packed, 0, length)
            : throw new InvalidDataException("the file ends inside it");

    /// <summary>Reads up to <paramref name="length"/> bytes, doubling the buffer only when what it holds was really read.</summary>
    private static int Fill(Stream from, ref byte[] buffer, int length)
    {
        int filled = 0;
        while (filled < length)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Max(FirstBuffer, buffer.Length * 2));
            }

            int wanted = Math.Min(buffer.Length, length) - filled;
            int got = from.ReadAtLeast(
                buffer.AsSpan(filled, wanted),
                wanted,
                throwOnEndOfStream: false
            );
            filled += got;
            if (got < wanted)
            {
                break;
            }
        }

        return filled;
    }
}
