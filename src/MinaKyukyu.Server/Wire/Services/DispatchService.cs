using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using Contract = MinaKyukyu.Contracts.Dispatch.V1.DispatchService;
using V1 = MinaKyukyu.Contracts.Dispatch.V1;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The wire's side of advice and orders.</summary>
internal sealed class DispatchService(
    Department department,
    RecommendUnits recommendUnits,
    AssignUnit assignUnit,
    ChooseHospital chooseHospital,
    RoadMethods roads,
    AdvicePicture picture,
    CodeTables codes,
    TimeProvider time
) : Contract.DispatchServiceBase
{
    public override Task<V1.RecommendUnitsResponse> RecommendUnits(
        V1.RecommendUnitsRequest request,
        ServerCallContext context
    )
    {
        long started = time.GetTimestamp();
        GivenAdvice given =
            recommendUnits.Recommend(Parse.Incident(request.IncidentId), request.MaxCandidates)
            ?? throw Refusal.Of(IncidentRefusal.IncidentNotFound).ToRpcException();
        V1.Recommendation recommendation = picture.Of(given);
        recommendation.DecisionMilliseconds = time.GetElapsedTime(started).TotalMilliseconds;
        return Task.FromResult(new V1.RecommendUnitsResponse { Recommendation = recommendation });
    }

    public override async Task<V1.AssignUnitResponse> AssignUnit(
        V1.AssignUnitRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        IncidentId incident = Parse.Incident(request.IncidentId);
        Choice choice = ChoiceOf(request.UnitId, request.RecommendationId, request.OverrideReason);
        return await CallLimit.RunAsync(
            context,
            stop =>
                assignUnit.AssignAsync(
                    command,
                    incident,
                    choice,
                    order =>
                        new V1.AssignUnitResponse
                        {
                            AssignmentId = order.Id.Value,
                            UnitId = order.Unit.Value,
                            OrderToken = order.Token,
                            DispatchedTime = order.DispatchedAt.ToTimestamp(),
                        }.ToByteArray(),
                    stop
                ),
            V1.AssignUnitResponse.Parser
        );
    }

    public override async Task<V1.ReassignUnitResponse> ReassignUnit(
        V1.ReassignUnitRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        AssignmentId replaced = Parse.Assignment(request.AssignmentId);
        Choice choice = ChoiceOf(request.UnitId, request.RecommendationId, request.OverrideReason);
        return await CallLimit.RunAsync(
            context,
            stop =>
                assignUnit.ReassignAsync(
                    command,
                    replaced,
                    choice,
                    order =>
                        new V1.ReassignUnitResponse
                        {
                            AssignmentId = order.Id.Value,
                            UnitId = order.Unit.Value,
                            OrderToken = order.Token,
                            DispatchedTime = order.DispatchedAt.ToTimestamp(),
                        }.ToByteArray(),
                    stop
                ),
            V1.ReassignUnitResponse.Parser
        );
    }

    private Choice ChoiceOf(string unit, string recommendation, Contracts.Type.V1.Code? reason) =>
        new(
            Parse.Unit(unit),
            recommendation.Length == 0
                ? null
                : Parse.Id(recommendation, "recommendation_id", id => new RecommendationId(id)),
            codes.Optional(reason, "override-reason", "override_reason")
        );

    public override async Task<V1.CancelAssignmentResponse> CancelAssignment(
        V1.CancelAssignmentRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        AssignmentId order = Parse.Assignment(request.AssignmentId);
        Code reason = codes.Required(request.Reason, "cancel-reason", "reason");
        return await CallLimit.RunAsync(
            context,
            stop => assignUnit.CancelAsync(command, order, reason, _ => [], stop),
            V1.CancelAssignmentResponse.Parser
        );
    }

    public override Task<V1.RecommendHospitalsResponse> RecommendHospitals(
        V1.RecommendHospitalsRequest request,
        ServerCallContext context
    )
    {
        IncidentId id = Parse.Incident(request.IncidentId);
        HospitalAdvice? advice = MaySee(id, context)
            ? chooseHospital.Recommend(
                id,
                Parse.Patient(request.PatientNumber),
                request.MaxCandidates
            )
            : null;
        return advice is null
            ? throw Refusal.Of(IncidentRefusal.IncidentNotFound).ToRpcException()
            : Task.FromResult(picture.Of(advice));
    }

    private bool MaySee(IncidentId id, ServerCallContext context) =>
        Interceptors.IdentityInterceptor.CallerOf(context).Unit is not { } unit
        || department.Incidents.Find(id)?.Orders.Any(o => o.Unit == unit) == true;

    public override Task<V1.ListHospitalsResponse> ListHospitals(
        V1.ListHospitalsRequest request,
        ServerCallContext context
    )
    {
        (IReadOnlyList<HospitalPlan> page, string next) = Paging.Take(
            department.City.Hospitals,
            request.Page
        );
        var response = new V1.ListHospitalsResponse { Page = new() { NextPageToken = next } };
        response.Hospitals.Add(
            page.Select(h => new V1.Hospital
            {
                HospitalId = h.Id.Value,
                Name = h.Name,
                Point = IncidentPicture.Of(h.Point),
            })
        );
        return Task.FromResult(response);
    }

    public override Task<V1.CloseRoadResponse> CloseRoad(
        V1.CloseRoadRequest request,
        ServerCallContext context
    ) => roads.CloseAsync(request, context);

    public override Task<V1.RestrictRoadResponse> RestrictRoad(
        V1.RestrictRoadRequest request,
        ServerCallContext context
    ) => roads.RestrictAsync(request, context);

    public override Task<V1.LiftRoadRestrictionResponse> LiftRoadRestriction(
        V1.LiftRoadRestrictionRequest request,
        ServerCallContext context
    ) => roads.LiftAsync(request, context);

    public override Task<V1.ListRoadRestrictionsResponse> ListRoadRestrictions(
        V1.ListRoadRestrictionsRequest request,
        ServerCallContext context
    ) => Task.FromResult(roads.List(request));
}
