using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Sentences;

namespace MinaKyukyu.Server.Wire;

/// <summary>A refusal as it stands on the wire: canonical code, ErrorInfo for programs, a Japanese sentence for the crew.</summary>
internal static class RefusalStatus
{
    /// <summary>Of ErrorInfo.</summary>
    public const string Domain = "minakyukyu";

    public const string DetailsKey = "grpc-status-details-bin";

    public static RpcException ToRpcException(this Refusal why)
    {
        RefusalSentence sentence = RefusalSentences.Get(why.Reason);
        var trailers = new Metadata { { DetailsKey, StatusOf(why).ToByteArray() } };
        return new RpcException(new Grpc.Core.Status(sentence.Status, sentence.En), trailers);
    }

    public static Google.Rpc.Status StatusOf(Refusal why)
    {
        RefusalSentence sentence = RefusalSentences.Get(why.Reason);
        var info = new ErrorInfo { Reason = why.Reason, Domain = Domain };
        var status = new Google.Rpc.Status { Code = (int)sentence.Status, Message = sentence.En };
        if (why.Field.Length > 0)
        {
            info.Metadata.Add("field", why.Field);
            var bad = new BadRequest();
            bad.FieldViolations.Add(
                new BadRequest.Types.FieldViolation { Field = why.Field, Description = sentence.En }
            );
            status.Details.Add(Any.Pack(bad));
        }

        status.Details.Insert(0, Any.Pack(info));
        status.Details.Add(Any.Pack(new LocalizedMessage { Locale = "ja", Message = sentence.Ja }));
        if (sentence.MayRepeat)
        {
            // One second: long enough for a writer to catch up, short enough for a crew that waits.
            status.Details.Add(
                Any.Pack(
                    new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) }
                )
            );
        }

        return status;
    }
}
