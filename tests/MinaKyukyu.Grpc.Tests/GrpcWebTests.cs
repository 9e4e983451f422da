using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace MinaKyukyu.GrpcTests;

/// <summary>What a browser sends and can read, byte by byte; a real browser is asked elsewhere.</summary>
public sealed class GrpcWebTests
{
    private const string Web = "application/grpc-web+proto";

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Answers_with_the_message_and_the_trailers_in_one_body(string version)
    {
        await using var server = await WebServer(version);
        server.Script.Unary = (request, context) =>
        {
            Assert.Equal("HTTP/2", context.GetHttpContext().Request.Protocol);
            context.ResponseTrailers.Add("Word", "last");
            context.ResponseTrailers.Add("bytes-bin", [0, 255]);
            return Task.FromResult(request);
        };

        var answer = await WebCall.PostAsync(server, "Unary", RawCall.Frame([7, 8]), version);

        Assert.Equal(HttpStatusCode.OK, answer.HttpStatus);
        Assert.StartsWith("application/grpc-web", answer.ContentType, StringComparison.Ordinal);
        Assert.Equal([7, 8], Assert.Single(answer.Messages));
        Assert.Equal("0", answer.Trailers["grpc-status"]);
        Assert.Equal("last", answer.Trailers["word"]);
        Assert.Equal("AP8", answer.Trailers["bytes-bin"].TrimEnd('='));
    }

    [Fact]
    public async Task Streams_each_message_as_it_is_written()
    {
        await using var server = await WebServer();
        var goOn = new TaskCompletionSource();
        server.Script.Spread = async (_, responses, _) =>
        {
            await responses.WriteAsync([1]);
            await goOn.Task;
            await responses.WriteAsync([2]);
        };
        using var client = new HttpClient();
        using var request = WebCall.Request(server, "Spread", RawCall.Frame([]), "1.1");

        using var response = await client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead
        );
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[6];
        await body.ReadExactlyAsync(first);
        goOn.SetResult();
        var rest = new MemoryStream();
        await body.CopyToAsync(rest);

