using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>The encodings of messages that are understood here: gzip.</summary>
internal static class MessageCompression
{
    /// <summary>What <c>grpc-accept-encoding</c> says.</summary>
    public const string Accepted = "identity,gzip";

    private const int ChunkSize = 8192;

    /// <summary>Ten octets of header, two that say "nothing", four of checksum, four of length.</summary>
    private const int SmallestMember = 20;

    public static bool IsKnown(string? encoding) =>
        encoding is null or GrpcWords.Identity or GrpcWords.Gzip;

    /// <summary>Whether the far side's <c>grpc-accept-encoding</c> names gzip.</summary>
    public static bool IsGzipAccepted(string? acceptEncoding)
    {
        foreach (var range in acceptEncoding.AsSpan().Split(','))
        {
            if (acceptEncoding.AsSpan(range).Trim().SequenceEqual(GrpcWords.Gzip))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Packs a message.</summary>
    /// <returns><see langword="false"/> when it does not get shorter than <paramref name="plain"/>; then it goes as it is.</returns>
    public static bool TryCompress(
        ReadOnlySpan<byte> plain,
        CompressionLevel level,
        Span<byte> packed,
        out int length
    )
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, level, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        length = (int)output.Length;
        if (length >= plain.Length)
        {
            return false;
        }

        output.GetBuffer().AsSpan(0, length).CopyTo(packed);
        return true;
    }

    /// <summary>Unpacks a message without ever holding more than the limit.</summary>
    /// <returns><see langword="false"/> when the plain message is longer than <paramref name="maxMessageSize"/>.</returns>
    /// <exception cref="RpcException">INTERNAL: the bytes are not what the encoding promised.</exception>
    public static bool TryDecompress(
        string encoding,
        in ReadOnlySequence<byte> payload,
        int? maxMessageSize,
        out ReadOnlySequence<byte> plain
    )
    {
        if (!string.Equals(encoding, GrpcWords.Gzip, StringComparison.Ordinal))
        {
            throw new RpcException(
                new Status(
                    StatusCode.Unimplemented,
                    "The encoding of the messages is not supported."
                )
            );
        }

        var limit = maxMessageSize ?? int.MaxValue;
        var output = new ArrayBufferWriter<byte>();
        plain = default;
        try
        {
            using var packed = new MemoryStream(payload.ToArray(), writable: false);
            using var gzip = new GZipStream(packed, CompressionMode.Decompress);
            while (true)
            {
                var count = gzip.Read(output.GetSpan(ChunkSize));
                if (count == 0)
                {
                    ThrowIfNotWhole(payload, output.WrittenCount);
                    plain = new ReadOnlySequence<byte>(output.WrittenMemory);
                    return true;
                }

                output.Advance(count);
                if (output.WrittenCount > limit)
                {
                    return false;
                }
            }
        }
        catch (InvalidDataException)
        {
            throw Broken();
        }
    }

    /// <summary>
    /// <see cref="GZipStream"/> takes what was cut off for the end, and passes over what stands behind it: half a message would be
    /// read as a whole one. The last four octets of gzip (RFC 1952) are the length of what was packed; every gRPC implementation
    /// packs a message as one member, so that is the length of the message.
    /// </summary>
    private static void ThrowIfNotWhole(in ReadOnlySequence<byte> payload, int plainLength)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        if (payload.Length < SmallestMember)
        {
            throw Broken();
        }

        payload.Slice(payload.Length - trailer.Length).CopyTo(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (uint)plainLength)
        {
            throw Broken();
        }
    }

    private static RpcException Broken() =>
        new(new Status(StatusCode.Internal, "A compressed message cannot be unpacked."));
}
