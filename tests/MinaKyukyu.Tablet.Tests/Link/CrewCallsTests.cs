using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Core.Interceptors;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Tablet.Tests.Link;

public sealed class CrewCallsTests
{
    private readonly ManualTime _time = new();
    private readonly CrewLinkOptions _options = new();
    private readonly CrewCalls _calls;

    public CrewCallsTests() =>
        _calls = new CrewCalls(new CrewIdentity(new("tablet-1"), new("crew-1")), _options, _time);

    [Fact]
    public void Says_with_every_call_who_calls_and_until_when_it_waits()
    {
        CallOptions seen = Call(new CallOptions([new("other", "stays")]));

        Assert.Equal("tablet-1", seen.Headers!.GetValue("mina-device-id"));
        Assert.Equal("crew-1", seen.Headers!.GetValue("mina-crew-id"));
        Assert.Equal("crew", seen.Headers!.GetValue("mina-role"));
        Assert.Equal("stays", seen.Headers!.GetValue("other"));
        Assert.Equal(_time.GetUtcNow().UtcDateTime + _options.QueryDeadline, seen.Deadline);
    }

    [Fact]
    public void Says_nothing_of_itself_where_the_key_of_the_connection_says_it()
    {
        CallOptions seen = Call(
            new CallOptions([new("other", "stays")]),
            new CrewCalls(null, _options, _time)
        );

        Assert.Equal("stays", Assert.Single(seen.Headers!).Value);
        Assert.Equal(_time.GetUtcNow().UtcDateTime + _options.QueryDeadline, seen.Deadline);
    }

    [Fact]
    public void Keeps_a_deadline_that_the_caller_named()
    {
        DateTime named = _time.GetUtcNow().UtcDateTime.AddSeconds(1);

        Assert.Equal(named, Call(new CallOptions(deadline: named)).Deadline);
    }

    [Fact]
    public void Has_a_deadline_of_at_most_an_hour_for_every_method_of_the_wire()
    {
        ServiceDescriptor[] services =
        [
            IncidentService.Descriptor,
            CrewService.Descriptor,
            DispatchService.Descriptor,
            AuthorizationService.Descriptor,
            MedicalInfoService.Descriptor,
        ];
        foreach (MethodDescriptor method in services.SelectMany(s => s.Methods))
        {
            TimeSpan wait = _calls.DeadlineOf(method.Name);
            bool isForHours =
                method.Name.StartsWith("Watch", StringComparison.Ordinal)
                || method.Name == "StreamPositions";
            Assert.True(wait > TimeSpan.Zero, method.FullName);
            Assert.True(wait <= TimeSpan.FromSeconds(10) || isForHours, method.FullName);
        }
    }

    [Fact]
    public void Reads_the_reason_the_sentence_and_the_wait_of_a_refusal()
    {
        var status = new Google.Rpc.Status { Code = 9 };
        status.Details.Add(Any.Pack(new Google.Rpc.ErrorInfo { Reason = "ORDER_TOKEN_OUTDATED" }));
        status.Details.Add(
            Any.Pack(new Google.Rpc.LocalizedMessage { Locale = "ja", Message = "古い指令です" })
        );
        status.Details.Add(
            Any.Pack(
                new Google.Rpc.RetryInfo
                {
                    RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)),
                }
            )
        );
        Metadata trailers =
        [
            new("grpc-status-details-bin", Google.Protobuf.MessageExtensions.ToByteArray(status)),
        ];
        var failure = new RpcException(new Status(StatusCode.FailedPrecondition, ""), trailers);

        Assert.Equal(
            new Refusal(
                StatusCode.FailedPrecondition,
                "ORDER_TOKEN_OUTDATED",
                "古い指令です",
                TimeSpan.FromSeconds(1)
            ),
            Refusal.Of(failure)
        );
    }

    [Fact]
    public void Takes_details_that_nobody_can_read_as_none()
    {
        Metadata trailers = [new("grpc-status-details-bin", [0xff, 0xff, 0x01])];
        var failure = new RpcException(new Status(StatusCode.NotFound, ""), trailers);

        Assert.Equal(new Refusal(StatusCode.NotFound, "", "", null), Refusal.Of(failure));
    }

    private CallOptions Call(CallOptions options, CrewCalls? calls = null)
    {
        CallOptions seen = default;
        var method = new Method<string, string>(
            MethodType.Unary,
            "service",
            "GetIncident",
            Marshallers.StringMarshaller,
            Marshallers.StringMarshaller
        );
        (calls ?? _calls).BlockingUnaryCall(
            "request",
            new ClientInterceptorContext<string, string>(method, null, options),
            (_, context) =>
            {
                seen = context.Options;
                return "answer";
            }
        );
        return seen;
    }
}
