using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using Contract = MinaKyukyu.Contracts.Crew.V1.EnrolmentService;
using V1 = MinaKyukyu.Contracts.Crew.V1;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The wire's side of enrolment.</summary>
internal sealed class EnrolmentService(Enrol enrol, Department department)
    : Contract.EnrolmentServiceBase
{
    /// <summary>Ours have about 500 bytes.</summary>
    private const int LongestCertificate = 8 * 1024;

    /// <summary>A sealed PIN has 82 bytes.</summary>
    private const int LongestSecret = 1024;

    public override async Task<V1.EnrollDeviceResponse> EnrollDevice(
        V1.EnrollDeviceRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        DeviceId device = Parse.Id(request.DeviceId, "device_id", id => new DeviceId(id));
        UnitId? unit = request.UnitId.Length == 0 ? null : Parse.Unit(request.UnitId);
        (DeviceKey key, DateTimeOffset notAfter) = CertificateOf(request.Certificate);
        return await CallLimit.RunAsync(
            context,
            stop =>
                enrol.DeviceAsync(
                    command,
                    device,
                    unit,
                    key,
                    notAfter,
                    enrolled =>
                        new V1.EnrollDeviceResponse { Device = PictureOf(enrolled) }.ToByteArray(),
                    stop
                ),
            V1.EnrollDeviceResponse.Parser
        );
    }

    private static (DeviceKey Key, DateTimeOffset NotAfter) CertificateOf(ByteString der)
    {
        if (der.Length > LongestCertificate)
        {
            throw Parse.Malformed("certificate");
        }

        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der.Span);
            return (
                DeviceCertificates.KeyOf(certificate),
                new DateTimeOffset(certificate.NotAfter.ToUniversalTime())
            );
        }
        catch (CryptographicException)
        {
            throw Parse.Malformed("certificate");
        }
    }

    public override async Task<V1.RevokeDeviceResponse> RevokeDevice(
        V1.RevokeDeviceRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        DeviceId device = Parse.Id(request.DeviceId, "device_id", id => new DeviceId(id));
        RevocationReason reason = System.Enum.IsDefined((RevocationReason)request.Reason)
            ? (RevocationReason)request.Reason
            : throw Parse.Malformed("reason");
        return await CallLimit.RunAsync(
            context,
            stop =>
                enrol.RevokeAsync(
                    command,
                    device,
                    reason,
                    revoked =>
                        new V1.RevokeDeviceResponse { Device = PictureOf(revoked) }.ToByteArray(),
                    stop
                ),
            V1.RevokeDeviceResponse.Parser
        );
    }

    public override Task<V1.ListDevicesResponse> ListDevices(
        V1.ListDevicesRequest request,
        ServerCallContext context
    )
    {
        (IReadOnlyList<EnrolledDevice> page, string next) = Paging.Take(
            department
                .Fleet.Devices.Keys.Values.OrderBy(d => d.Device.Value, StringComparer.Ordinal)
                .ThenBy(d => d.EnrolledAt),
            request.Page
        );
        var response = new V1.ListDevicesResponse { Page = new() { NextPageToken = next } };
        response.Devices.Add(page.Select(PictureOf));
        return Task.FromResult(response);
    }

    private static V1.Device PictureOf(EnrolledDevice device) =>
        new()
        {
            DeviceId = device.Device.Value,
            UnitId = device.Unit.Value,
            Key = device.Key.Value,
            EnrollTime = device.EnrolledAt.ToTimestamp(),
            ExpireTime = device.NotAfter.ToTimestamp(),
            RevokeTime = device.RevokedAt?.ToTimestamp(),
        };

    public override async Task<V1.RegisterMemberResponse> RegisterMember(
        V1.RegisterMemberRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        MemberNumber number = NumberOf(request.MemberNumber);
        MemberRole role = System.Enum.IsDefined((MemberRole)request.Role)
            ? (MemberRole)request.Role
            : throw Parse.Malformed("role");
        string registration = Parse.Id(request.RegistrationId, "registration_id", id => id);
        if (request.SealedSecret.Length > LongestSecret)
        {
            throw Parse.Malformed("sealed_secret");
        }

        return await CallLimit.RunAsync(
            context,
            stop =>
                enrol.MemberAsync(
                    command,
                    number,
                    role,
                    registration,
                    request.SealedSecret.Memory,
                    member =>
                        new V1.RegisterMemberResponse { Member = PictureOf(member) }.ToByteArray(),
                    stop
                ),
            V1.RegisterMemberResponse.Parser
        );
    }

    public override async Task<V1.RemoveMemberResponse> RemoveMember(
        V1.RemoveMemberRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        MemberNumber number = NumberOf(request.MemberNumber);
        return await CallLimit.RunAsync(
            context,
            stop => enrol.RemoveMemberAsync(command, number, _ => [], stop),
            V1.RemoveMemberResponse.Parser
        );
    }

    public override Task<V1.ListMembersResponse> ListMembers(
        V1.ListMembersRequest request,
        ServerCallContext context
    )
    {
        (IReadOnlyList<Member> page, string next) = Paging.Take(
            department.Fleet.Members.Members.Values.OrderBy(
                m => m.Number.Value,
                StringComparer.Ordinal
            ),
            request.Page
        );
        var response = new V1.ListMembersResponse { Page = new() { NextPageToken = next } };
        response.Members.Add(page.Select(PictureOf));
        return Task.FromResult(response);
    }

    private static MemberNumber NumberOf(string text) =>
        Parse.Id(text, "member_number", n => new MemberNumber(n));

    private static V1.Member PictureOf(Member member) =>
        new()
        {
            MemberNumber = member.Number.Value,
            Role = (V1.MemberRole)member.Role,
            RegisterTime = member.RegisteredAt.ToTimestamp(),
            LockTime = member.LockedAt?.ToTimestamp(),
        };
}
