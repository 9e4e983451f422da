using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Watching;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using V1 = MinaKyukyu.Contracts.Authorization.V1;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The wire's side of oversight: who saw what, and what waits for the officer.</summary>
internal sealed class OversightMethods(
    OverseeEmergencies oversee,
    OversightDesk desk,
    EmergencyReadsProjection emergencies,
    CodeTables codes,
    DepartmentPlan plan
)
{
    public async Task<V1.ListAccessesResponse> ListAccessesAsync(
        V1.ListAccessesRequest request,
        ServerCallContext context
    )
    {
        DateTimeOffset from = Parse.Time(request.StartTime, "start_time");
        DateTimeOffset to = Parse.Time(request.EndTime, "end_time");
        ImmutableList<AccessTrail> trails = await desk.CatchUpAsync(context.CancellationToken);
        (IReadOnlyList<V1.Access> page, string next) = Paging.Take(
            trails.Reverse().Where(t => t.GrantedAt >= from && t.GrantedAt < to),
            request.Page,
            PictureOf
        );
        var response = new V1.ListAccessesResponse { Page = new() { NextPageToken = next } };
        response.Accesses.Add(page);
        response.GrantIds.Add(page.Select(a => a.GrantId));
        return response;
    }

    public V1.ListEmergencyReadsResponse ListEmergencyReads(V1.ListEmergencyReadsRequest request)
    {
        EmergencyReadsState state = emergencies.Current;
        IEnumerable<EmergencyRead> reads = request.IncludeClosed
            ? state
                .Reads.Values.OrderByDescending(r => r.ReadAt)
                .ThenBy(r => r.Id.Value, StringComparer.Ordinal)
            : state.Open;
        (IReadOnlyList<V1.EmergencyRead> page, string next) = Paging.Take(
            reads,
            request.Page,
            PictureOf
        );
        var response = new V1.ListEmergencyReadsResponse { Page = new() { NextPageToken = next } };
        response.EmergencyReads.Add(page);
        return response;
    }

    public Task<V1.CloseEmergencyReadResponse> CloseAsync(
        V1.CloseEmergencyReadRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        GrantId id = Parse.Id(
            request.EmergencyReadId,
            "emergency_read_id",
            text => new GrantId(text)
        );
        Code finding = codes.Required(
            request.FindingCode,
            EmergencyDecisions.FindingTable,
            "finding_code"
        );
        return CallLimit.RunAsync(
            context,
            stop =>
                oversee.CloseAsync(
                    command,
                    id,
                    finding,
                    request.Note,
                    read =>
                        new V1.CloseEmergencyReadResponse
                        {
                            EmergencyRead = PictureOf(read),
                        }.ToByteArray(),
                    stop
                ),
            V1.CloseEmergencyReadResponse.Parser
        );
    }

    public Task<V1.PrintNoticeResponse> PrintAsync(
        V1.PrintNoticeRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        GrantId id = Parse.Id(
            request.EmergencyReadId,
            "emergency_read_id",
            text => new GrantId(text)
        );
        return CallLimit.RunAsync(
            context,
            stop => oversee.PrintAsync(command, id, Encode, stop),
            V1.PrintNoticeResponse.Parser
        );
    }

    private byte[] Encode(NoticeOfRead notice)
    {
        var response = new V1.PrintNoticeResponse
        {
            NoticeNumber = notice.Number,
            Copy = notice.Copy,
        };
        response.Paragraphs.Add(
            OversightSentences.NoticeOf(notice, plan.Name).Select(p => p.ToWire())
        );
        return response.ToByteArray();
    }

    private static V1.EmergencyRead PictureOf(EmergencyRead read) =>
        new()
        {
            EmergencyReadId = read.Id.Value,
            IncidentId = read.Incident.Value,
            PatientNumber = read.Patient.Number,
            PatientRef = read.PatientRef.Value,
            UnitId = read.Unit.Value,
            CrewId = read.Crew.Value,
            DeviceId = read.Device.Value,
            CardLevel = SummaryAudit.LetterOf(read.Level),
            WithoutConsent = read.IsWithoutConsent,
            ReadTime = read.ReadAt.ToTimestamp(),
            FindingCode = read.Closing?.Finding.Value ?? "",
            Note = read.Closing?.Note ?? "",
            CloseTime = read.Closing?.At.ToTimestamp(),
            NoticeCount = read.NoticesPrinted,
        };

    private static V1.Access PictureOf(AccessTrail trail)
    {
        var picture = new V1.Access
        {
            GrantId = trail.Id.Value,
            IncidentId = trail.Incident.Value,
            PatientRef = trail.PatientRef.Value,
            UnitId = trail.Unit.Value,
            CrewId = trail.Crew.Value,
            DeviceId = trail.Device.Value,
            CardLevel = trail.Level,
            Scope = trail.Scope,
            ConsentBasis = trail.Consent,
            LegalBasis = trail.LegalBasis,
            Emergency = trail.IsEmergency,
            GrantTime = trail.GrantedAt.ToTimestamp(),
            ExpireTime = trail.ExpiresAt?.ToTimestamp(),
            WithdrawTime = trail.WithdrawnAt?.ToTimestamp(),
            PurgeTime = trail.PurgedAt?.ToTimestamp(),
            FindingCode = trail.Finding,
            CloseTime = trail.ClosedAt?.ToTimestamp(),
        };
        picture.OpenTimes.Add(trail.Readings.Select(r => r.OpenedAt.ToTimestamp()));
        picture.ShownKinds.Add(trail.Readings.SelectMany(r => r.Shown).Distinct());
        return picture;
    }
}
