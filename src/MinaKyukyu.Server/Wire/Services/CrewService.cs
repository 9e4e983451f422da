using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Authorization.SignOn;
using MinaKyukyu.Dispatch.Routes;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Wire.Interceptors;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;
using Contract = MinaKyukyu.Contracts.Crew.V1.CrewService;
using V1 = MinaKyukyu.Contracts.Crew.V1;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The wire's side of the tablet.</summary>
internal sealed class CrewService(
    Department department,
    RunDuty duty,
    VerifyMember verifyMember,
    FollowOrders followOrders,
    CallbackNumbers callbackNumbers,
    Situations situations,
    IncidentPicture picture,
    UnitPicture units,
    StreamLimit streams,
    IIdentitySource identities,
    TimeProvider time
) : Contract.CrewServiceBase
{
    /// <summary>How many positions one call may bring: an hour at one every 5 s.</summary>
    private const int MostPositions = 720;

    /// <summary>Three are the law's crew; trainees and a physician may ride along.</summary>
    private const int MostMembers = 8;

    public override Task<V1.VerifyMemberResponse> VerifyMember(
        V1.VerifyMemberRequest request,
        ServerCallContext context
    )
    {
        MemberNumber number = Parse.Id(
            request.MemberNumber,
            "member_number",
            n => new MemberNumber(n)
        );
        PersonalProof proof = request.ProofCase switch
        {
            V1.VerifyMemberRequest.ProofOneofCase.Pin => new PersonalProof.Pin(request.Pin),
            V1.VerifyMemberRequest.ProofOneofCase.TotpCode => new PersonalProof.Totp(
                request.TotpCode
            ),
            _ => throw new InvalidRequestException(
                InvalidRequestException.RequiredFieldEmpty,
                "proof"
            ),
        };
        return CallLimit.RunAsync(
            context,
            async stop =>
                await verifyMember.CheckAsync(
                    IdentityInterceptor.CallerOf(context),
                    number,
                    proof,
                    stop
                ) switch
                {
                    MemberProof.Accepted(var ticket) => new V1.VerifyMemberResponse
                    {
                        Ticket = ticket.Value,
                        Role = (V1.MemberRole)ticket.Member.Role,
                        ExpireTime = ticket.ExpiresAt.ToTimestamp(),
                    },
                    MemberProof.Wrong(0) or MemberProof.Locked => throw new Refusal(
                        "MEMBER_LOCKED"
                    ).ToRpcException(),
                    MemberProof.Wrong => throw new Refusal("MEMBER_NOT_VERIFIED").ToRpcException(),
                    MemberProof.TooManyOpen => throw new Refusal("SIGN_ON_BUSY").ToRpcException(),
                    _ => throw new System.Diagnostics.UnreachableException(),
                }
        );
    }

    public override async Task<V1.ChangeVehicleResponse> ChangeVehicle(
        V1.ChangeVehicleRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        UnitId unit = Parse.Unit(request.UnitId);
        VehicleId vehicle = Parse.Id(request.VehicleId, "vehicle_id", id => new VehicleId(id));
        DeviceId? device =
            request.DeviceId.Length == 0
                ? null
                : Parse.Id(request.DeviceId, "device_id", id => new DeviceId(id));
        return await CallLimit.RunAsync(
            context,
            stop =>
                duty.ChangeVehicleAsync(
                    command,
                    unit,
                    vehicle,
                    device,
                    on =>
                        new V1.ChangeVehicleResponse
                        {
                            VehicleId = on.Vehicle.Value,
                            DeviceId = on.Device.Value,
                        }.ToByteArray(),
                    stop
                ),
            V1.ChangeVehicleResponse.Parser
        );
    }

    public override async Task<V1.SignOnResponse> SignOn(
        V1.SignOnRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        UnitId unit = Parse.Unit(request.UnitId);
        VehicleId? vehicle =
            request.VehicleId.Length == 0
                ? null
                : Parse.Id(request.VehicleId, "vehicle_id", id => new VehicleId(id));
        GeoPoint? at = Parse.Point(request.Point, "point");
        if (request.MemberTickets.Count > MostMembers)
        {
            throw Parse.Malformed("member_tickets");
        }

        long token = TokenToObeyAfter(unit);
        V1.SignOnResponse response = await CallLimit.RunAsync(
            context,
            stop =>
                duty.SignOnAsync(
                    command,
                    unit,
                    vehicle,
                    request.MemberTickets,
                    on =>
                        new V1.SignOnResponse
                        {
                            VehicleId = on.Vehicle.Value,
                            OrderToken = token,
                        }.ToByteArray(),
                    stop
                ),
            V1.SignOnResponse.Parser
        );
        if (at is { } point)
        {
            DateTimeOffset now = time.GetUtcNow();
            department.Positions.Report(new UnitPosition(unit, point, now, now, null));
        }

        return response;
    }

    /// <summary>The tablet obeys only higher tokens, so an order that stands must be higher than what it is told.</summary>
    private long TokenToObeyAfter(UnitId unit) =>
        department.Incidents.FindActiveOrder(unit) is { } order
            ? order.Token - 1
            : department.Incidents.LastOrderToken;

    public override async Task<V1.SignOffResponse> SignOff(
        V1.SignOffRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        UnitId unit = Parse.Unit(request.UnitId);
        return await CallLimit.RunAsync(
            context,
            stop => duty.SignOffAsync(command, unit, _ => [], stop),
            V1.SignOffResponse.Parser
        );
    }

    public override Task<V1.ReportPositionsResponse> ReportPositions(
        V1.ReportPositionsRequest request,
        ServerCallContext context
    )
    {
        UnitId unit = OwnUnit(request.UnitId, context);
        return Task.FromResult(
            new V1.ReportPositionsResponse { AcceptedCount = Take(unit, request.Positions) }
        );
    }

    public override Task StreamPositions(
        IAsyncStreamReader<V1.StreamPositionsRequest> requestStream,
        IServerStreamWriter<V1.StreamPositionsResponse> responseStream,
        ServerCallContext context
    ) =>
        streams.RunAsync(
            context,
            stop => HearPositionsAsync(requestStream, responseStream, context, stop)
        );

    private async Task HearPositionsAsync(
        IAsyncStreamReader<V1.StreamPositionsRequest> requestStream,
        IServerStreamWriter<V1.StreamPositionsResponse> responseStream,
        ServerCallContext context,
        CancellationToken stop
    )
    {
        while (await requestStream.MoveNext(stop))
        {
            V1.StreamPositionsRequest batch = requestStream.Current;
            UnitId unit = OwnUnit(batch.UnitId, context);
            await RequireStillHeardThroughAsync(unit, context);
            await responseStream.WriteAsync(
                new V1.StreamPositionsResponse { AcceptedCount = Take(unit, batch.Positions) },
                stop
            );
        }
    }

    private int Take(UnitId unit, IReadOnlyCollection<V1.PositionReport> positions)
    {
        if (positions.Count > MostPositions)
        {
            throw Parse.Malformed("positions");
        }

        DateTimeOffset now = time.GetUtcNow();
        return followOrders.TakePositions(
            unit,
            positions.Select(p => PositionOf(unit, p, now)).ToList()
        );
    }

    private static UnitPosition PositionOf(
        UnitId unit,
        V1.PositionReport report,
        DateTimeOffset now
    )
    {
        DateTimeOffset observed = Parse.Time(report.ObservedTime, "positions.observed_time");
        return new UnitPosition(
            unit,
            Parse.Point(report.Point, "positions.point")!.Value,
            // A clock that runs ahead must not make this the last word for hours.
            observed > now
                ? now
                : observed,
            now,
            report is { HasAccuracyMeters: true, AccuracyMeters: >= 0 and < 100_000 }
                ? report.AccuracyMeters
                : null
        );
    }

    public override Task WatchAssignments(
        V1.WatchAssignmentsRequest request,
        IServerStreamWriter<V1.WatchAssignmentsResponse> responseStream,
        ServerCallContext context
    )
    {
        UnitId unit = OwnUnit(request.UnitId, context);
        return streams.RunAsync(
            context,
            stop => TellAsync(unit, request.AfterOrderToken, responseStream, context, stop)
        );
    }

    private async Task TellAsync(
        UnitId unit,
        long afterToken,
        IServerStreamWriter<V1.WatchAssignmentsResponse> responseStream,
        ServerCallContext context,
        CancellationToken stop
    )
    {
        await foreach (OrderNews news in followOrders.WatchAsync(unit, afterToken, stop))
        {
            await RequireStillHeardThroughAsync(unit, context);
            var message = new V1.WatchAssignmentsResponse
            {
                Assignment = picture.Of(news.Order, news.Incident),
                Incident = picture.Of(news.Incident),
                Route = RouteOf(news),
            };
            if (news.Order.IsActive)
            {
                message.CallbackNumber = await callbackNumbers.FindAsync(news.Incident.Id, stop);
            }

            await responseStream.WriteAsync(message, stop);
            await followOrders.NoteDeliveryAsync(news.Order, stop);
        }
    }

    /// <summary>
    /// The crew may have changed to another tablet since the call began; this one hears no order and no caller's number any more,
    /// and does not say where the unit is.
    /// </summary>
    private async Task RequireStillHeardThroughAsync(UnitId unit, ServerCallContext context)
    {
        if ((await identities.IdentifyAsync(context))?.Unit != unit)
        {
            throw new Refusal("TABLET_LEFT_BEHIND").ToRpcException();
        }
    }

    private V1.Route? RouteOf(OrderNews news) =>
        news.Order.IsActive
        && RouteToScene.Find(situations.Now(), news.Incident, news.Order.Unit) is { } route
            ? PictureOf(route)
            : null;

    private static V1.Route PictureOf(Route route)
    {
        var picture = new V1.Route
        {
            DrivingDuration = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(route.Milliseconds)),
            DistanceMeters = Math.Round(route.Meters, 1),
        };
        picture.Points.Add(route.Polyline.Select(IncidentPicture.Of));
        picture.StreetNames.Add(route.StreetNames);
        return picture;
    }

    public override async Task<V1.AcknowledgeAssignmentResponse> AcknowledgeAssignment(
        V1.AcknowledgeAssignmentRequest request,
        ServerCallContext context
    )
    {
        Command command = Parse.Command(request, request.RequestId, context);
        AssignmentId assignment = Parse.Assignment(request.AssignmentId);
        Timestamp now = time.GetUtcNow().ToTimestamp();
        return await CallLimit.RunAsync(
            context,
            stop =>
                followOrders.AcknowledgeAsync(
                    command,
                    assignment,
                    request.OrderToken,
                    order =>
                        new V1.AcknowledgeAssignmentResponse
                        {
                            AcknowledgedTime = order.AcknowledgedAt?.ToTimestamp() ?? now,
                        }.ToByteArray(),
                    stop
                ),
            V1.AcknowledgeAssignmentResponse.Parser
        );
    }

    public override Task<V1.ListUnitsResponse> ListUnits(
        V1.ListUnitsRequest request,
        ServerCallContext context
    )
    {
        (IReadOnlyList<UnitPlan> page, string next) = Paging.Take(
            department.City.Plan.Units,
            request.Page
        );
        var response = new V1.ListUnitsResponse { Page = new() { NextPageToken = next } };
        response.Units.Add(page.Select(units.Of));
        return Task.FromResult(response);
    }

    /// <summary>A tablet speaks for its own unit alone; "not yours" and "not there" are the same answer.</summary>
    private static UnitId OwnUnit(string text, ServerCallContext context)
    {
        UnitId unit = Parse.Unit(text);
        Caller caller = IdentityInterceptor.CallerOf(context);
        return caller.Unit == unit
            ? unit
            : throw Refusal.Of(IncidentRefusal.UnitNotFound).ToRpcException();
    }
}
