using Grpc.Core;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Wire.Interceptors;
using MinaKyukyu.Server.Wire.Mapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using Contract = MinaKyukyu.Contracts.MedicalInfo.V1.MedicalInfoService;
using V1 = MinaKyukyu.Contracts.MedicalInfo.V1;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The wire's side of the summary.</summary>
internal sealed class MedicalInfoService(ReadSummary readSummary, CodeBook codes)
    : Contract.MedicalInfoServiceBase
{
    public override async Task StreamSummary(
        V1.StreamSummaryRequest request,
        IServerStreamWriter<V1.StreamSummaryResponse> responseStream,
        ServerCallContext context
    )
    {
        IncidentId incident = Parse.Incident(request.IncidentId);
        GrantId grant = Parse.Id(request.GrantId, "grant_id", id => new GrantId(id));
        var picture = new SummaryPicture(codes);
        CancellationToken stop = context.CancellationToken;
        await foreach (
            SummaryStep step in readSummary.ReadAsync(
                IdentityInterceptor.CallerOf(context),
                incident,
                grant,
                request.HolderConfirmed,
                stop
            )
        )
        {
            if (step is SummaryStep.Over)
            {
                throw new Refusal("GRANT_NOT_FOUND").ToRpcException();
            }

            await responseStream.WriteAsync(picture.Of(step), stop);
        }
    }
}
