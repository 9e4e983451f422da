using System.Buffers.Binary;

namespace MinaKyukyu.GrpcTests.Fuzz.Http2;

internal enum FrameType : byte
{
    Data = 0,
    Headers = 1,
    ResetStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}

/// <summary>One frame of HTTP/2 (RFC 9113 §4.1).</summary>
internal sealed record Http2Frame(FrameType Type, byte Flags, int Stream, byte[] Payload)
{
    public const byte EndStream = 1;
    public const byte Ack = 1;
    public const byte EndHeaders = 4;
    public const int HeaderSize = 9;

    /// <summary>What a peer takes unless it said otherwise.</summary>
    private const int MaxPayload = 16_384;

    /// <summary>Of the settings: no table for headers, and windows so wide that nobody waits.</summary>
    public static byte[] Greeting { get; } =
    [
        .. new Http2Frame(
            FrameType.Settings,
            0,
            0,
            [0, 1, 0, 0, 0, 0, 0, 4, 0x7F, 0xFF, 0xFF, 0xFF]
        ).ToArray(),
        .. new Http2Frame(FrameType.WindowUpdate, 0, 0, [0x7F, 0, 0, 0]).ToArray(),
    ];

    public bool EndsStream =>
        (Flags & EndStream) != 0 && Type is FrameType.Data or FrameType.Headers;

    public static IEnumerable<Http2Frame> Headers(
        int stream,
        IEnumerable<(string Name, string Value)> headers,
        bool ends
    )
    {
        var pieces = HeaderBlock.Write(headers).Chunk(MaxPayload).DefaultIfEmpty([]).ToArray();
        for (var i = 0; i < pieces.Length; i++)
        {
            var flags = i == pieces.Length - 1 ? EndHeaders : 0;
            yield return i == 0
                ? new Http2Frame(
                    FrameType.Headers,
                    (byte)(flags | (ends ? EndStream : 0)),
                    stream,
                    pieces[i]
                )
                : new Http2Frame(FrameType.Continuation, (byte)flags, stream, pieces[i]);
        }
    }

    public static IEnumerable<Http2Frame> Data(int stream, byte[] part, bool ends)
    {
        var pieces = part.Chunk(MaxPayload).DefaultIfEmpty([]).ToArray();
        for (var i = 0; i < pieces.Length; i++)
        {
            var isLast = ends && i == pieces.Length - 1;
            yield return new Http2Frame(
                FrameType.Data,
                isLast ? EndStream : (byte)0,
                stream,
                pieces[i]
            );
        }
    }

    public static Http2Frame Reset(int stream, uint code) =>
        new(FrameType.ResetStream, 0, stream, Number(code));

    public static Http2Frame GoAway(int lastStream, uint code) =>
        new(FrameType.GoAway, 0, 0, [.. Number((uint)lastStream), .. Number(code)]);

    public byte[] ToArray()
    {
        var bytes = new byte[HeaderSize + Payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (Payload.Length << 8) | (byte)Type);
        bytes[4] = Flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), Stream);
        Payload.CopyTo(bytes, HeaderSize);
        return bytes;
    }

    /// <returns><see langword="null"/> at the end of the connection.</returns>
    public static async Task<Http2Frame?> ReadAsync(
        Stream from,
        CancellationToken cancellationToken
    )
    {
        var header = new byte[HeaderSize];
        try
        {
            await from.ReadExactlyAsync(header, cancellationToken);
            var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header) >>> 8];
            await from.ReadExactlyAsync(payload, cancellationToken);
            return new Http2Frame(
                (FrameType)header[3],
                header[4],
                BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)) & int.MaxValue,
                payload
            );
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
