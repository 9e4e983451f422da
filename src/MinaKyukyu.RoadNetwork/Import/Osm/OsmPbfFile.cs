using Google.Protobuf;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>The words of the container.</summary>
internal static class PbfBlobs
{
    public const string Header = "OSMHeader";
    public const string Data = "OSMData";
}

/// <summary>
/// An OpenStreetMap extract in the PBF format, read from its beginning as often as wanted, one blob in memory at a time.
/// Raw and zlib blobs; dense and plain nodes, ways, relations.
/// </summary>
/// <remarks>
/// Whatever the bytes are, reading ends in the elements or in a <see cref="RoadFileException"/>. What a file may claim is
/// bounded: 64 KiB a blob header, 32 MiB a blob, 64 MiB inflated, a million texts a block, 100,000 nodes a way.
/// </remarks>
internal sealed class OsmPbfFile
{
    private readonly Stream _stream;
    private readonly string _file;
    private readonly long _start;

    /// <param name="stream">The file begins where it stands; it is read twice and left open.</param>
    /// <param name="file">Name for refusals.</param>
    /// <exception cref="ArgumentException">The stream cannot be set back.</exception>
    public OsmPbfFile(Stream stream, string file)
    {
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The file is read twice: it must seek.", nameof(stream));
        }

        _stream = stream;
        _file = file;
        _start = stream.Position;
    }

    public long Bytes => _stream.Length - _start;

    /// <summary>Hands every element that is wanted to <paramref name="elements"/>.</summary>
    /// <exception cref="RoadFileException">The file is damaged, foreign, or needs a reader that knows more.</exception>
    /// <exception cref="OperationCanceledException">Asked for between two blobs.</exception>
    public OsmHeader Read(
        IOsmElements elements,
        Action<long>? bytesDone = null,
        CancellationToken stop = default
    )
    {
        Guard(0, () => _stream.Position = _start);
        var blobs = new BlobReader(_stream);
        OsmHeader? header = null;
        long offset = 0;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            bool isThere = false;
            Guard(
                offset,
                () =>
                {
                    Blob? blob = blobs.Next();
                    isThere = blob is not null;
                    header = blob is { } found ? Take(found, header, elements) : header;
                }
            );
            if (!isThere)
            {
                return header ?? throw new RoadFileException(_file, 0, "the file is empty");
            }

            offset = _stream.Position - _start;
            bytesDone?.Invoke(offset);
        }
    }

    private static OsmHeader? Take(Blob blob, OsmHeader? header, IOsmElements elements)
    {
        switch (blob.Type)
        {
            case PbfBlobs.Header when header is null:
                return OsmHeader.Read(blob.Content);
            case PbfBlobs.Header:
                throw new InvalidDataException("a second file begins here");
            case PbfBlobs.Data when header is not null:
                new PrimitiveBlock(blob.Content).HandTo(elements);
                return header;
            case not PbfBlobs.Data when header is not null:
                // The format asks readers to pass over kinds of blobs that they do not know.
                return header;
            default:
                throw new InvalidDataException("an OpenStreetMap file begins with its header");
        }
    }

    private void Guard(long offset, Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException damage)
        {
            throw Refused(damage.Message, damage);
        }
        catch (InvalidProtocolBufferException damage)
        {
            throw Refused("its fields cannot be told apart", damage);
        }
        catch (IOException damage)
        {
            throw Refused("it cannot be read", damage);
        }

        RoadFileException Refused(string reason, Exception damage) =>
            new(
                _file,
                0,
                $"the blob at byte {offset} of this OpenStreetMap PBF file cannot be used: {reason}",
                damage
            );
    }
}
