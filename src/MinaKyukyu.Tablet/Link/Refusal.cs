using Google.Protobuf;
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
        byte[]? details = failure.Trailers.GetValueBytes(DetailsKey);
        if (details is null)
        {
            return refusal;
        }

        try
        {
            return ReadStatus(refusal, details);
        }
        catch (InvalidProtocolBufferException)
        {
            return refusal;
        }
    }

    // The messages are google.rpc.Status (details = 3), ErrorInfo (reason = 1), LocalizedMessage (message = 2) and
    // RetryInfo (retry_delay = 1), read by their field numbers.
    private static Refusal ReadStatus(Refusal refusal, byte[] status)
    {
        foreach (byte[] detail in Fields(status, 3))
        {
            string type = Text(detail, 1);
            byte[] value = Fields(detail, 2).LastOrDefault() ?? [];
            refusal = type[(type.LastIndexOf('/') + 1)..] switch
            {
                "google.rpc.ErrorInfo" => refusal with { Reason = Text(value, 1) },
                "google.rpc.LocalizedMessage" when Text(value, 1) is not "en" => refusal with
                {
                    Sentence = Text(value, 2),
                },
                "google.rpc.RetryInfo" => refusal with { RetryAfter = Delay(value) },
                _ => refusal,
            };
        }

        return refusal;
    }

    private static string Text(byte[] message, int number) =>
        Fields(message, number).LastOrDefault() is { } bytes
            ? ByteString.CopyFrom(bytes).ToStringUtf8()
            : "";

    private static TimeSpan? Delay(byte[] retryInfo) =>
        Fields(retryInfo, 1).LastOrDefault() is { } bytes
            ? Google.Protobuf.WellKnownTypes.Duration.Parser.ParseFrom(bytes).ToTimeSpan()
            : null;

    private static List<byte[]> Fields(byte[] message, int number)
    {
        List<byte[]> found = [];
        using var input = new CodedInputStream(message);
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            bool isWanted =
                WireFormat.GetTagFieldNumber(tag) == number
                && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;
            if (isWanted)
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}
