using System.IO.Compression;
using Grpc.AspNetCore.Server.Activation;
using Grpc.Core.Interceptors;
using Grpc.Net.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Options;

/// <summary>The options of one service after those for all services and its own were laid over each other. Never changes.</summary>
internal sealed class CallSettings
{
    public CallSettings(
        GrpcServiceOptions all,
        GrpcServiceOptions own,
        HostServices host,
        TimeProvider clock,
        ILogger logger
    )
    {
        MaxSendMessageSize = own.IsMaxSendMessageSizeSet
            ? own.MaxSendMessageSize
            : all.MaxSendMessageSize;
        MaxReceiveMessageSize =
            own.IsMaxReceiveMessageSizeSet ? own.MaxReceiveMessageSize
            : all.IsMaxReceiveMessageSizeSet ? all.MaxReceiveMessageSize
            : GrpcWords.DefaultMaxReceiveMessageSize;
        IsDetailed = own.EnableDetailedErrors ?? all.EnableDetailedErrors ?? false;
        ResponseCompression = CompressionOf(all, own);
        Interceptors =
        [
            .. all
                .Interceptors.Concat(own.Interceptors)
                .Select(one => new Activator<Interceptor>(one.Type, [.. one.Arguments], host)),
        ];
        Host = host;
        Clock = clock;
        Logger = logger;
    }

    public int? MaxSendMessageSize { get; }

    public int? MaxReceiveMessageSize { get; }

    /// <summary>Whether the text of an unexpected exception goes to the client.</summary>
    public bool IsDetailed { get; }

    /// <summary>How hard messages are packed; <see langword="null"/> for not at all.</summary>
    public CompressionLevel? ResponseCompression { get; }

    /// <summary>The outermost first.</summary>
    public IReadOnlyList<Activator<Interceptor>> Interceptors { get; }

    public HostServices Host { get; }

    /// <summary>Measures deadlines.</summary>
    public TimeProvider Clock { get; }

    public ILogger Logger { get; }

    /// <exception cref="InvalidOperationException">The algorithm is not known here.</exception>
    private static CompressionLevel? CompressionOf(
        GrpcServiceOptions all,
        GrpcServiceOptions own
    ) =>
        (own.ResponseCompressionAlgorithm ?? all.ResponseCompressionAlgorithm) switch
        {
            null or GrpcWords.Identity => null,
            GrpcWords.Gzip => own.ResponseCompressionLevel
                ?? all.ResponseCompressionLevel
                ?? CompressionLevel.Fastest,
            var unknown => throw new InvalidOperationException(
                $"Responses cannot be packed by '{unknown}'."
            ),
        };
}
