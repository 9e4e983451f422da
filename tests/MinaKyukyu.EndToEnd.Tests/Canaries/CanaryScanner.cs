using System.Buffers.Binary;
using System.IO.Compression;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>A canary that was seen.</summary>
/// <param name="Offset">In the bytes that were searched, or of the compressed stream that it was found in.</param>
internal sealed record Sighting(
    string Place,
    string Name,
    long Offset,
    Canary Canary,
    CanaryEncoding Encoding
)
{
    public override string ToString() =>
        FormattableString.Invariant(
            $"{Place}: {Name} at {Offset}: {Canary.Kind} {Canary.Number} as {Encoding}"
        );
}

/// <summary>
/// Looks for all canaries in all encodings in one pass. Each place is asked by one multiplication and one bit whether any pattern
/// begins with its next eight bytes; the few that may are compared. Safe to use from many threads.
/// </summary>
internal sealed class CanaryScanner
{
    /// <summary>What is looked up at each place.</summary>
    public const int ShortestPattern = sizeof(ulong);

    /// <summary>2^22 bits are 512 KiB, which a core keeps near; some 25,000 patterns fill less than one of a hundred.</summary>
    private const int FilterBits = 22;

    /// <summary>What one compressed stream may hold; none of ours holds a tenth.</summary>
    private const int LongestInflated = 64 * 1024 * 1024;

    /// <summary>A compressed export inside a compressed dump, and one to spare.</summary>
    private const int DeepestInflated = 3;

    /// <summary>Where brotli, which has no mark of its own, may begin: a body, and a gRPC message after its five bytes of frame.</summary>
    private static readonly long[] BrotliPlaces = [0, 5];

    private readonly ulong[] _filter = new ulong[(1 << FilterBits) / 64];
    private readonly Dictionary<ulong, CanaryPattern[]> _patterns;
    private readonly int _longest;
    private readonly int _chunk;

    /// <param name="chunk">How much is read at once.</param>
    public CanaryScanner(IEnumerable<Canary> canaries, int chunk = 1 << 20)
    {
        _patterns = canaries
            .SelectMany(CanaryPatterns.Of)
            .GroupBy(p => BinaryPrimitives.ReadUInt64LittleEndian(p.Bytes))
            .ToDictionary(g => g.Key, g => g.ToArray());
        _longest = _patterns.Values.SelectMany(g => g).Max(p => p.Bytes.Length);
        _chunk = chunk;
        foreach (ulong key in _patterns.Keys)
        {
            int bit = BitOf(key);
            _filter[bit >> 6] |= 1UL << (bit & 63);
        }
    }

    public int Patterns => _patterns.Values.Sum(g => g.Length);

    public IReadOnlyList<Sighting> Scan(string place, string name, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return Scan(place, name, stream);
    }

    /// <param name="stream">Can seek: compressed streams inside are read from where they begin.</param>
    public IReadOnlyList<Sighting> Scan(string place, string name, Stream stream)
    {
        List<Sighting> seen = [];
        Scan(new Pass(place, name, seen, null), stream, 0);
        return [.. seen.DistinctBy(s => (s.Offset, s.Canary.Number, s.Encoding))];
    }

    private void Scan(Pass pass, Stream stream, int depth)
    {
        List<long> compressed = [];
        // One byte is kept before what is looked at, so that the neighbour of a whole number is known.
        byte[] buffer = new byte[1 + _longest + 1 + _chunk];
        int length = 1;
        long origin = -1;
        bool isEnd = false;
        while (!isEnd)
        {
            int read = stream.ReadAtLeast(buffer.AsSpan(length), 1, throwOnEndOfStream: false);
            isEnd = read == 0;
            length += read;
            int last = isEnd ? length : length - _longest - 1;
            for (int at = 1; at < last; at++)
            {
                if (length - at >= ShortestPattern)
                {
                    Look(pass, buffer.AsSpan(0, length), at, origin);
                }

                if (length - at > 2 && IsCompressed(buffer.AsSpan(at)))
                {
                    compressed.Add(origin + at);
                }
            }

            if (last > 1)
            {
                int keep = last - 1;
                buffer.AsSpan(keep, length - keep).CopyTo(buffer);
                length -= keep;
                origin += keep;
            }
        }

        if (depth < DeepestInflated && stream.CanSeek)
        {
            Inflate(pass, stream, compressed, depth + 1);
        }
    }

