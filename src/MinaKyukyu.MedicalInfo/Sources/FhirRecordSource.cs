using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MinaKyukyu.MedicalInfo.Ports;
using Polly;
using Polly.CircuitBreaker;

namespace MinaKyukyu.MedicalInfo.Sources;

/// <summary>Reads records from a FHIR R4 server. One request, one answer, no repeating.</summary>
/// <remarks>
/// The handle travels in the body of a POST search, so that it stands in no URL, no access log and no trace. A fresh nonce goes
/// with each request; an answer that does not echo it, or not HMAC-SHA256(nonce, handle), is quarantined.
/// </remarks>
internal sealed class FhirRecordSource : IRecordSource, IDisposable
{
    private readonly HttpClient http;
    private readonly MedicalInfoOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SemaphoreSlim underWay;
    private readonly ResiliencePipeline<SourceAnswer> breaker;
    private int waiting;

    public FhirRecordSource(
        HttpClient http,
        MedicalInfoOptions options,
        TimeProvider time,
        ILogger<FhirRecordSource> logger
    )
    {
        this.http = http;
        this.options = options;
        this.time = time;
        this.logger = logger;
        underWay = new SemaphoreSlim(options.RequestsUnderWay);
        breaker = BuildBreaker();
    }

    public async Task<SourceAnswer> FetchAsync(RecordQuery query, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        SourceAnswer answer = await FetchInTurnAsync(query, cancellation);
        MedicalInfoTelemetry.CountRequest(query.Kind, Word(answer), time.GetElapsedTime(start));
        Tell(query, answer);
        return answer;
    }

    public void Dispose() => underWay.Dispose();

    private async Task<SourceAnswer> FetchInTurnAsync(
        RecordQuery query,
        CancellationToken cancellation
    )
    {
        bool isMine = underWay.Wait(0, CancellationToken.None);
        if (!isMine && Interlocked.Increment(ref waiting) > options.RequestsWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return new SourceAnswer.Unavailable(UnavailableReason.Busy);
        }

        try
        {
            if (!isMine)
            {
                await WaitForTurnAsync(cancellation);
            }

            isMine = true;
            return await breaker.ExecuteAsync(
                static (state, token) =>
                    new ValueTask<SourceAnswer>(state.Source.AskAsync(state.Query, token)),
                (Source: this, Query: query),
                cancellation
            );
        }
        catch (BrokenCircuitException)
        {
            return new SourceAnswer.Unavailable(UnavailableReason.Resting);
        }
        catch (OperationCanceledException)
        {
            return new SourceAnswer.Unavailable(UnavailableReason.NoAnswer);
        }
        finally
        {
            if (isMine)
            {
                underWay.Release();
            }
        }
    }

    private async Task WaitForTurnAsync(CancellationToken cancellation)
    {
        try
        {
            await underWay.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private async Task<SourceAnswer> AskAsync(RecordQuery query, CancellationToken cancellation)
    {
        string nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        try
        {
            using HttpRequestMessage request = Build(query, nonce, out string subject);
            using HttpResponseMessage response = await http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellation
            );
            int status = (int)response.StatusCode;
            if (status is not (200 or 404))
            {
                return new SourceAnswer.Unavailable(UnavailableReason.Failed);
            }

            return await ReadAsync(response, query, nonce, subject, status == 404, cancellation);
        }
        catch (OperationCanceledException)
        {
            return new SourceAnswer.Unavailable(UnavailableReason.NoAnswer);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new SourceAnswer.Unavailable(UnavailableReason.Failed);
        }
    }

    private static HttpRequestMessage Build(RecordQuery query, string nonce, out string subject)
    {
        string handle = query.RevealHandle();
        subject = Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(handle))
        );
        Dictionary<string, string> search = new(StringComparer.Ordinal)
        {
            ["patient.identifier"] = FhirNames.RecordHandle + "|" + handle,
        };
        if (query.Kind == RecordKind.PregnancyStatus)
        {
            search["code"] = FhirNames.Loinc + "|" + FhirNames.PregnancyStatus;
        }

