using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Counts;

namespace MinaKyukyu.StandIn.Records;

/// <summary>The records of synthetic patients as a FHIR R4 server would give them, and the switches for its faults.</summary>
/// <remarks>
/// <c>POST /fhir/{type}/_search</c> with the form field <c>patient.identifier=urn:mina:record-handle|HANDLE</c> (for the type
/// Patient: <c>identifier=…</c>) and the header <c>X-Mina-Nonce</c>. A search by POST keeps the handle out of every URL, and so
/// out of access logs and traces. The answer is a searchset Bundle; 404 with an OperationOutcome when nobody is registered under
/// the handle. Both echo the nonce and HMAC-SHA256(nonce, handle), so that an answer about somebody else is noticed.
/// <c>POST /records/faults</c> with <c>{"fault":"hang|error|slow-drip|swap|replay|none","resource":…,"patient":…}</c>.
/// </remarks>
public static class RecordsEndpoints
{
    private const string FhirJson = "application/fhir+json; charset=utf-8";

    /// <summary>Bytes and pause of a slow drip: 64 bytes a second, so that a usual answer takes minutes.</summary>
    private const int DripBytes = 16;
    private static readonly TimeSpan DripPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Maps the records into the stand-in, for the cards that it issued.</summary>
    public static WebApplication MapRecords(this WebApplication app, RecordsOptions options)
    {
        app.MapRecords(
            options,
            app.Services.GetRequiredService<IIssuedCards>(),
            new RecordFaults(),
            app.Services.GetRequiredService<TimeProvider>(),
            app.Services.GetRequiredService<RequestCounts>()
        );
        return app;
    }

    /// <summary>Maps the records for these cards, with faults that the caller may also switch by hand.</summary>
    /// <param name="counts">Counts each FHIR request as <c>records.</c> and the resource type.</param>
    public static IEndpointRouteBuilder MapRecords(
        this IEndpointRouteBuilder endpoints,
        RecordsOptions options,
        IIssuedCards cards,
        RecordFaults faults,
        TimeProvider time,
        RequestCounts counts
    )
    {
        SyntheticRecords records = new(options.Seed, time);
        endpoints.MapPost(
            "/fhir/{resource}/_search",
            async (string resource, HttpContext http) =>
            {
                counts.Add("records." + resource);
                string nonce = http.Request.Headers["X-Mina-Nonce"].ToString();
                string? handle = await ReadHandleAsync(http, resource);
                if (handle is null || nonce.Length is 0 or > 128)
                {
                    await WriteAsync(http, 400, Outcome("required", nonce, ""), time, drip: false);
                    return;
                }

                await Task.Delay(options.DelayOf(resource), time, http.RequestAborted);
                await AnswerAsync(http, resource, handle, nonce, records, cards, faults, time);
            }
        );
        endpoints.MapPost("/records/faults", (FaultWish wish) => SetFault(wish, faults));
        return endpoints;
    }

    private static async Task AnswerAsync(
        HttpContext http,
        string resource,
        string handle,
        string nonce,
        SyntheticRecords records,
        IIssuedCards cards,
        RecordFaults faults,
        TimeProvider time
    )
    {
        // Whoever never registered the card as an insurance card has no record here (マイナ保険証の利用登録なし).
        int? patient = cards.IsRegistered(handle) ? cards.FindPatient(handle) : null;
        RecordFault fault = faults.Of(patient ?? -1, resource);
        string subject = Digest(fault == RecordFault.Swap ? handle + "-other" : handle, nonce);
        string echoed = fault == RecordFault.Replay ? "an-earlier-nonce" : nonce;
        switch (fault)
        {
            case RecordFault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, http.RequestAborted);
                return;
            case RecordFault.Error:
                await WriteAsync(
                    http,
                    500,
                    Outcome("exception", echoed, subject),
                    time,
                    drip: false
                );
                return;
        }

        bool drip = fault == RecordFault.SlowDrip;
        if (patient is not int number)
        {
            await WriteAsync(http, 404, Outcome("not-found", echoed, subject), time, drip);
            return;
        }

        IReadOnlyList<JsonObject> found = records.List(
            fault == RecordFault.Swap ? number + 1 : number,
            resource
        );
        await WriteAsync(http, 200, Searchset(found, echoed, subject, time), time, drip);
    }

    private static async Task<string?> ReadHandleAsync(HttpContext http, string resource)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength is null or > 4096)
        {
            return null;
        }

        IFormCollection form = await http.Request.ReadFormAsync(http.RequestAborted);
        string token = form[resource == "Patient" ? "identifier" : "patient.identifier"].ToString();
        const string system = FhirNames.RecordHandle + "|";
        return token.StartsWith(system, StringComparison.Ordinal) ? token[system.Length..] : null;
    }

    private static JsonObject Searchset(
        IReadOnlyList<JsonObject> found,
        string nonce,
        string subject,
        TimeProvider time
    )
    {
        JsonObject meta = Echo(nonce, subject);
        meta["lastUpdated"] = time.GetUtcNow()
            .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        JsonArray entries = [];
        foreach (JsonObject resource in found)
        {
            entries.Add(
                new JsonObject
                {
                    ["resource"] = resource,
                    ["search"] = new JsonObject { ["mode"] = "match" },
                }
            );
        }

        JsonObject bundle = new()
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
            ["meta"] = meta,
            ["total"] = found.Count,
        };
        if (entries.Count > 0)
        {
            // FHIR JSON has no empty arrays.
            bundle["entry"] = entries;
        }

        return bundle;
    }

    private static JsonObject Outcome(string code, string nonce, string subject) =>
        new()
        {
            ["resourceType"] = "OperationOutcome",
            ["meta"] = Echo(nonce, subject),
            ["issue"] = new JsonArray(
                new JsonObject
                {
                    ["severity"] = "error",
                    ["code"] = code,
                    ["diagnostics"] = "模擬",
                }
            ),
        };

    private static JsonObject Echo(string nonce, string subject) =>
        new()
        {
            ["tag"] = new JsonArray(FhirResources.SimulatedTag()),
            ["extension"] = new JsonArray(
                new JsonObject { ["url"] = FhirNames.EchoNonce, ["valueString"] = nonce },
                new JsonObject { ["url"] = FhirNames.EchoSubject, ["valueString"] = subject }
            ),
        };

    private static string Digest(string handle, string nonce) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(handle))
        );

    private static async Task WriteAsync(
        HttpContext http,
        int status,
        JsonObject body,
        TimeProvider time,
        bool drip
    )
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = FhirJson;
        byte[] bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        if (!drip)
        {
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
            return;
        }

        for (int sent = 0; sent < bytes.Length; sent += DripBytes)
        {
            int length = Math.Min(DripBytes, bytes.Length - sent);
            await http.Response.Body.WriteAsync(bytes.AsMemory(sent, length), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(DripPause, time, http.RequestAborted);
        }
    }

    private static IResult SetFault(FaultWish wish, RecordFaults faults)
    {
        if (RecordFaults.Parse(wish.Fault) is not RecordFault fault)
        {
            return Results.BadRequest("fault: hang, error, slow-drip, swap, replay or none");
        }

        faults.Set(fault, wish.Patient, wish.Resource);
        return Results.NoContent();
    }

    private sealed record FaultWish(string? Fault, string? Resource, int? Patient);
}
