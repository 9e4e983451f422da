using Google.Protobuf;
using Grpc.Core;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using V1 = MinaKyukyu.Contracts.Dispatch.V1;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The wire's side of road restrictions.</summary>
internal sealed class RoadMethods(
    RestrictRoads restrictRoads,
    Department department,
    RoadPicture picture,
    TimeProvider time
)
{
    public async Task<V1.RestrictRoadResponse> RestrictAsync(
        V1.RestrictRoadRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        RoadReport report = picture.Read(request);
        return await CallLimit.RunAsync(
            context,
            stop =>
                restrictRoads.RestrictAsync(
                    command,
                    report,
                    made =>
                        new V1.RestrictRoadResponse
                        {
                            Restriction = picture.Of(made),
                        }.ToByteArray(),
                    stop
                ),
            V1.RestrictRoadResponse.Parser
        );
    }

    /// <summary>The shortest form: the street nearest to the point, closed.</summary>
    public async Task<V1.CloseRoadResponse> CloseAsync(
        V1.CloseRoadRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        RoadReport report = picture.Read(
            new V1.RestrictRoadRequest
            {
                Point = request.Point,
                Effect = V1.RoadEffect.Closed,
                Kind = request.Kind,
                ExpireTime = request.ExpireTime,
            }
        );
        return await CallLimit.RunAsync(
            context,
            stop =>
                restrictRoads.RestrictAsync(
                    command,
                    report,
                    made => new V1.CloseRoadResponse { ClosureId = made.Id.Value }.ToByteArray(),
                    stop
                ),
            V1.CloseRoadResponse.Parser
        );
    }

    public async Task<V1.LiftRoadRestrictionResponse> LiftAsync(
        V1.LiftRoadRestrictionRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        RoadRestrictionId id = Parse.RoadRestriction(request.RestrictionId);
        return await CallLimit.RunAsync(
            context,
            stop => restrictRoads.LiftAsync(command, id, _ => [], stop),
            V1.LiftRoadRestrictionResponse.Parser
        );
    }

    public V1.ListRoadRestrictionsResponse List(V1.ListRoadRestrictionsRequest request)
    {
        (IReadOnlyList<V1.RoadRestriction> page, string next) = Paging.Take(
            department.RoadRestrictions.ListInForce(time.GetUtcNow()),
            request.Page,
            picture.Of
        );
        var response = new V1.ListRoadRestrictionsResponse
        {
            Page = new() { NextPageToken = next },
        };
        response.Restrictions.Add(page);
        return response;
    }
}