    private void Look(Pass pass, ReadOnlySpan<byte> bytes, int at, long origin)
    {
        ulong key = BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
        int bit = BitOf(key);
        if (
            (_filter[bit >> 6] & (1UL << (bit & 63))) == 0
            || !_patterns.TryGetValue(key, out CanaryPattern[]? patterns)
        )
        {
            return;
        }

        foreach (CanaryPattern pattern in patterns)
        {
            if (
                bytes[at..].StartsWith(pattern.Bytes)
                && (!pattern.IsWhole || StandsAlone(bytes, at, pattern.Bytes.Length))
            )
            {
                pass.See(origin + at, pattern);
            }
        }
    }

    private void Inflate(Pass pass, Stream stream, List<long> marked, int depth)
    {
        foreach (long offset in marked)
        {
            stream.Position = offset;
            int first = stream.ReadByte();
            stream.Position = offset;
            Func<Stream, Stream> open =
                first == 0x1f
                    ? s => new GZipStream(s, CompressionMode.Decompress, leaveOpen: true)
                    : s => new ZLibStream(s, CompressionMode.Decompress, leaveOpen: true);
            InflateOne(pass.Inside(offset), open(stream), depth);
        }

        foreach (long offset in BrotliPlaces.Where(p => p < stream.Length))
        {
            stream.Position = offset;
            var brotli = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true);
            InflateOne(pass.Inside(offset), brotli, depth);
        }
    }

    /// <summary>What came out before the stream broke is searched as well: a torn file may leak, too.</summary>
    private void InflateOne(Pass pass, Stream inflating, int depth)
    {
        using var inflated = new MemoryStream();
        using (inflating)
        {
            byte[] buffer = new byte[16 * 1024];
            try
            {
                int read;
                while (inflated.Length < LongestInflated && (read = inflating.Read(buffer)) > 0)
                {
                    inflated.Write(buffer, 0, read);
                }
            }
            catch (Exception broken)
                when (broken is InvalidDataException or InvalidOperationException)
            {
                // No such stream after all, or one that was cut.
            }
        }

        if (inflated.Length >= ShortestPattern)
        {
            inflated.Position = 0;
            Scan(pass, inflated, depth);
        }
    }

    private static bool IsCompressed(ReadOnlySpan<byte> bytes) =>
        bytes is [0x1f, 0x8b, 0x08, ..] or [0x78, 0x01 or 0x5e or 0x9c or 0xda, ..];

    private static bool StandsAlone(ReadOnlySpan<byte> bytes, int at, int length) =>
        !char.IsAsciiLetterOrDigit((char)bytes[at - 1])
        && (at + length >= bytes.Length || !char.IsAsciiLetterOrDigit((char)bytes[at + length]));

    private static int BitOf(ulong key) =>
        (int)(unchecked(key * 0x9e37_79b9_7f4a_7c15) >> (64 - FilterBits));

    /// <summary>One search of one place; inside a compressed stream, of what came out of it.</summary>
    private sealed record Pass(string Place, string Name, List<Sighting> Seen, long? Outer)
    {
        public Pass Inside(long offset) => Outer is null ? this with { Outer = offset } : this;

        public void See(long offset, CanaryPattern pattern) =>
            Seen.Add(
                new Sighting(
                    Place,
                    Name,
                    Outer ?? offset,
                    pattern.Canary,
                    Outer is null ? pattern.Encoding : CanaryEncoding.Compressed
                )
            );
    }
}
