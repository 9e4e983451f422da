using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>How a channel reaches its server.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Longest request in bytes; <see langword="null"/> for no limit.</summary>
    /// <value>No limit: the server has one.</value>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Longest response in bytes; <see langword="null"/> for no limit.</summary>
    /// <value>4 MiB, as in the public package.</value>
    public int? MaxReceiveMessageSize { get; set; } = Wire.GrpcWords.DefaultMaxReceiveMessageSize;

    /// <summary>Takes the channel's log; <see langword="null"/> for none.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The client to use. Not together with <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The transport to use; <see langword="null"/> for one of the channel's own.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether the channel disposes a client or a transport that it was given.</summary>
    public bool DisposeHttpClient { get; set; }
}
