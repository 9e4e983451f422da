using System.Diagnostics;
using Grpc.Core;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>
/// What may be written to the tablet's disk before it is sent: ids, codes, times and places of vehicles. A closed set, so that
/// nothing of a card or a record can get there. The names stand in the file and are never reused.
/// </summary>
internal enum CommandKind
{
    SignOn = 1,
    SignOff = 2,
    AcknowledgeAssignment = 3,
    ReportMilestone = 4,
    WithdrawMilestone = 5,
    ReportHospitalInquiry = 6,
    RecordOutcome = 7,
    CloseCardStep = 8,
    WithdrawConsent = 9,
}

/// <summary>Where each kind goes. The very bytes that were written are sent, so that a repeat is the same to the last bit.</summary>
internal static class CommandMethods
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(
        static bytes => bytes,
        static bytes => bytes
    );

    public static Method<byte[], byte[]> Of(CommandKind kind) =>
        kind switch
        {
            CommandKind.SignOn or CommandKind.SignOff or CommandKind.AcknowledgeAssignment => Unary(
                CrewService.Descriptor.FullName,
                kind.ToString()
            ),
            CommandKind.ReportMilestone
            or CommandKind.WithdrawMilestone
            or CommandKind.ReportHospitalInquiry
            or CommandKind.RecordOutcome => Unary(
                IncidentService.Descriptor.FullName,
                kind.ToString()
            ),
            CommandKind.CloseCardStep or CommandKind.WithdrawConsent => Unary(
                AuthorizationService.Descriptor.FullName,
                kind.ToString()
            ),
            _ => throw new UnreachableException(),
        };

    private static Method<byte[], byte[]> Unary(string service, string method) =>
        new(MethodType.Unary, service, method, Bytes, Bytes);
}
