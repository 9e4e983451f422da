using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.EndToEnd.Tests.Pictures;

/// <summary>One run of the evening.</summary>
internal sealed class EveningRun(
    string incident,
    string unit,
    AssignUnitResponse order,
    GeoPoint place
)
{
    public string Incident { get; } = incident;

    public string Unit { get; } = unit;

    public AssignUnitResponse Order { get; } = order;

    public GeoPoint Place { get; } = place;

    public MilestoneKind Next { get; set; } = MilestoneKind.EnRoute;
}

/// <summary>What dispatcher and crews say, in the words of the contract.</summary>
internal sealed class EveningWire(Uri server, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(server);
    private readonly UuidSource _ids = new(TimeProvider.System);

    public async Task SignOnAsync(UnitPlan unit) =>
        await new CrewService.CrewServiceClient(_channel).SignOnAsync(
            new SignOnRequest { RequestId = _ids.Next(), UnitId = unit.Id.Value },
            CrewOf(unit.Id.Value)
        );

    public async Task<string> OpenAsync(
        string address,
        double latitude,
        double longitude,
        PlacePrecision precision,
        UrgencyLevel urgency
    )
    {
        var request = new OpenIncidentRequest
        {
            RequestId = _ids.Next(),
            Call = new CallOrigin { CallbackNumber = "000-0000-0000" },
            Place = new Place
            {
                Point = new GeoPoint { Latitude = latitude, Longitude = longitude },
                PlacePrecision = precision,
                Address = address,
            },
            Urgency = new Urgency { Level = urgency, Protocol = "fdma-119" },
            IncidentType = new Code { Table = "incident-type", Value = "sudden-illness" },
            CardReadiness = CardReadiness.Ready,
        };
        OpenIncidentResponse response = await Incidents.OpenIncidentAsync(request, Dispatcher);
        return response.IncidentId;
    }

    public async Task<EveningRun> FollowAdviceAsync(
        string incident,
        double latitude,
        double longitude
    )
    {
        var dispatch = new DispatchService.DispatchServiceClient(_channel);
        Recommendation advice = (
            await dispatch.RecommendUnitsAsync(
                new RecommendUnitsRequest { IncidentId = incident },
                Dispatcher
            )
        ).Recommendation;
        string unit = advice.Candidates[0].UnitId;
        AssignUnitResponse order = await dispatch.AssignUnitAsync(
            new AssignUnitRequest
            {
                RequestId = _ids.Next(),
                IncidentId = incident,
                UnitId = unit,
                RecommendationId = advice.RecommendationId,
            },
            Dispatcher
        );
        return new EveningRun(
            incident,
            unit,
            order,
            new GeoPoint { Latitude = latitude, Longitude = longitude }
        );
    }

    public async Task AcknowledgeAsync(EveningRun run) =>
        await new CrewService.CrewServiceClient(_channel).AcknowledgeAssignmentAsync(
            new AcknowledgeAssignmentRequest
            {
                RequestId = _ids.Next(),
                AssignmentId = run.Order.AssignmentId,
                OrderToken = run.Order.OrderToken,
            },
            CrewOf(run.Unit)
        );

    public async Task CloseCardStepAsync(EveningRun run, string reason) =>
        await new AuthorizationService.AuthorizationServiceClient(_channel).CloseCardStepAsync(
            new CloseCardStepRequest
            {
                RequestId = _ids.Next(),
                IncidentId = run.Incident,
                PatientNumber = 1,
                ReasonCode = reason,
            },
            CrewOf(run.Unit)
        );

    /// <param name="speedPercent">0: closed.</param>
    public async Task RestrictAsync(
        double latitude,
        double longitude,
        double radiusMeters,
        int speedPercent,
        string kind
    ) =>
        await new DispatchService.DispatchServiceClient(_channel).RestrictRoadAsync(
            new RestrictRoadRequest
            {
                RequestId = _ids.Next(),
                Point = new GeoPoint { Latitude = latitude, Longitude = longitude },
                RadiusMeters = radiusMeters,
                Effect = speedPercent == 0 ? RoadEffect.Closed : RoadEffect.Slowed,
                SpeedPercent = speedPercent,
                Kind = new Code { Table = "closure-kind", Value = kind },
                ExpireTime = Timestamp.FromDateTimeOffset(time.GetUtcNow().AddHours(3)),
            },
            Dispatcher
        );

    /// <summary>The next button, and where the unit is when it is pressed.</summary>
    public async Task ReportNextAsync(EveningRun run)
    {
        Timestamp now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        await Incidents.ReportMilestoneAsync(
            new ReportMilestoneRequest
            {
                RequestId = _ids.Next(),
                IncidentId = run.Incident,
                AssignmentId = run.Order.AssignmentId,
                OrderToken = run.Order.OrderToken,
                Kind = run.Next,
                OccurredTime = now,
                Point = run.Place,
            },
            CrewOf(run.Unit)
        );
        if (run.Next == MilestoneKind.OnScene)
        {
            var positions = new ReportPositionsRequest { UnitId = run.Unit };
            positions.Positions.Add(new PositionReport { Point = run.Place, ObservedTime = now });
            await new CrewService.CrewServiceClient(_channel).ReportPositionsAsync(
                positions,
                CrewOf(run.Unit)
            );
        }

        run.Next++;
    }

    private IncidentService.IncidentServiceClient Incidents => new(_channel);

    private static CallOptions Dispatcher =>
        As(new Metadata { { "mina-role", "dispatcher" }, { "mina-device-id", "console-1" } });

    private static CallOptions CrewOf(string unit) =>
        As(
            new Metadata
            {
                { "mina-role", "crew" },
                { "mina-device-id", $"tablet-{unit}" },
                { "mina-crew-id", $"crew-{unit}" },
            }
        );

    private static CallOptions As(Metadata identity) =>
        new(identity, TimeProvider.System.GetUtcNow().UtcDateTime + Deadline);

    public void Dispose() => _channel.Dispose();
}
