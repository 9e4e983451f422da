using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>What a channel says in the log: methods and codes, never messages, metadata or the far side's sentences.</summary>
internal static partial class GrpcClientLog
{
    [LoggerMessage(1, LogLevel.Debug, "Call {Method} starts.")]
    public static partial void CallStarts(ILogger logger, string method);

    [LoggerMessage(2, LogLevel.Debug, "Call {Method} ended with {StatusCode}.")]
    public static partial void CallEnded(ILogger logger, string method, StatusCode statusCode);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "Call {Method} could not reach the server: {StatusCode}."
    )]
    public static partial void TransportFailed(
        ILogger logger,
        string method,
        StatusCode statusCode
    );
}
