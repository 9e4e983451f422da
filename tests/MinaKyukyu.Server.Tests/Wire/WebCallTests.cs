using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using MinaKyukyu.Contracts.Crew.V1;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>The console's way in: gRPC-Web on the listener of the pages.</summary>
public sealed class WebCallTests(WebCallTests.House house) : IClassFixture<WebCallTests.House>
{
    private const string Units = "/minakyukyu.crew.v1.CrewService/ListUnits";
    private const string Summary = "/minakyukyu.medicalinfo.v1.MedicalInfoService/StreamSummary";
    private const string Console = "https://console.example.jp";

    [Fact]
    public async Task A_console_lists_the_units()
    {
        using HttpRequestMessage call = Call(Units);
        call.Headers.Add("mina-device-id", "console-1");
        call.Headers.Add("mina-role", "dispatcher");

        using HttpResponseMessage response = await house.SendAsync(call);

        byte[] body = await response.Content.ReadAsByteArrayAsync();
        int length = (body[3] << 8) | body[4];
        ListUnitsResponse answer = ListUnitsResponse.Parser.ParseFrom(body.AsSpan(5, length));
        Assert.NotEmpty(answer.Units);
        Assert.Equal(0x80, body[5 + length]);
    }

    [Fact]
    public async Task Nobody_is_answered_without_a_name()
    {
        using HttpRequestMessage call = Call(Units);
        call.Headers.Add("Origin", Console);

        using HttpResponseMessage response = await house.SendAsync(call);

        Assert.Equal("16", response.Headers.GetValues("grpc-status").Single());
        Assert.Contains(
            "grpc-status-details-bin",
            response.Headers.GetValues("Access-Control-Expose-Headers").Single(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(Console, true)]
    [InlineData("https://elsewhere.example.jp", false)]
    [InlineData("http://console.example.jp", false)]
    public async Task Only_pages_of_a_named_origin_may_call(string origin, bool mayCall)
    {
        using HttpResponseMessage response = await PreflightAsync(Units, origin);

        Assert.Equal(
            mayCall,
            response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed)
                && allowed.Single() == origin
        );
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task No_browser_reads_a_record()
    {
        using HttpRequestMessage call = Call(Summary);
        using HttpResponseMessage response = await house.SendAsync(call);
        using HttpResponseMessage preflight = await PreflightAsync(Summary, Console);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("console.example.jp")]
    [InlineData("https://console.example.jp/board")]
    [InlineData("ftp://console.example.jp")]
    [InlineData("*")]
    public async Task An_origin_that_is_none_is_said_at_the_start(string origin)
    {
        MinaServerException refused = await Assert.ThrowsAsync<MinaServerException>(() =>
            house.BuildWithAsync(origin)
        );

        Assert.StartsWith(origin, refused.Message, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Call(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent([0, 0, 0, 0, 0]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(
            "application/grpc-web+proto"
        );
        return request;
    }

    private async Task<HttpResponseMessage> PreflightAsync(string path, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,x-grpc-web");
        return await house.SendAsync(request);
    }

    public sealed class House : ServedHouse
    {
        private MinaServerOptions _options = null!;
        private HttpClient? _web;

        public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
        {
            _web ??= new HttpClient { BaseAddress = MinaServer.AddressesOf(App).Web };
            return _web.SendAsync(request);
        }

        public async Task BuildWithAsync(string origin) =>
            await MinaServer
                .Build(_options with { Data = Data + "-other", WebOrigins = [origin] })
                .DisposeAsync();

        public override Task DisposeAsync()
        {
            _web?.Dispose();
            return base.DisposeAsync();
        }

        protected override MinaServerOptions Change(MinaServerOptions usual) =>
            _options = usual with { WebOrigins = [Console] };
    }
}
