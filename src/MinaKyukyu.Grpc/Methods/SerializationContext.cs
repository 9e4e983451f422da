using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a marshaller puts a message. It calls <see cref="Complete(byte[])"/>, or writes and calls <see cref="Complete()"/>.</summary>
public abstract class SerializationContext
{
    /// <summary>The whole payload at once.</summary>
    public virtual void Complete(byte[] payload) => throw new NotSupportedException();

    /// <summary>The writer that takes the payload piece by piece.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotSupportedException();

    /// <summary>Says before writing how long the payload will be, in bytes.</summary>
    public virtual void SetPayloadLength(int payloadLength) => throw new NotSupportedException();

    /// <summary>What was written is the whole payload.</summary>
    public virtual void Complete() => throw new NotSupportedException();
}
