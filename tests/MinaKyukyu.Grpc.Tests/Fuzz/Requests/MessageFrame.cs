using System.Buffers.Binary;
using System.IO.Compression;

namespace MinaKyukyu.GrpcTests.Fuzz.Requests;

/// <summary>A message in its frame, with every part free: what the flag says, what length is announced, what follows.</summary>
internal sealed record MessageFrame(byte Flag, uint Announced, byte[] Payload)
{
    public static MessageFrame Plain(byte[] message) => new(0, (uint)message.Length, message);

    public static MessageFrame Packed(byte[] packed) => new(1, (uint)packed.Length, packed);

    public byte[] ToArray()
    {
        var frame = new byte[5 + Payload.Length];
        frame[0] = Flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), Announced);
        Payload.CopyTo(frame, 5);
        return frame;
    }

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    /// <summary>A few kilobytes that unpack to many megabytes of nothing.</summary>
    public static byte[] Bomb { get; } = Gzip(new byte[16 * 1024 * 1024]);
}
