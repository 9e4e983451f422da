using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>h2load of nghttp2, which knows HTTP/2 and nothing of gRPC, as a crowd.</summary>
public sealed class LoadTests
{
    private const int Calls = 8_000;

    [Fact]
    public async Task Serves_every_call_of_several_connections_with_many_streams_each()
    {
        await using var server = await TestServer.EchoAsync();
        var (served, ended) = (0, 0);
        server.Script.Unary = (request, context) =>
        {
            Assert.Equal(100, request.Length);
            Interlocked.Increment(ref served);
            var http = context.GetHttpContext();
            http.Response.OnCompleted(() =>
            {
                // h2load takes any HTTP 200 for a success, so what the call ended with is read here.
                var trailers = http.Features.Get<IHttpResponseTrailersFeature>()!.Trailers;
                if (trailers["grpc-status"] == "0")
                {
                    Interlocked.Increment(ref ended);
                }

                return Task.CompletedTask;
            });
            return Task.FromResult(request);
        };
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.PathOf("request"), RawCall.Frame(new byte[100]));

        using var crowd = PeerProcess.Start(
            "h2load",
            [
                "--requests",
                Calls.ToString(CultureInfo.InvariantCulture),
                "--clients=8",
                "--max-concurrent-streams=50",
                "--header=content-type: application/grpc",
                "--header=te: trailers",
                $"--data={folder.PathOf("request")}",
                $"{server.Address}/{Echo.ServiceName}/Unary",
            ],
            "h2load: apt-get install nghttp2-client"
        );
        var (exitCode, output, errors) = await crowd.RunAsync();

        Assert.True(exitCode == 0, errors);
        Assert.Contains(
            $"{Calls} succeeded, 0 failed, 0 errored, 0 timeout",
            output,
            StringComparison.Ordinal
        );
        Assert.Equal(Calls, served);
        await Eventually.IsSoAsync(
            "every call ended with OK",
            () => Task.FromResult(Volatile.Read(ref ended) == Calls)
        );
    }
}
