using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Grpc.Core;
using MinaKyukyu.Contracts.Dispatch.V1;

namespace MinaKyukyu.Server.Tests.Telemetry;

/// <summary>What leaves the house about its work: whole traces, readable metrics, and nobody's data in either.</summary>
[Collection(Alone.Name)]
public sealed partial class TelemetryTests
{
    [Fact]
    public async Task One_trace_leads_from_the_tap_through_the_server_to_the_source_of_records()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source =>
                // The public gRPC client puts a span of its own between a tap and its request.
                source.Name
                    is "Microsoft.AspNetCore"
                        or "System.Net.Http"
                        or "Grpc.Net.Client"
                || source.Name.StartsWith("MinaKyukyu.", StringComparison.Ordinal),
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using TracedHouse house = await TracedHouse.StartAsync();

        string trace = await LiveThroughOneIncidentAsync(house);
        await house.StopServerAsync();

        Activity[] run = [.. spans.Where(s => s.TraceId.ToHexString() == trace)];
        var byId = run.ToDictionary(s => s.SpanId);
        Activity asked = run.First(s =>
            s.Source.Name == "System.Net.Http"
            && s.Kind == ActivityKind.Client
            && Tag(s, "server.port") == house.StandIn.Port.ToString(CultureInfo.InvariantCulture)
            && Ancestors(s, byId).Any(a => IsServerSpan(a, "StreamSummary"))
        );
        Assert.Contains(Ancestors(asked, byId), a => a.Source.Name == "MinaKyukyu.Tablet");
        Assert.Contains(run, s => IsServerSpan(s, "RequestAccess"));
        Assert.Contains(run, s => IsServerSpan(s, "ReportMilestone"));

        // Nobody's data: neither in what was measured nor in the bytes that were sent.
        string[] secrets =
        [
            .. house.Handles,
            TracedHouse.Address,
            TracedHouse.Landmark,
            TracedHouse.Callback,
        ];
        Assert.True(secrets.Length > 3, "The source was asked by a handle.");
        Assert.Empty(spans.SelectMany(s => LeaksOf(s, secrets)));
        Assert.Contains(
            house.Exported,
            body => body.AsSpan().IndexOf(Convert.FromHexString(trace)) >= 0
        );
        Assert.DoesNotContain(house.Exported, body => secrets.Any(s => Holds(body, s)));

