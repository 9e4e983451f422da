using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>
/// A real <c>google.rpc.Status</c> as this program's refusals carry it. Both sides of a call build it on their own and compare it
/// field by field, so that neither only gives back the other's bytes.
/// </summary>
internal static class RichStatus
{
    public const string Sentence = "救急車は出動中です(100 %)";

    private const string Trailer = "grpc-status-details-bin";

    public static RpcException Refusal() =>
        new(
            new Grpc.Core.Status(StatusCode.FailedPrecondition, Sentence),
            new Metadata { { Trailer, Message().ToByteArray() } }
        );

    /// <summary>Sees that the refusal carries just this status.</summary>
    public static void IsIn(RpcException refused)
    {
        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Equal(Sentence, refused.Status.Detail);
        var status = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes(Trailer));
        Assert.Equal(Message(), status);
    }

    /// <summary>The compiled contracts as a descriptor set, from which the peers make their own types.</summary>
    public static byte[] Descriptors()
    {
        var set = new FileDescriptorSet();
        FileDescriptor[] files =
        [
            AnyReflection.Descriptor,
            DurationReflection.Descriptor,
            StatusReflection.Descriptor,
            ErrorDetailsReflection.Descriptor,
            HealthReflection.Descriptor,
        ];
        set.File.AddRange(files.Select(file => file.ToProto()));
        return set.ToByteArray();
    }

    private static Google.Rpc.Status Message() =>
        new()
        {
            Code = (int)StatusCode.FailedPrecondition,
            Message = Sentence,
            Details =
            {
                Any.Pack(
                    new ErrorInfo
                    {
                        Reason = "UNIT_BUSY",
                        Domain = "minakyukyu.example",
                        Metadata = { { "unit", "A1" } },
                    }
                ),
                Any.Pack(new LocalizedMessage { Locale = "ja", Message = Sentence }),
                Any.Pack(
                    new BadRequest
                    {
                        FieldViolations =
                        {
                            new BadRequest.Types.FieldViolation
                            {
                                Field = "unit_id",
                                Description = "busy",
                            },
                        },
                    }
                ),
                Any.Pack(
                    new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(2.5)) }
                ),
            },
        };
}
