using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>What a developer's tool learns of a node that was started for it.</summary>
public sealed class ReflectionTests(ReflectionTests.House house)
    : IClassFixture<ReflectionTests.House>
{
    [Fact]
    public async Task Lists_every_service()
    {
        ServerReflectionResponse answer = await AskAsync(new() { ListServices = "" });

        string[] services = [.. answer.ListServicesResponse.Service.Select(s => s.Name)];
        Assert.Equal(
            WireMethod.All.Select(m => m.Path.Split('/')[1]).Distinct().Order(),
            services.Where(s => s.StartsWith("minakyukyu.", StringComparison.Ordinal)).Order()
        );
        Assert.Contains("grpc.health.v1.Health", services);
    }

    [Theory]
    [InlineData("minakyukyu.dispatch.v1.DispatchService")]
    [InlineData("minakyukyu.dispatch.v1.DispatchService.RecommendUnits")]
    [InlineData("minakyukyu.dispatch.v1.RecommendUnitsRequest")]
    public async Task Describes_a_symbol_so_that_its_files_stand_by_themselves(string symbol)
    {
        ServerReflectionResponse answer = await AskAsync(new() { FileContainingSymbol = symbol });

        FileDescriptorProto[] files =
        [
            .. answer.FileDescriptorResponse.FileDescriptorProto.Select(bytes =>
                FileDescriptorProto.Parser.ParseFrom(bytes)
            ),
        ];
        Assert.Equal("minakyukyu.dispatch.v1", files[0].Package);
        HashSet<string> names = [.. files.Select(f => f.Name)];
        Assert.Equal(files.Length, names.Count);
        Assert.All(files.SelectMany(f => f.Dependency), import => Assert.Contains(import, names));
    }

    [Fact]
    public async Task Sends_no_file_twice_on_one_stream_but_the_one_asked_for()
    {
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            Client().ServerReflectionInfo();
        var request = new ServerReflectionRequest
        {
            FileByFilename = "grpc/health/v1/health.proto",
        };
        var counts = new List<int>();
        for (int i = 0; i < 2; i++)
        {
            await call.RequestStream.WriteAsync(
                i == 0 ? new() { FileContainingSymbol = "minakyukyu.crew.v1.CrewService" } : request
            );
            Assert.True(await call.ResponseStream.MoveNext());
            counts.Add(
                call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto.Count
            );
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        Assert.True(counts[0] > 1);
        Assert.Equal(1, counts[1]);
    }

    [Fact]
    public async Task Knows_nothing_else()
    {
        ServerReflectionResponse file = await AskAsync(new() { FileByFilename = "a.proto" });
        ServerReflectionResponse symbol = await AskAsync(new() { FileContainingSymbol = "a.B" });
        ServerReflectionResponse nothing = await AskAsync(new());

        Assert.Equal((int)StatusCode.NotFound, file.ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.NotFound, symbol.ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.Unimplemented, nothing.ErrorResponse.ErrorCode);
    }

    private ServerReflection.ServerReflectionClient Client() => new(house.Nobody.Calls);

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            Client().ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext());
        ServerReflectionResponse answer = call.ResponseStream.Current;
        await call.RequestStream.CompleteAsync();
        return answer;
    }

    public sealed class House : ServedHouse
    {
        protected override MinaServerOptions Change(MinaServerOptions usual) =>
            usual with
            {
                Reflection = true,
            };
    }
}

/// <summary>A node as it is started for work describes itself to nobody.</summary>
public sealed class NoReflectionTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    [Fact]
    public async Task Is_not_served_unless_asked_for()
    {
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            new ServerReflection.ServerReflectionClient(house.Nobody.Calls).ServerReflectionInfo();

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() =>
            call.ResponseStream.MoveNext()
        );

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }
}
