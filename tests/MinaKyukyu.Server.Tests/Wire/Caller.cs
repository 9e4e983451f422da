using Grpc.Core;
using Grpc.Health.V1;
using MinaKyukyu.Contracts.Analytics.V1;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>Somebody with an identity, and every service as he may call it.</summary>
internal sealed class Caller(CallInvoker calls)
{
    public CallInvoker Calls { get; } = calls;

    public IncidentService.IncidentServiceClient Incidents { get; } = new(calls);

    public CrewService.CrewServiceClient Crew { get; } = new(calls);

    public EnrolmentService.EnrolmentServiceClient Enrolment { get; } = new(calls);

    public DispatchService.DispatchServiceClient Dispatch { get; } = new(calls);

    public AuthorizationService.AuthorizationServiceClient Authorization { get; } = new(calls);

    public MedicalInfoService.MedicalInfoServiceClient MedicalInfo { get; } = new(calls);

    public AnalyticsService.AnalyticsServiceClient Analytics { get; } = new(calls);

    public Health.HealthClient Health { get; } = new(calls);
}
