namespace Grpc.Core;

/// <summary>Messages that arrive one after another. One reader at a time.</summary>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last successful <see cref="MoveNext"/> brought.</summary>
    T Current { get; }

    /// <summary>Waits for the next message.</summary>
    /// <returns><see langword="false"/> after the last one.</returns>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

/// <summary>Messages that leave one after another. A write must have ended before the next begins.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the following messages are written; <see langword="null"/> for the default.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Ends when the transport has taken the message: this is the back-pressure.</summary>
    Task WriteAsync(T message);

    /// <inheritdoc cref="WriteAsync(T)"/>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException("This writer cannot be cancelled.");
        }

        return WriteAsync(message);
    }
}

/// <summary>The responses of a server.</summary>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;

/// <summary>The requests of a client.</summary>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Says that no more will be written.</summary>
    Task CompleteAsync();
}
