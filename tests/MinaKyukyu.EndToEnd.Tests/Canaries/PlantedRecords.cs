using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>
/// Stands between the service and the stand-in, and puts a canary into every text of a record; beside it the collector that the
/// service exports its telemetry to.
/// </summary>
internal sealed class PlantedRecords : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _standIn;
    private readonly CanaryFlock _flock;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _exports = new();

    private PlantedRecords(WebApplication app, HttpClient standIn, CanaryFlock flock)
    {
        _app = app;
        _standIn = standIn;
        _flock = flock;
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>What was exported, as it came over the wire.</summary>
    public IReadOnlyCollection<(string Path, byte[] Body)> Exports => _exports;

    public static async Task<PlantedRecords> StartAsync(Uri standIn, CanaryFlock flock)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var http = new HttpClient { BaseAddress = standIn, Timeout = TimeSpan.FromSeconds(10) };
        var planted = new PlantedRecords(app, http, flock);
        app.MapPost("/fhir/{resource}/_search", planted.AnswerAsync);
        app.MapPost("/v1/{signal}", planted.CollectAsync);
        await app.StartAsync();
        return planted;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _standIn.Dispose();
    }

    private async Task CollectAsync(HttpContext http)
    {
        _exports.Enqueue((http.Request.Path.Value!, await ReadAsync(http.Request)));
        http.Response.ContentType = "application/x-protobuf";
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            http.Request.Path.Value!.TrimStart('/')
        )
        {
            Content = new ByteArrayContent(await ReadAsync(http.Request)),
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(http.Request.ContentType!);
        request.Headers.Add("X-Mina-Nonce", http.Request.Headers["X-Mina-Nonce"].ToString());
        using HttpResponseMessage answer = await _standIn.SendAsync(request);
        JsonNode bundle = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        foreach (JsonNode? entry in bundle["entry"]?.AsArray() ?? [])
        {
            Plant(entry!["resource"]!.AsObject());
        }

        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType!.ToString();
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(bundle.ToJsonString()));
    }

    private void Plant(JsonObject resource)
    {
        switch ((string)resource["resourceType"]!)
        {
            case "Patient":
                resource["name"] = new JsonArray(Named("text", CanaryKind.PatientName));
                resource["birthDate"] = _flock.BirthDate();
                resource["address"] = new JsonArray(Named("text", CanaryKind.PatientAddress));
                resource["identifier"] = new JsonArray(
                    new JsonObject { ["value"] = _flock.TwelveDigits() }
                );
                break;
            case "MedicationStatement" or "MedicationDispense" or "MedicationRequest":
                Rename(resource, "medicationCodeableConcept", CanaryKind.Medicine);
                string dosage = resource.ContainsKey("dosage") ? "dosage" : "dosageInstruction";
                resource[dosage] = new JsonArray(
                    new JsonObject
                    {
                        ["text"] = $"{_flock.Text(CanaryKind.Dosage)} {_flock.TwelveDigits()}",
                    }
                );
                break;
            case "Condition":
                Rename(resource, "code", CanaryKind.Diagnosis);
                break;
            case "AllergyIntolerance":
                Rename(resource, "code", CanaryKind.Allergy);
                break;
            case "Procedure":
                Rename(resource, "code", CanaryKind.Treatment);
                break;
        }

        foreach (
            string by in new[] { "informationSource", "requester", "asserter", "serviceProvider" }
        )
        {
            if (resource[by] is JsonObject institution)
            {
                institution["display"] = _flock.Text(CanaryKind.Institution);
            }
        }
    }

    private JsonObject Named(string field, CanaryKind kind) =>
        new() { [field] = $"{_flock.Text(kind)} {_flock.TwelveDigits()}" };

    /// <summary>The code stays: what a record needs of a hospital must not change.</summary>
    private void Rename(JsonObject resource, string field, CanaryKind kind)
    {
        JsonObject concept = resource[field]!.AsObject();
        string name = _flock.Text(kind);
        concept["text"] = name;
        concept["coding"]![0]!["display"] = name;
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