        HttpRequestMessage request = new(
            HttpMethod.Post,
            new Uri(FhirNames.ResourceOf(query.Kind) + "/_search", UriKind.Relative)
        )
        {
            Content = new FormUrlEncodedContent(search),
        };
        request.Headers.Add(FhirNames.NonceHeader, nonce);
        request.Headers.Accept.ParseAdd("application/fhir+json");
        return request;
    }

    private async Task<SourceAnswer> ReadAsync(
        HttpResponseMessage response,
        RecordQuery query,
        string nonce,
        string subject,
        bool isNotFound,
        CancellationToken cancellation
    )
    {
        using PooledBody body = new(options.LargestAnswerBytes);
        try
        {
            await using Stream stream = await response.Content.ReadAsStreamAsync(cancellation);
            if (!await body.FillAsync(stream, cancellation))
            {
                return new SourceAnswer.Unavailable(UnavailableReason.TooLarge);
            }

            ReadingTally tally = new();
            SourceAnswer answer = FhirBundleReader.Read(
                body.Bytes,
                query.Kind,
                nonce,
                subject,
                isNotFound,
                tally
            );
            Tell(query, tally);
            return answer;
        }
        catch (JsonException)
        {
            return new SourceAnswer.Unavailable(UnavailableReason.Malformed);
        }
    }

    private void Tell(RecordQuery query, ReadingTally tally)
    {
        MedicalInfoTelemetry.CountWithheld("undelivered", tally.Undelivered);
        MedicalInfoTelemetry.CountWithheld("unknown_tag", tally.UnknownTag);
        MedicalInfoTelemetry.CountWithheld("unreadable", tally.Unreadable);
        MedicalInfoTelemetry.CountWithheld("void", tally.Void);
        if (tally.UnknownTag > 0)
        {
            MedicalInfoLog.UnknownTagWithheld(logger, query.Kind, query.Patient, tally.UnknownTag);
        }

        if (tally.Unreadable > 0)
        {
            MedicalInfoLog.RowsUnreadable(logger, query.Kind, query.Patient, tally.Unreadable);
        }

        if (tally.HasMaskedDigits)
        {
            MedicalInfoLog.DigitsMasked(logger, query.Kind, query.Patient);
        }
    }

    private void Tell(RecordQuery query, SourceAnswer answer)
    {
        switch (answer)
        {
            case SourceAnswer.Mismatch:
                MedicalInfoLog.AnswerQuarantined(logger, query.Kind, query.Patient);
                break;
            case SourceAnswer.Unavailable(UnavailableReason reason):
                MedicalInfoLog.SourceUnavailable(logger, query.Kind, query.Patient, reason);
                break;
        }
    }

    private static string Word(SourceAnswer answer) =>
        answer switch
        {
            SourceAnswer.Found => "found",
            SourceAnswer.Nothing => "nothing",
            SourceAnswer.Mismatch => "quarantined",
            SourceAnswer.Unavailable(UnavailableReason reason) => reason.ToString(),
            _ => "unknown",
        };

    private ResiliencePipeline<SourceAnswer> BuildBreaker() =>
        new ResiliencePipelineBuilder<SourceAnswer> { TimeProvider = time }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<SourceAnswer>
                {
                    // Ten requests within ten seconds, nine of ten failed: one kind of record that is broken does not close the
                    // way to the other seven, and successes older than one fetch's deadline hide nothing.
                    FailureRatio = 0.9,
                    MinimumThroughput = 10,
                    SamplingDuration = TimeSpan.FromSeconds(10),
                    BreakDuration = options.SourceRest,
                    ShouldHandle = static arguments =>
                        ValueTask.FromResult(arguments.Outcome.Result is SourceAnswer.Unavailable),
                    OnOpened = _ =>
                    {
                        MedicalInfoLog.SourceRests(logger);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();
}
