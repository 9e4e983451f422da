using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Authorization.Grants;
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
    private readonly HttpClient _http;
    private readonly MedicalInfoOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _underWay;
    private readonly ResiliencePipeline<SourceAnswer> _breaker;
    private int _waiting;

    public FhirRecordSource(
        HttpClient http,
        MedicalInfoOptions options,
        TimeProvider time,
        ILogger<FhirRecordSource> logger
    )
    {
        _http = http;
        _options = options;
        _time = time;
        _logger = logger;
        _underWay = new SemaphoreSlim(options.RequestsUnderWay);
        _breaker = BuildBreaker();
    }

    public CardLevel LeastLevel => _options.SourceLeastLevel;

    public async Task<SourceAnswer> FetchAsync(RecordQuery query, CancellationToken cancellation)
    {
        long start = _time.GetTimestamp();
        SourceAnswer answer = await FetchInTurnAsync(query, cancellation);
        MedicalInfoTelemetry.CountRequest(query.Kind, Word(answer), _time.GetElapsedTime(start));
        Tell(query, answer);
        return answer;
    }

    public void Dispose() => _underWay.Dispose();

    private async Task<SourceAnswer> FetchInTurnAsync(
        RecordQuery query,
        CancellationToken cancellation
    )
    {
        bool isMine = _underWay.Wait(0, CancellationToken.None);
        if (!isMine && Interlocked.Increment(ref _waiting) > _options.RequestsWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return new SourceAnswer.Unavailable(UnavailableReason.Busy);
        }

        try
        {
            if (!isMine)
            {
                await WaitForTurnAsync(cancellation);
            }

            isMine = true;
            return await _breaker.ExecuteAsync(
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
                _underWay.Release();
            }
        }
    }

    private async Task WaitForTurnAsync(CancellationToken cancellation)
    {
        try
        {
            await _underWay.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<SourceAnswer> AskAsync(RecordQuery query, CancellationToken cancellation)
    {
        string nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        try
        {
            using HttpRequestMessage request = Build(query, nonce, out string subject);
            using HttpResponseMessage response = await _http.SendAsync(
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
        bool isHolder = query.Kind == RecordKind.Holder;
        Dictionary<string, string> search = new(StringComparer.Ordinal)
        {
            [isHolder ? "identifier" : "patient.identifier"] =
                FhirNames.RecordHandle + "|" + handle,
        };
        if (isHolder)
        {
            // Not the name, not the address: what is not compared is not asked for.
            search["_elements"] = "gender,birthDate";
        }

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
        using PooledBody body = new(_options.LargestAnswerBytes);
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
            MedicalInfoLog.UnknownTagWithheld(_logger, query.Kind, query.Patient, tally.UnknownTag);
        }

        if (tally.Unreadable > 0)
        {
            MedicalInfoLog.RowsUnreadable(_logger, query.Kind, query.Patient, tally.Unreadable);
        }

        if (tally.HasMaskedDigits)
        {
            MedicalInfoLog.DigitsMasked(_logger, query.Kind, query.Patient);
        }
    }

    private void Tell(RecordQuery query, SourceAnswer answer)
    {
        switch (answer)
        {
            case SourceAnswer.Mismatch:
                MedicalInfoLog.AnswerQuarantined(_logger, query.Kind, query.Patient);
                break;
            case SourceAnswer.Unavailable(UnavailableReason reason):
                MedicalInfoLog.SourceUnavailable(_logger, query.Kind, query.Patient, reason);
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
        new ResiliencePipelineBuilder<SourceAnswer> { TimeProvider = _time }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<SourceAnswer>
                {
                    // Ten requests within ten seconds, nine of ten failed: one kind of record that is broken does not close the
                    // way to the others, and successes older than one fetch's deadline hide nothing.
                    FailureRatio = 0.9,
                    MinimumThroughput = 10,
                    SamplingDuration = TimeSpan.FromSeconds(10),
                    BreakDuration = _options.SourceRest,
                    ShouldHandle = static arguments =>
                        ValueTask.FromResult(arguments.Outcome.Result is SourceAnswer.Unavailable),
                    OnOpened = _ =>
                    {
                        MedicalInfoLog.SourceRests(_logger);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();
}
