using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grpc.Net.Client;

/// <summary>
/// A way to one gRPC server over HTTP/2: with TLS for <c>https</c>, by prior knowledge for <c>http</c>. Nothing is repeated here;
/// who calls decides whether to call again. Safe for use from many threads; make one and keep it.
/// </summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    /// <summary>Long enough for a radio link with 600 ms round trips and losses, short enough for a crew that waits.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A connection that is silent for 30 s is asked whether it lives, and dropped 15 s later if it says nothing.</summary>
    private static readonly TimeSpan KeepAliveDelay = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _disposed = new();
    private readonly Uri _address;
    private readonly bool _ownsClient;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        if (options.HttpClient is not null && options.HttpHandler is not null)
        {
            throw new ArgumentException(
                "A channel takes an HttpClient or an HttpHandler, not both.",
                nameof(options)
            );
        }

        _address = address;
        MaxSendMessageSize = options.MaxSendMessageSize;
        MaxReceiveMessageSize = options.MaxReceiveMessageSize;
        Logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger(
            "Grpc.Net.Client.GrpcChannel"
        );
        _ownsClient =
            options.DisposeHttpClient
            || (options.HttpClient is null && options.HttpHandler is null);
        Client = options.HttpClient ?? CreateClient(options.HttpHandler, _ownsClient);
    }

    internal HttpClient Client { get; }

    internal int? MaxSendMessageSize { get; }

    internal int? MaxReceiveMessageSize { get; }

    internal ILogger Logger { get; }

    /// <summary>Fires when the channel is disposed.</summary>
    internal CancellationToken Disposed => _disposed.Token;

    public static GrpcChannel ForAddress(string address) =>
        ForAddress(address, new GrpcChannelOptions());

    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) =>
        ForAddress(new Uri(address), channelOptions);

    public static GrpcChannel ForAddress(Uri address) =>
        ForAddress(address, new GrpcChannelOptions());

    /// <exception cref="ArgumentException">The address is neither http nor https, or both a client and a handler were given.</exception>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        if (
            !address.IsAbsoluteUri
            || (
                !string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)
                && !string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
            )
        )
        {
            throw new ArgumentException(
                "The address of a channel begins with http:// or https://.",
                nameof(address)
            );
        }

        return new GrpcChannel(address, channelOptions);
    }

    public override CallInvoker CreateCallInvoker()
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        return new Calls.HttpCallInvoker(this);
    }

    /// <summary>Gives up the calls in flight and, where they are the channel's own, closes its connections.</summary>
    public void Dispose()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        _disposed.Cancel();
        if (_ownsClient)
        {
            Client.Dispose();
        }

        // The source has no timer and is not disposed: calls that end now still look at its token.
    }

    internal Uri AddressOf(string methodFullName) =>
        _addresses.GetOrAdd(
            methodFullName,
            static (path, address) => new Uri(address, path),
            _address
        );

    private static HttpClient CreateClient(HttpMessageHandler? handler, bool ownsHandler) =>
        new(handler ?? CreateHandler(), ownsHandler)
        {
            // Deadlines are the calls' own; a stream may last for a shift.
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

    private static SocketsHttpHandler CreateHandler() =>
        new()
        {
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = ConnectTimeout,
            KeepAlivePingDelay = KeepAliveDelay,
            KeepAlivePingTimeout = KeepAliveTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            AllowAutoRedirect = false,
            UseCookies = false,
        };
}
