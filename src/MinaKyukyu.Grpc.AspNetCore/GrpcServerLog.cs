using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>What the server says in the log: methods and codes, never messages, metadata or a status's sentence.</summary>
internal static partial class GrpcServerLog
{
    [LoggerMessage(1, LogLevel.Debug, "Call {Method} starts.")]
    public static partial void CallStarts(ILogger logger, string method);

    [LoggerMessage(2, LogLevel.Debug, "Call {Method} ended with {StatusCode}.")]
    public static partial void CallEnded(ILogger logger, string method, StatusCode statusCode);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "Call {Method} was refused by the service with {StatusCode}."
    )]
    public static partial void CallRefused(ILogger logger, string method, StatusCode statusCode);

    [LoggerMessage(4, LogLevel.Error, "Call {Method} failed in the service.")]
    public static partial void CallFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "Call {Method} was given up by the client.")]
    public static partial void CallGivenUp(ILogger logger, string method);

    [LoggerMessage(6, LogLevel.Information, "Call {Method} passed its deadline.")]
    public static partial void DeadlinePassed(ILogger logger, string method);

    [LoggerMessage(
        7,
        LogLevel.Debug,
        "A request that is not gRPC over HTTP/2 was refused with HTTP status {HttpStatus}."
    )]
    public static partial void NotGrpc(ILogger logger, int httpStatus);

    [LoggerMessage(8, LogLevel.Information, "A call to an unknown service or method was refused.")]
    public static partial void Unimplemented(ILogger logger);

    [LoggerMessage(
        9,
        LogLevel.Information,
        "The transport could not read the request of call {Method} (HTTP status {HttpStatus}); it ends with {StatusCode}."
    )]
    public static partial void RequestUnreadable(
        ILogger logger,
        string method,
        int httpStatus,
        StatusCode statusCode
    );
}
