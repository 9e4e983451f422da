using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>
/// Takes messages from a pipe, one at a time. A message is read straight from the transport's buffers; what was not asked for
/// stays there, which is the back-pressure.
/// </summary>
internal sealed class MessageReader : DeserializationContext
{
    private readonly PipeReader _pipe;
    private readonly int? _maxMessageSize;
    private readonly string? _encoding;
    private ReadOnlySequence<byte> _payload;

    /// <param name="encoding">What <c>grpc-encoding</c> said; <see langword="null"/> or <c>identity</c> for none.</param>
    public MessageReader(PipeReader pipe, int? maxMessageSize, string? encoding)
    {
        _pipe = pipe;
        _maxMessageSize = maxMessageSize;
        _encoding = encoding;
    }

    public override int PayloadLength => checked((int)_payload.Length);

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <summary>The next message; <see langword="null"/> when the stream ended between two messages.</summary>
    /// <exception cref="RpcException">The frame is broken (INTERNAL), too long (RESOURCE_EXHAUSTED) or compressed in an unknown way.</exception>
    public async ValueTask<T?> ReadAsync<T>(
        Marshaller<T> marshaller,
        CancellationToken cancellationToken
    )
        where T : class
    {
        while (true)
        {
            var result = await _pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCanceled)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            // Whoever throws has no use for what has come; the transport must have it back all the same, or it cannot drain the rest.
            var buffer = result.Buffer;
            var (consumed, examined) = (buffer.End, buffer.End);
            try
            {
                if (TryTakeFrame(buffer, out var isCompressed, out var payload))
                {
                    (consumed, examined) = (payload.End, payload.End);
                    return Deserialize(marshaller, isCompressed, payload);
                }

                if (result.IsCompleted)
                {
                    return buffer.IsEmpty
                        ? null
                        : throw Broken("The stream ended inside a message.");
                }

                consumed = buffer.Start;
            }
            finally
            {
                _pipe.AdvanceTo(consumed, examined);
            }
        }
    }

    /// <summary>The only message of a side that speaks once; <see langword="null"/> when there was none.</summary>
    /// <exception cref="RpcException">INTERNAL: there was more than one, or see <see cref="ReadAsync{T}"/>.</exception>
    public async ValueTask<T?> ReadSingleAsync<T>(
        Marshaller<T> marshaller,
        CancellationToken cancellationToken
    )
        where T : class
    {
        T? message = null;
        while (true)
        {
            var result = await _pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.IsCanceled)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            var buffer = result.Buffer;
            var (consumed, examined) = (buffer.End, buffer.End);
            try
            {
                if (message is null && TryTakeFrame(buffer, out var isCompressed, out var payload))
                {
                    // Most single messages arrive together with the end of their stream, and one read is all it takes.
                    message = Deserialize(marshaller, isCompressed, payload);
                    buffer = buffer.Slice(payload.End);
                }

                if (message is not null && !buffer.IsEmpty)
                {
                    throw Broken("More than one message came where one was expected.");
                }

                if (result.IsCompleted)
                {
                    return buffer.IsEmpty
                        ? message
                        : throw Broken("The stream ended inside a message.");
                }

                consumed = message is null ? buffer.Start : buffer.End;
            }
            finally
            {
                _pipe.AdvanceTo(consumed, examined);
            }
        }
    }

    private bool TryTakeFrame(
        in ReadOnlySequence<byte> buffer,
        out bool isCompressed,
        out ReadOnlySequence<byte> payload
    )
    {
        payload = default;
        isCompressed = false;
        if (buffer.Length < GrpcWords.FrameHeaderSize)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[GrpcWords.FrameHeaderSize];
        buffer.Slice(0, GrpcWords.FrameHeaderSize).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (header[0] > 1)
        {
            throw Broken("The compressed flag of a message is neither 0 nor 1.");
        }

        if (length > (uint)(_maxMessageSize ?? int.MaxValue))
        {
            throw TooLong();
        }

        if (buffer.Length - GrpcWords.FrameHeaderSize < length)
        {
            return false;
        }

        isCompressed = header[0] == 1;
        payload = buffer.Slice(GrpcWords.FrameHeaderSize, length);
        return true;
    }

    private T Deserialize<T>(
        Marshaller<T> marshaller,
        bool isCompressed,
        in ReadOnlySequence<byte> payload
    )
    {
        try
        {
            _payload = isCompressed ? Decompress(payload) : payload;
            return marshaller.ContextualDeserializer(this)
                ?? throw new InvalidDataException("The marshaller made no message.");
        }
        catch (Exception e) when (e is not RpcException)
        {
            // A marshaller is somebody else's code, and each has exceptions of its own for bytes that it cannot read.
            throw new RpcException(new Status(StatusCode.Internal, "A message cannot be read.", e));
        }
        finally
        {
            _payload = default;
        }
    }

    private ReadOnlySequence<byte> Decompress(in ReadOnlySequence<byte> payload)
    {
        if (_encoding is null or GrpcWords.Identity)
        {
            throw Broken("A message is compressed and its encoding was not named.");
        }

        return MessageCompression.TryDecompress(_encoding, payload, _maxMessageSize, out var plain)
            ? plain
            : throw TooLong();
    }

    private static RpcException TooLong() =>
        new(
            new Status(
                StatusCode.ResourceExhausted,
                "A received message is longer than the limit of this side."
            )
        );

    private static RpcException Broken(string why) => new(new Status(StatusCode.Internal, why));
}
