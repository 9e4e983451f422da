using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace MinaKyukyu.Tablet.Link;

/// <summary>The server's definite no.</summary>
/// <param name="Code">Canonical gRPC code.</param>
/// <param name="Reason">For programs, from <c>docs/API.md</c>; empty when the server named none.</param>
/// <param name="Sentence">For the crew, Japanese; empty when there is none.</param>
/// <param name="RetryAfter">When the server said how long to wait before the next try.</param>
public sealed record Refusal(StatusCode Code, string Reason, string Sentence, TimeSpan? RetryAfter)
{
    private const string DetailsKey = "grpc-status-details-bin";

    /// <summary>Reads what stands in the trailers of a call that failed; unreadable details are no details.</summary>
    public static Refusal Of(RpcException failure)
    {
        var refusal = new Refusal(failure.StatusCode, "", "", null);
        if (failure.Trailers.GetValueBytes(DetailsKey) is not { } bytes)
        {
            return refusal;
        }

        try
        {
            return Google.Rpc.Status.Parser.ParseFrom(bytes).Details.Aggregate(refusal, With);
        }
        catch (InvalidProtocolBufferException)
        {
            return refusal;
        }
    }

    private static Refusal With(Refusal refusal, Any detail)
    {
        if (detail.TryUnpack(out ErrorInfo info))
        {
            return refusal with { Reason = info.Reason };
        }

        if (detail.TryUnpack(out LocalizedMessage message))
        {
            return refusal with { Sentence = message.Message };
        }

        return detail.TryUnpack(out RetryInfo retry) && retry.RetryDelay is { } delay
            ? refusal with
            {
                RetryAfter = delay.ToTimeSpan(),
            }
            : refusal;
    }
}
