using Grpc.AspNetCore.Server.Options;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>What a client learns of an exception: what was meant for it, and nothing else.</summary>
internal static class CallFailures
{
    public static (Status Status, Metadata? Trailers) OutcomeOf(
        Exception failure,
        HttpServerCall call,
        CallSettings settings,
        Metadata? trailers
    )
    {
        if (failure is RpcException refused)
        {
            GrpcServerLog.CallRefused(settings.Logger, call.Method, refused.StatusCode);
            return (refused.Status, Join(trailers, refused.Trailers));
        }

        if (call.IsGivenUp)
        {
            // Whatever it threw: nobody waits for the answer any more.
            GrpcServerLog.CallGivenUp(settings.Logger, call.Method);
            return (new Status(StatusCode.Cancelled, "The client gave the call up."), trailers);
        }

        if (failure is BadHttpRequestException unreadable)
        {
            var status =
                unreadable.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? new Status(
                        StatusCode.ResourceExhausted,
                        "The request is longer than the server's limit."
                    )
                    : new Status(StatusCode.Internal, "The body of the request cannot be read.");
            GrpcServerLog.RequestUnreadable(
                settings.Logger,
                call.Method,
                unreadable.StatusCode,
                status.StatusCode
            );
            return (status, trailers);
        }

        GrpcServerLog.CallFailed(settings.Logger, call.Method, failure);
        var detail = settings.IsDetailed
            ? $"The service failed. {failure.GetType().Name}: {failure.Message}"
            : "The service failed.";
        return (new Status(StatusCode.Unknown, detail, failure), trailers);
    }

    private static Metadata Join(Metadata? own, Metadata thrown)
    {
        if (own is null || own.Count == 0)
        {
            return thrown;
        }

        var joined = new Metadata();
        foreach (var entry in own.Concat(thrown))
        {
            joined.Add(entry);
        }

        return joined;
    }
}
