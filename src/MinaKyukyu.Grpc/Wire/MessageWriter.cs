using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>
/// Makes the frame of one message (flag, length, payload) in a buffer that it keeps for the next. The frame stands apart from
/// the transport until it is whole, so a marshaller that throws leaves nothing half written. One message at a time.
/// </summary>
internal sealed class MessageWriter : SerializationContext, IBufferWriter<byte>
{
    private const int SmallestBuffer = 256;

    /// <summary>Shorter messages go as they are: gzip's own 18 bytes and its tables eat what it saves.</summary>
    private const int SmallestPacked = 256;

    private readonly int? _maxMessageSize;
    private byte[] _buffer = [];
    private int _length;
    private int? _announced;
    private bool _isComplete;

    public MessageWriter(int? maxMessageSize) => _maxMessageSize = maxMessageSize;

    /// <summary>How hard messages are packed; <see langword="null"/> for not at all. The far side must have been told the encoding.</summary>
    public CompressionLevel? Compression { get; set; }

    /// <summary>Serializes the message.</summary>
    /// <param name="mayPack">False where the message itself asks to stay as it is.</param>
    /// <returns>The frame; valid until the next message or <see cref="Release"/>.</returns>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: the message is longer than allowed.</exception>
    public ReadOnlyMemory<byte> Frame<T>(Marshaller<T> marshaller, T message, bool mayPack = true)
    {
        _length = GrpcWords.FrameHeaderSize;
        _announced = null;
        _isComplete = false;
        marshaller.ContextualSerializer(message, this);
        if (!_isComplete)
        {
            throw new InvalidOperationException("The marshaller did not complete the message.");
        }

        var isPacked = mayPack && Compression is { } level && TryPack(level);
        WriteFrameHeader(isPacked, _length - GrpcWords.FrameHeaderSize);
        return _buffer.AsMemory(0, _length);
    }

    /// <summary>Gives the buffer back.</summary>
    public void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        ThrowIfTooLong(payloadLength);
        _announced = payloadLength;
        EnsureRoom(payloadLength);
    }

    public override IBufferWriter<byte> GetBufferWriter() => this;

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        SetPayloadLength(payload.Length);
        payload.CopyTo(_buffer.AsSpan(_length));
        _length += payload.Length;
        Complete();
    }

    public override void Complete()
    {
        var payloadLength = _length - GrpcWords.FrameHeaderSize;
        if (_isComplete || (_announced is { } announced && announced != payloadLength))
        {
            throw new InvalidOperationException(
                "The marshaller did not write the payload that it announced."
            );
        }

        ThrowIfTooLong(payloadLength);
        EnsureRoom(0);
        _isComplete = true;
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);
        _length += count;
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        EnsureRoom(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_length);
    }

    private void EnsureRoom(int more)
    {
        var needed = _length + more;
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(
            Math.Max(Math.Max(needed, _buffer.Length * 2), SmallestBuffer)
        );
        _buffer.AsSpan(0, Math.Min(_length, _buffer.Length)).CopyTo(larger);
        Release();
        _buffer = larger;
    }

    private bool TryPack(CompressionLevel level)
    {
        var payload = _buffer.AsSpan(GrpcWords.FrameHeaderSize.._length);
        if (
            payload.Length < SmallestPacked
            || !MessageCompression.TryCompress(payload, level, payload, out var packedLength)
        )
        {
            return false;
        }

        _length = GrpcWords.FrameHeaderSize + packedLength;
        return true;
    }

    private void WriteFrameHeader(bool isPacked, int payloadLength)
    {
        _buffer[0] = isPacked ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(1), (uint)payloadLength);
    }

    private void ThrowIfTooLong(int payloadLength)
    {
        if (payloadLength > _maxMessageSize)
        {
            throw new RpcException(
                new Status(
                    StatusCode.ResourceExhausted,
                    "The message to send is longer than the limit of this side."
                )
            );
        }
    }
}
