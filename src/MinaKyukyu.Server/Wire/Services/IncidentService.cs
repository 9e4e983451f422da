using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Watching;
using MinaKyukyu.Server.Wire.Interceptors;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using Contract = MinaKyukyu.Contracts.Incident.V1.IncidentService;
using V1 = MinaKyukyu.Contracts.Incident.V1;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The wire's side of incidents: fields in, flow, bytes out.</summary>
internal sealed class IncidentService(
    Department department,
    OpenIncident openIncident,
    ReportMilestone reportMilestone,
    ChooseHospital chooseHospital,
    CallbackNumbers callbackNumbers,
    IncidentPicture picture,
    IncidentFeed feed,
    CodeTables codes,
    StreamLimit streams
) : Contract.IncidentServiceBase
{
    public override async Task<V1.OpenIncidentResponse> OpenIncident(
        V1.OpenIncidentRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context) with
        {
            IsCallForHelp = true,
        };
        Call call = CallOf(request);
        return await CallLimit.RunAsync(
            context,
            stop =>
                openIncident.OpenAsync(
                    command,
                    call,
                    opened =>
                        new V1.OpenIncidentResponse
                        {
                            IncidentId = opened.Id.Value,
                            CallReceivedTime = opened.CallReceivedAt.ToTimestamp(),
                        }.ToByteArray(),
                    stop
                ),
            V1.OpenIncidentResponse.Parser
        );
    }

    /// <summary>Whatever it holds becomes an incident: a category, time or place that makes no sense is not known, and nobody is refused for it.</summary>
    private Call CallOf(V1.OpenIncidentRequest request)
    {
        V1.CallOrigin origin = request.Call ?? new V1.CallOrigin();
        return new Call(
            Parse.LenientTime(origin.ReceivedTime),
            Parse.LenientTime(origin.RecognizedTime),
            codes.Lenient(origin.Channel, "awareness"),
            Parse.Telephone(origin.CallbackNumber),
            Parse.Place(request.Place),
            Parse.Urgency(request.Urgency ?? new V1.Urgency()),
            codes.Lenient(request.IncidentType, "incident-type"),
            request.CardReadiness switch
            {
                V1.CardReadiness.Ready => CardReadiness.Ready,
                V1.CardReadiness.NotAtHand => CardReadiness.NotAtHand,
                _ => CardReadiness.NotAsked,
            },
            PatientsOf(request),
            Parse.FreeText(request.Remarks)
        );
    }

    /// <summary>A number that is none, or was given twice, becomes the lowest free one: every patient is counted.</summary>
    private ImmutableArray<Patient> PatientsOf(V1.OpenIncidentRequest request)
    {
        var taken = new HashSet<int>();
        var patients = ImmutableArray.CreateBuilder<Patient>();
        foreach (V1.Patient patient in request.Patients.Take(PatientSlot.Highest))
        {
            int number =
                patient.Number is >= 1 and <= PatientSlot.Highest && taken.Add(patient.Number)
                    ? patient.Number
                    : 0;
            for (int free = 1; number == 0; free++)
            {
                number = taken.Add(free) ? free : 0;
            }

            Code? ageBand = codes.Lenient(patient.AgeBand, HolderComparison.AgeBands);
            patients.Add(
                new Patient(new PatientSlot(number), ageBand, patient.ReportedHeadInjury, null)
                {
                    Sex = codes.Lenient(patient.Sex, HolderComparison.Sexes),
                }
            );
        }

        return patients.DrainToImmutable();
    }

    public override async Task<V1.GetIncidentResponse> GetIncident(
        V1.GetIncidentRequest request,
        ServerCallContext context
    )
    {
        Caller caller = IdentityInterceptor.CallerOf(context);
        IncidentId id = Parse.Incident(request.IncidentId);
        if (department.Incidents.Find(id) is not { } incident || !MaySee(caller, incident))
        {
            throw Refusal.Of(IncidentRefusal.IncidentNotFound).ToRpcException();
        }

        bool isOnItsWay = incident.ActiveOrders.Any(o => o.Unit == caller.Unit);
        return new V1.GetIncidentResponse
        {
            Incident = picture.Of(incident),
            CallbackNumber = isOnItsWay
                ? await callbackNumbers.FindAsync(id, context.CancellationToken)
                : "",
        };
    }

    /// <summary>A crew sees what it was ever ordered to; "not yours" and "not there" are the same answer.</summary>
    private static bool MaySee(Caller caller, Incident incident) =>
        caller.Unit is not { } unit || incident.Orders.Any(o => o.Unit == unit);

    public override Task<V1.ListIncidentsResponse> ListIncidents(
        V1.ListIncidentsRequest request,
        ServerCallContext context
    )
    {
        IncidentsState state = department.Incidents;
        IEnumerable<Incident> incidents = request.IncludeClosed
            ? state
                .Incidents.Values.OrderByDescending(i => i.CallReceivedAt)
                .ThenBy(i => i.Id.Value, StringComparer.Ordinal)
            : state.OpenIncidents;
        (IReadOnlyList<V1.Incident> page, string next) = Paging.Take(
            incidents,
            request.Page,
            picture.Of
        );
        var response = new V1.ListIncidentsResponse { Page = new() { NextPageToken = next } };
        response.Incidents.Add(page);
        return Task.FromResult(response);
    }

    public override Task WatchIncidents(
        V1.WatchIncidentsRequest request,
        IServerStreamWriter<V1.WatchIncidentsResponse> responseStream,
        ServerCallContext context
    )
    {
        return streams.RunAsync(
            context,
            async stop =>
            {
                await foreach (Incident incident in feed.WatchAsync(request.AfterRevision, stop))
                {
                    var change = new V1.WatchIncidentsResponse
                    {
                        Incident = picture.Of(incident),
                        Revision = incident.Revision,
                    };
                    await responseStream.WriteAsync(change, stop);
                }
            }
        );
    }

    public override async Task<V1.ReportMilestoneResponse> ReportMilestone(
        V1.ReportMilestoneRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        var tap = new MilestoneTap(
            Parse.Incident(request.IncidentId),
            Parse.Assignment(request.AssignmentId),
            request.OrderToken,
            System.Enum.IsDefined((MilestoneKind)request.Kind)
                ? (MilestoneKind)request.Kind
                : throw Parse.Malformed("kind"),
            Parse.Time(request.OccurredTime, "occurred_time"),
            Parse.Point(request.Point, "point"),
            request.HasCardReturned ? request.CardReturned : null
        );
        return await CallLimit.RunAsync(
            context,
            stop => reportMilestone.TapAsync(command, tap, Encode, stop),
            V1.ReportMilestoneResponse.Parser
        );
    }

    private static byte[] Encode(Testified testified) =>
        new V1.ReportMilestoneResponse
        {
            MilestoneId = testified.Milestone.Id,
            Late = testified.Milestone.IsLate,
            GapBefore = testified.Milestone.HasGapBefore,
            AlreadyTold = testified.AlreadyTold,
        }.ToByteArray();

    public override async Task<V1.WithdrawMilestoneResponse> WithdrawMilestone(
        V1.WithdrawMilestoneRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        IncidentId incident = Parse.Incident(request.IncidentId);
        string milestone = Parse.Id(request.MilestoneId, "milestone_id", id => id);
        return await CallLimit.RunAsync(
            context,
            stop =>
                reportMilestone.WithdrawAsync(
                    command,
                    incident,
                    milestone,
                    retracted =>
                        new V1.WithdrawMilestoneResponse
                        {
                            WasUsed = retracted.WasUsed,
                        }.ToByteArray(),
                    stop
                ),
            V1.WithdrawMilestoneResponse.Parser
        );
    }

    public override async Task<V1.ReportHospitalInquiryResponse> ReportHospitalInquiry(
        V1.ReportHospitalInquiryRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        var inquiry = new HospitalInquiry(
            Parse.Incident(request.IncidentId),
            Parse.Assignment(request.AssignmentId),
            Parse.Id(request.HospitalId, "hospital_id", id => new HospitalId(id)),
            Parse.Patient(request.PatientNumber),
            System.Enum.IsDefined((DestinationState)request.State)
                ? (DestinationState)request.State
                : throw Parse.Malformed("state"),
            codes.Optional(request.RefusalReason, "refusal-reason", "refusal_reason")
        );
        return await CallLimit.RunAsync(
            context,
            stop => chooseHospital.ReportInquiryAsync(command, inquiry, _ => [], stop),
            V1.ReportHospitalInquiryResponse.Parser
        );
    }

    public override async Task<V1.RecordOutcomeResponse> RecordOutcome(
        V1.RecordOutcomeRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        IncidentId incident = Parse.Incident(request.IncidentId);
        var patient = Parse.Patient(request.PatientNumber);
        var outcome = new Outcome(
            request.Outcome.Transported,
            codes.Optional(
                request.Outcome.NoTransportReason,
                "no-transport-reason",
                "outcome.no_transport_reason"
            ),
            codes.Optional(request.Outcome.Severity, "severity", "outcome.severity")
        );
        return await CallLimit.RunAsync(
            context,
            stop =>
                reportMilestone.RecordOutcomeAsync(
                    command,
                    incident,
                    patient,
                    outcome,
                    _ => [],
                    stop
                ),
            V1.RecordOutcomeResponse.Parser
        );
    }

    public override async Task<V1.CancelIncidentResponse> CancelIncident(
        V1.CancelIncidentRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        IncidentId incident = Parse.Incident(request.IncidentId);
        Code reason = codes.Required(request.Reason, "cancel-reason", "reason");
        return await CallLimit.RunAsync(
            context,
            stop => openIncident.CancelAsync(command, incident, reason, EncodeCancelled, stop),
            V1.CancelIncidentResponse.Parser
        );
    }

    private byte[] EncodeCancelled(IncidentId id)
    {
        var response = new V1.CancelIncidentResponse();
        response.AssignmentIds.Add(
            department.Incidents.Find(id)!.ActiveOrders.Select(o => o.Id.Value)
        );
        return response.ToByteArray();
    }
}
