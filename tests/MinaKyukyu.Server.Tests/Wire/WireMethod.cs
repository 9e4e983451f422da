using Google.Protobuf.Reflection;
using Grpc.Core;
using MinaKyukyu.Contracts.Analytics.V1;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Wire.Interceptors;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>One method of the contract, called with bytes, so that a table can go over all of them.</summary>
internal sealed record WireMethod(MethodDescriptor Descriptor)
{
    private static readonly Marshaller<byte[]> AsTheyAre = Marshallers.Create<byte[]>(
        b => b,
        b => b
    );

    public static IReadOnlyList<WireMethod> All { get; } =
    [
        .. new[]
        {
            IncidentService.Descriptor,
            CrewService.Descriptor,
            EnrolmentService.Descriptor,
            DispatchService.Descriptor,
            AuthorizationService.Descriptor,
            MedicalInfoService.Descriptor,
            AnalyticsService.Descriptor,
        }
            .SelectMany(s => s.Methods)
            .Select(m => new WireMethod(m)),
    ];

    public string Path => $"/{Descriptor.Service.FullName}/{Descriptor.Name}";

    public bool IsLater => LaterMethods.Contains(Path);

    public static WireMethod Find(string path) => All.Single(m => m.Path == path);

    public bool Allows(CallerRole role) => MethodRoles.Allows(Path, role);

    /// <summary>The bytes of the answer; of a stream, those of its first message, or none.</summary>
    public async Task<byte[]> CallAsync(
        Caller caller,
        byte[] request,
        CallOptions options = default
    )
    {
        var method = new Method<byte[], byte[]>(
            Descriptor.IsServerStreaming ? MethodType.ServerStreaming : MethodType.Unary,
            Descriptor.Service.FullName,
            Descriptor.Name,
            AsTheyAre,
            AsTheyAre
        );
        if (!Descriptor.IsServerStreaming)
        {
            return await caller.Calls.AsyncUnaryCall(method, null, options, request);
        }

        using AsyncServerStreamingCall<byte[]> stream = caller.Calls.AsyncServerStreamingCall(
            method,
            null,
            options,
            request
        );
        return await stream.ResponseStream.MoveNext(CancellationToken.None)
            ? stream.ResponseStream.Current
            : [];
    }
}
