using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;

namespace MinaKyukyu.GrpcTests;

/// <summary>Code that Grpc.Tools generated, on both sides.</summary>
public sealed class GeneratedStubTests
{
    [Fact]
    public async Task Carries_a_unary_call_of_a_generated_client_to_a_generated_service()
    {
        await using var server = await TestServer.StartAsync(map: routes =>
            routes.MapGrpcService<AlwaysServing>()
        );
        var client = new Health.HealthClient(server.Channel);

        var answer = await client.CheckAsync(new HealthCheckRequest { Service = "a" });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Carries_a_stream_of_a_generated_service_to_a_generated_client()
    {
        await using var server = await TestServer.StartAsync(map: routes =>
            routes.MapGrpcService<AlwaysServing>()
        );
        var client = new Health.HealthClient(server.Channel);

        using var call = client.Watch(new HealthCheckRequest());
        var states = new List<HealthCheckResponse.Types.ServingStatus>();
        await foreach (var state in call.ResponseStream.ReadAllAsync())
        {
            states.Add(state.Status);
        }

        Assert.Equal(
            [
                HealthCheckResponse.Types.ServingStatus.NotServing,
                HealthCheckResponse.Types.ServingStatus.Serving,
            ],
            states
        );
    }

    [Fact]
    public async Task Blocks_for_a_synchronous_call_of_a_generated_client()
    {
        await using var server = await TestServer.StartAsync(map: routes =>
            routes.MapGrpcService<AlwaysServing>()
        );
        var client = new Health.HealthClient(server.Channel);

        var answer = await Task.Run(() => client.Check(new HealthCheckRequest()));

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

#if !PUBLIC_PACKAGES
    [Fact]
    public async Task Refuses_bytes_that_are_not_the_message()
    {
        await using var server = await TestServer.StartAsync(map: routes =>
            routes.MapGrpcService<AlwaysServing>()
        );

        using var answer = await RawCall.PostAsync(
            server,
            "/grpc.health.v1.Health/Check",
            RawCall.Frame([0x0A, 0x7F, 1]),
            "application/grpc",
            System.Net.HttpVersion.Version20
        );

        Assert.Equal(StatusCode.Internal, answer.Status);
    }
#endif

    private sealed class AlwaysServing : Health.HealthBase
    {
        public override Task<HealthCheckResponse> Check(
            HealthCheckRequest request,
            ServerCallContext context
        ) =>
            Task.FromResult(
                new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving }
            );

        public override async Task Watch(
            HealthCheckRequest request,
            IServerStreamWriter<HealthCheckResponse> responseStream,
            ServerCallContext context
        )
        {
            await responseStream.WriteAsync(
                new HealthCheckResponse
                {
                    Status = HealthCheckResponse.Types.ServingStatus.NotServing,
                }
            );
            await responseStream.WriteAsync(
                new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving }
            );
        }
    }
}
