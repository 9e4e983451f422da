using System.Diagnostics;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace MinaKyukyu.GrpcTests;

public sealed class TraceTests
{
    [Fact]
    public async Task Carries_the_trace_of_the_caller_into_the_service()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await TestServer.EchoAsync();
        var seen = default(ActivityTraceId);
        server.Script.Unary = (request, _) =>
        {
            seen = Activity.Current?.TraceId ?? default;
            return Task.FromResult(request);
        };
        using var tap = new Activity("tap").SetIdFormat(ActivityIdFormat.W3C).Start();

        await server.Client.UnaryAsync([1]);

        Assert.Equal(tap.TraceId, seen);
    }

    [Fact]
    public async Task Leads_from_a_call_to_the_request_that_carries_it()
    {
        await using var server = await TestServer.EchoAsync();
        HttpContext? http = null;
        server.Script.Unary = (request, context) =>
        {
            http = context.GetHttpContext();
            Assert.Equal("HTTP/2", http.Request.Protocol);
            return Task.FromResult(request);
        };

        await server.Client.UnaryAsync([1]);

        Assert.NotNull(http);
    }
}