        Assert.Equal(RawCall.Frame([1]), first);
        var answer = WebCall.Read(rest.ToArray());
        Assert.Equal([2], Assert.Single(answer.Messages));
        Assert.Equal("0", answer.Trailers["grpc-status"]);
    }

    [Fact]
    public async Task Refuses_in_the_headers_when_there_is_no_message()
    {
        await using var server = await WebServer();
        server.Script.Unary = (_, _) =>
            throw new RpcException(new Status(StatusCode.NotFound, "圏外"));

        var answer = await WebCall.PostAsync(server, "Unary", RawCall.Frame([]));

        Assert.Empty(answer.Messages);
        Assert.Equal("5", answer.Header("grpc-status") ?? answer.Trailers["grpc-status"]);
        Assert.Equal(
            "%E5%9C%8F%E5%A4%96",
            answer.Header("grpc-message") ?? answer.Trailers["grpc-message"]
        );
        Assert.StartsWith("application/grpc-web", answer.ContentType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_status_behind_messages_that_were_sent()
    {
        await using var server = await WebServer();
        server.Script.Spread = async (_, responses, _) =>
        {
            await responses.WriteAsync([1]);
            throw new RpcException(new Status(StatusCode.Aborted, "over"));
        };

        var answer = await WebCall.PostAsync(server, "Spread", RawCall.Frame([]));

        Assert.Single(answer.Messages);
        Assert.Equal("10", answer.Trailers["grpc-status"]);
    }

    [Fact]
    public async Task Ends_at_the_deadline_that_the_browser_set()
    {
        await using var server = await WebServer();
        server.Script.Unary = async (request, context) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
            return request;
        };

        var answer = await WebCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame([]),
            "1.1",
            Web,
            ("grpc-timeout", "200m")
        );

        Assert.Equal("4", answer.Header("grpc-status") ?? answer.Trailers["grpc-status"]);
    }

    [Theory]
    [InlineData("application/grpc-web-text")]
    [InlineData("application/grpc-webx")]
    [InlineData("application/json")]
    public async Task Takes_no_other_content(string contentType)
    {
        await using var server = await WebServer();

        var answer = await WebCall.PostAsync(
            server,
            "Unary",
            RawCall.Frame([]),
            "1.1",
            contentType
        );

#if PUBLIC_PACKAGES
        // The public package takes base64 as well.
        if (contentType.EndsWith("-text", StringComparison.Ordinal))
        {
            return;
        }
#endif
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.HttpStatus);
    }

    [Fact]
    public async Task Is_closed_to_browsers_where_it_was_not_opened()
    {
        await using var server = await TestServer.StartAsync(
            routes =>
            {
                ((IApplicationBuilder)routes).UseGrpcWeb();
                routes.MapGrpcService<EchoService>();
            },
            services: s => s.AddSingleton<EchoScript>(),
            protocols: HttpProtocols.Http1
        );

        var answer = await WebCall.PostAsync(server, "Unary", RawCall.Frame([]));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.HttpStatus);
    }

    [Fact]
    public async Task Leaves_calls_over_http2_as_they_are()
    {
        await using var server = await WebServer("2.0");

        Assert.Equal([5], await server.Client.UnaryAsync([5]));
    }

    private static Task<TestServer> WebServer(string version = "1.1") =>
        TestServer.StartAsync(
            routes =>
            {
                ((IApplicationBuilder)routes).UseGrpcWeb();
                routes.MapGrpcService<EchoService>().EnableGrpcWeb();
            },
            services: s => s.AddSingleton<EchoScript>(),
            protocols: version == "2.0" ? HttpProtocols.Http2 : HttpProtocols.Http1
        );

    private sealed record WebCall(
        HttpStatusCode HttpStatus,
        string? ContentType,
        HttpResponseHeaders? Headers,
        IReadOnlyList<byte[]> Messages,
        IReadOnlyDictionary<string, string> Trailers
    )
    {
        public static HttpRequestMessage Request(
            TestServer server,
            string method,
            byte[] body,
            string version,
            string contentType = Web,
            params (string Name, string Value)[] headers
        )
        {
            var request = new HttpRequestMessage(
                HttpMethod.Post,
                $"{server.Address}/{Echo.ServiceName}/{method}"
            )
            {
                Version = Version.Parse(version),
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new ByteArrayContent(body),
            };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            foreach (var (name, value) in headers)
            {
                request.Headers.Add(name, value);
            }

            return request;
        }

        public static async Task<WebCall> PostAsync(
            TestServer server,
            string method,
            byte[] body,
            string version = "1.1",
            string contentType = Web,
            params (string Name, string Value)[] headers
        )
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            using var request = Request(server, method, body, version, contentType, headers);
            using var response = await client.SendAsync(request);
            return Read(await response.Content.ReadAsByteArrayAsync()) with
            {
                HttpStatus = response.StatusCode,
                ContentType = response.Content.Headers.ContentType?.MediaType,
                Headers = response.Headers,
            };
        }

        /// <summary>Takes a body apart into frames; the last may be trailers.</summary>
        public static WebCall Read(byte[] body)
        {
            var messages = new List<byte[]>();
            var trailers = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var at = 0; at < body.Length; )
            {
                Assert.Empty(trailers);
                var length = (body[at + 3] << 8) | body[at + 4];
                var payload = body[(at + 5)..(at + 5 + length)];
                if (body[at] == 0x80)
                {
                    foreach (
                        var line in Encoding
                            .ASCII.GetString(payload)
                            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                    )
                    {
                        var colon = line.IndexOf(':', StringComparison.Ordinal);
                        trailers.Add(line[..colon], line[(colon + 1)..].Trim());
                    }
                }
                else
                {
                    messages.Add(payload);
                }

                at += 5 + length;
            }

            return new WebCall(default, ContentType: null, Headers: null, messages, trailers);
        }

        public string? Header(string name) =>
            Headers!.TryGetValues(name, out var values) ? values.Single() : null;
    }
}
