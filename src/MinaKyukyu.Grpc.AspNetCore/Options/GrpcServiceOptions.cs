using System.IO.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>How services are served: for all of them, or through <see cref="GrpcServiceOptions{TService}"/> for one.</summary>
public class GrpcServiceOptions
{
    private int? _maxSendMessageSize;
    private int? _maxReceiveMessageSize;

    /// <summary>Longest response in bytes; <see langword="null"/> for no limit.</summary>
    /// <value>No limit.</value>
    public int? MaxSendMessageSize
    {
        get => _maxSendMessageSize;
        set => (_maxSendMessageSize, IsMaxSendMessageSizeSet) = (value, true);
    }

    /// <summary>Longest request in bytes; <see langword="null"/> for no limit.</summary>
    /// <value>4 MiB, as in the public package.</value>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceiveMessageSize;
        set => (_maxReceiveMessageSize, IsMaxReceiveMessageSizeSet) = (value, true);
    }

    /// <summary>Whether the text of an unexpected exception goes to the client. For development only.</summary>
    /// <value><see langword="null"/>: no.</value>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>How responses are packed where the client understands it; <see langword="null"/> for not at all.</summary>
    /// <value><see langword="null"/>. <c>gzip</c> is the only other here.</value>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>How hard packing tries.</summary>
    /// <value><see langword="null"/>: <see cref="CompressionLevel.Fastest"/>.</value>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>Stand around each call; the first is the outermost, those of all services outside those of one.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    internal bool IsMaxSendMessageSizeSet { get; private set; }

    internal bool IsMaxReceiveMessageSizeSet { get; private set; }
}

/// <summary>What one service has otherwise than the others.</summary>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class;