        // The same search does find a planted leak, in a tag and in bytes.
        using Activity leaking = new Activity("leak")
            .SetTag("url", $"http://source/{secrets[0]}")
            .Start();
        Assert.NotEmpty(LeaksOf(leaking, secrets));
        Assert.True(Holds(Encoding.UTF8.GetBytes($"x{TracedHouse.Address}"), TracedHouse.Address));
    }

    [Fact]
    public async Task Metrics_are_read_by_a_parser_and_name_nobody()
    {
        await using TracedHouse house = await TracedHouse.StartAsync();
        using var stop = new CancellationTokenSource();
        Task<int> crew = house.RunCrewAsync(TextWriter.Null, stop.Token);
        await house.WaitForCrewAsync();
        string incident = await house.OpenAsync();
        await house.RecommendAsync(incident);
        RpcException refused = await Assert.ThrowsAsync<RpcException>(() =>
            house.RecommendAsync("nowhere")
        );
        var nobody = new DispatchService.DispatchServiceClient(house.Console);
        await Assert.ThrowsAsync<RpcException>(async () =>
            await nobody.RecommendUnitsAsync(new RecommendUnitsRequest { IncidentId = incident })
        );

        using var http = new HttpClient { BaseAddress = house.Web };
        using HttpResponseMessage answer = await http.GetAsync(
            new Uri("metrics", UriKind.Relative)
        );
        string page = await answer.Content.ReadAsStringAsync();
        await stop.CancelAsync();
        await crew;

        var reading = PrometheusReading.Parse(page);
        const string Recommend = "/minakyukyu.dispatch.v1.DispatchService/RecommendUnits";
        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        Assert.StartsWith(
            "text/plain; version=0.0.4",
            answer.Content.Headers.ContentType!.ToString(),
            StringComparison.Ordinal
        );
        Assert.True(
            reading.Get("mina_server_calls_total", ("method", Recommend), ("status", "OK")) >= 1
        );
        Assert.True(
            reading.Get(
                "mina_server_calls_total",
                ("method", Recommend),
                ("reason", "INCIDENT_NOT_FOUND")
            ) >= 1
        );
        Assert.True(
            reading.Get(
                "mina_server_calls_total",
                ("method", Recommend),
                ("reason", "UNAUTHENTICATED")
            ) >= 1
        );
        Assert.True(reading.Get("mina_server_recommendations_total", ("level", "full_model")) >= 1);
        Assert.Equal("histogram", reading.Types["mina_server_recommendation_duration_seconds"]);
        Assert.Equal(1, reading.Get("mina_server_incidents_open"));
        Assert.Equal(11, reading.Get("mina_server_units", ("state", "off_duty")));
        Assert.Equal(1, reading.Get("mina_server_units", ("state", "at_station")));
        Assert.Equal(0, reading.Get("mina_server_orders_alarmed", ("alarm", "not_acknowledged")));
        Assert.Equal(0, reading.Get("mina_server_emergency_reads_open"));
        Assert.Equal(0, reading.Get("mina_server_suspicions", ("pattern", "away_from_scene")));
        Assert.True(reading.Get("journal_commits_total", ("outcome", "committed")) >= 2);
        Assert.Contains(
            reading.Samples,
            s => s.Name.StartsWith("kestrel_", StringComparison.Ordinal)
        );
        Assert.Contains(
            reading.Samples,
            s => s.Name.StartsWith("dotnet_gc_", StringComparison.Ordinal)
        );
        Assert.InRange(reading.Samples.Count, 50, 5_000);
        // The alarms of deploy/ must never wait for a number that nobody counts.
        string alerts = await File.ReadAllTextAsync(
            Path.Combine(TracedHouse.RepositoryRoot(), "deploy", "alerts.yml")
        );
        string[] awaited = [.. OurMetrics().Matches(alerts).Select(m => m.Value).Distinct()];
        Assert.Equal(4, awaited.Length);
        Assert.All(awaited, name => Assert.Contains(name, reading.Types));
        string[] nobodys =
        [
            TracedHouse.Address,
            TracedHouse.Landmark,
            TracedHouse.Callback,
            incident,
        ];
        Assert.DoesNotContain(nobodys, secret => page.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mina_x{a=\"1\"} 2\n")]
    [InlineData("# TYPE mina_x counter\nmina_x{a=\"un\"closed\"} 2\n")]
    [InlineData("# TYPE mina_x counter\nmina.x 2\n")]
    [InlineData("# TYPE x histogram\nx_bucket{le=\"1\"} 3\nx_bucket{le=\"+Inf\"} 2\nx_count 2\n")]
    public void The_parser_refuses_what_is_not_the_format(string page) =>
        Assert.Throws<FormatException>(() => PrometheusReading.Parse(page));

    private static async Task<string> LiveThroughOneIncidentAsync(TracedHouse house)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var account = new StringWriter(CultureInfo.InvariantCulture);
        Task<int> crew = house.RunCrewAsync(TextWriter.Synchronized(account), limit.Token);
        await house.WaitForCrewAsync();
        await house.SendAsync(await house.RecommendAsync(await house.OpenAsync()));
        Assert.Equal(0, await crew);
        string began = account
            .ToString()
            .Split('\n')
            .Single(l => l.Contains("\"run_began\"", StringComparison.Ordinal));
        return JsonDocument.Parse(began).RootElement.GetProperty("trace").GetString()!;
    }

    private static bool IsServerSpan(Activity span, string method) =>
        span.Source.Name == "Microsoft.AspNetCore"
        && Tag(span, "url.path")?.EndsWith("/" + method, StringComparison.Ordinal) == true;

    private static string? Tag(Activity span, string key) =>
        Convert.ToString(span.GetTagItem(key), CultureInfo.InvariantCulture);

    private static IEnumerable<Activity> Ancestors(
        Activity span,
        Dictionary<ActivitySpanId, Activity> byId
    )
    {
        for (Activity? at = span; byId.TryGetValue(at.ParentSpanId, out at); )
        {
            yield return at;
        }
    }

    private static IEnumerable<string> LeaksOf(Activity span, string[] secrets) =>
        span
            .TagObjects.Concat(
                span.Baggage.Select(b => KeyValuePair.Create(b.Key, (object?)b.Value))
            )
            .Concat(span.Events.SelectMany(e => e.Tags))
            .Append(KeyValuePair.Create("name", (object?)span.DisplayName))
            .Where(t => secrets.Any(s => $"{t.Value}".Contains(s, StringComparison.Ordinal)))
            .Select(t => $"{span.Source.Name} {span.DisplayName} {t.Key}");

    private static bool Holds(byte[] body, string secret) =>
        body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0;

    [GeneratedRegex("(mina|journal)_[a-z_]+(?=[{)])", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex OurMetrics();
}
