using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.FaultWorld.Crews;

/// <summary>The commands of one lane, with request ids that follow from its number.</summary>
internal sealed class Requests(int lane, string unit, TimeProvider time)
{
    private int _minted;

    /// <summary>The unit's own tablet.</summary>
    private Sender Tablet { get; } = new($"tablet-{unit}", "crew", $"crew-{unit}");

    public Command SignOn() =>
        New(Tablet, Crew("SignOn"), id => new SignOnRequest { RequestId = id, UnitId = unit });

    public Command Open(double latitude, double longitude) =>
        New(
            Sender.Console,
            Incident("OpenIncident"),
            id => new OpenIncidentRequest
            {
                RequestId = id,
                Call = new CallOrigin { CallbackNumber = "000-0000-0000" },
                Place = new Place
                {
                    Point = new GeoPoint { Latitude = latitude, Longitude = longitude },
                    PlacePrecision = PlacePrecision.MapClick,
                },
                Remarks = "架空の通報",
            }
        );

    public Command Assign(string incident) =>
        New(
            Sender.Console,
            $"{DispatchService.Descriptor.FullName}/AssignUnit",
            id => new AssignUnitRequest
            {
                RequestId = id,
                IncidentId = incident,
                UnitId = unit,
            }
        );

    public Command CancelIncident(string incident) =>
        New(
            Sender.Console,
            Incident("CancelIncident"),
            id => new CancelIncidentRequest
            {
                RequestId = id,
                IncidentId = incident,
                Reason = new Code { Table = "cancel-reason", Value = "caller-withdrew" },
            }
        );

    public Command Acknowledge(AssignUnitResponse order) =>
        New(
            Tablet,
            Crew("AcknowledgeAssignment"),
            id => new AcknowledgeAssignmentRequest
            {
                RequestId = id,
                AssignmentId = order.AssignmentId,
                OrderToken = order.OrderToken,
            }
        );

    /// <param name="fromConsole">Told by the dispatcher on the radio's word instead of by the tablet.</param>
    public Command Milestone(
        string incident,
        AssignUnitResponse order,
        MilestoneKind kind,
        bool fromConsole
    ) =>
        New(
            fromConsole ? Sender.Console : Tablet,
            Incident("ReportMilestone"),
            id => new ReportMilestoneRequest
            {
                RequestId = id,
                IncidentId = incident,
                AssignmentId = order.AssignmentId,
                OrderToken = order.OrderToken,
                Kind = kind,
                OccurredTime = time.GetUtcNow().ToTimestamp(),
            }
        );

    public Command WithdrawMilestone(string incident, string milestone) =>
        New(
            Tablet,
            Incident("WithdrawMilestone"),
            id => new WithdrawMilestoneRequest
            {
                RequestId = id,
                IncidentId = incident,
                MilestoneId = milestone,
            }
        );

    public Command CloseCardStep(string incident) =>
        New(
            Tablet,
            Authorization("CloseCardStep"),
            id => new CloseCardStepRequest
            {
                RequestId = id,
                IncidentId = incident,
                PatientNumber = 1,
                ReasonCode = "no-card",
            }
        );

    public Command WithdrawConsent(string incident) =>
        New(
            Tablet,
            Authorization("WithdrawConsent"),
            id => new WithdrawConsentRequest
            {
                RequestId = id,
                IncidentId = incident,
                PatientNumber = 1,
            }
        );

    private Command New(Sender by, string method, Func<string, IMessage> request)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"lane{lane}-{++_minted}");
        return new Command(by, method, id, request(id).ToByteArray());
    }

    private static string Incident(string method) =>
        $"{IncidentService.Descriptor.FullName}/{method}";

    private static string Crew(string method) => $"{CrewService.Descriptor.FullName}/{method}";

    private static string Authorization(string method) =>
        $"{AuthorizationService.Descriptor.FullName}/{method}";
}
