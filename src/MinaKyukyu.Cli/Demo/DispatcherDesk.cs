using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using MinaKyukyu.Contracts.Analytics.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Cli.Demo;

/// <summary>A dispatcher's console as a program: it knows what the wire tells it and nothing else.</summary>
internal sealed class DispatcherDesk : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly Metadata Identity =
    [
        new("mina-device-id", "console-demo"),
        new("mina-role", "dispatcher"),
    ];

    private readonly GrpcChannel _channel;
    private readonly IncidentService.IncidentServiceClient _incidents;
    private readonly DispatchService.DispatchServiceClient _dispatch;
    private readonly AnalyticsService.AnalyticsServiceClient _analytics;
    private readonly CrewService.CrewServiceClient _crews;
    private readonly IIdSource _ids = new UuidSource(TimeProvider.System);

    public DispatcherDesk(Uri address)
    {
        _channel = GrpcChannel.ForAddress(address);
        _incidents = new IncidentService.IncidentServiceClient(_channel);
        _dispatch = new DispatchService.DispatchServiceClient(_channel);
        _analytics = new AnalyticsService.AnalyticsServiceClient(_channel);
        _crews = new CrewService.CrewServiceClient(_channel);
    }

    private static CallOptions Call =>
        new(Identity, TimeProvider.System.GetUtcNow().UtcDateTime + Deadline);

    public async Task<string> OpenAsync(DemoIncident incident)
    {
        var request = new OpenIncidentRequest
        {
            RequestId = _ids.Next(),
            Call = new CallOrigin { CallbackNumber = "000-0000-0000" },
            Place = new Place
            {
                Point = new GeoPoint
                {
                    Latitude = incident.Point.Latitude,
                    Longitude = incident.Point.Longitude,
                },
                PlacePrecision = (PlacePrecision)incident.Precision,
                Address = incident.Address,
            },
            Urgency = new Urgency { Level = (UrgencyLevel)incident.Urgency, Protocol = "demo" },
            IncidentType = new Code { Table = "incident-type", Value = incident.Type },
            CardReadiness = CardReadiness.Ready,
            Remarks = $"demo:{incident.Script}",
        };
        request.Patients.Add(
            new Patient
            {
                Number = 1,
                ReportedHeadInjury = incident.HeadInjury,
                AgeBand =
                    incident.AgeBand.Length == 0
                        ? null
                        : new Code { Table = "age-band", Value = incident.AgeBand },
            }
        );
        OpenIncidentResponse response = await _incidents.OpenIncidentAsync(request, Call);
        return response.IncidentId;
    }

    public async Task<Recommendation> RecommendAsync(string incident) =>
        (
            await _dispatch.RecommendUnitsAsync(
                new RecommendUnitsRequest { IncidentId = incident, MaxCandidates = 5 },
                Call
            )
        ).Recommendation;

    public async Task<AssignUnitResponse> AssignAsync(
        Recommendation advice,
        string unit,
        string? overrideReason
    ) =>
        await _dispatch.AssignUnitAsync(
            new AssignUnitRequest
            {
                RequestId = _ids.Next(),
                IncidentId = advice.IncidentId,
                UnitId = unit,
                RecommendationId = advice.RecommendationId,
                OverrideReason = overrideReason is null
                    ? null
                    : new Code { Table = "override-reason", Value = overrideReason },
            },
            Call
        );

    public async Task CancelAsync(string incident) =>
        await _incidents.CancelIncidentAsync(
            new CancelIncidentRequest
            {
                RequestId = _ids.Next(),
                IncidentId = incident,
                Reason = new Code { Table = "cancel-reason", Value = "caller-withdrew" },
            },
            Call
        );

    public async Task<Incident> GetAsync(string incident) =>
        (
            await _incidents.GetIncidentAsync(
                new GetIncidentRequest { IncidentId = incident },
                Call
            )
        ).Incident;

    public async Task<int> CountOnDutyAsync() =>
        (await _crews.ListUnitsAsync(new ListUnitsRequest(), Call)).Units.Count(u =>
            u.State != UnitState.OffDuty
        );

    public async Task<ListIntervalsResponse> IntervalsAsync(Timestamp from, Timestamp to) =>
        await _analytics.ListIntervalsAsync(
            new ListIntervalsRequest { StartTime = from, EndTime = to },
            Call
        );

    public async Task<ListReasonCountsResponse> ReasonsAsync(Timestamp from, Timestamp to) =>
        await _analytics.ListReasonCountsAsync(
            new ListReasonCountsRequest { StartTime = from, EndTime = to },
            Call
        );

    public void Dispose() => _channel.Dispose();
}
