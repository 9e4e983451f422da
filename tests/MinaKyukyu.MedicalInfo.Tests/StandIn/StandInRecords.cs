using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.MedicalInfo.Sources;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Counts;
using MinaKyukyu.StandIn.Records;

namespace MinaKyukyu.MedicalInfo.Tests.StandIn;

/// <summary>The stand-in's records on a free loopback port, and our adapter towards them.</summary>
internal sealed class StandInRecords : IIssuedCards, IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RequestCounts _counts = new();

    private StandInRecords(
        Action<MedicalInfoOptions>? configure,
        TimeProvider time,
        IIssuedCards? cards
    )
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(
            (http, next) =>
            {
                lock (Seen)
                {
                    Seen.Add(
                        (
                            http.Request.Path + http.Request.QueryString.ToString(),
                            http.Request.Headers.TraceParent.ToString()
                        )
                    );
                }

                return next();
            }
        );
        _app.MapRecords(new RecordsOptions(), cards ?? this, Faults, time, _counts);
        Options = new MedicalInfoOptions();
        configure?.Invoke(Options);
    }

    public RecordFaults Faults { get; } = new();

    /// <summary>FHIR requests so far, by the stand-in's own count.</summary>
    public long Counted => _counts.Snapshot().Values.Sum();

    /// <summary>Path with query, and trace parent, of every request.</summary>
    public List<(string Path, string TraceParent)> Seen { get; } = [];

    public MedicalInfoOptions Options { get; }

    public Uri Address => new(_app.Urls.First());

    public static async Task<StandInRecords> StartAsync(
        Action<MedicalInfoOptions>? configure = null,
        TimeProvider? time = null,
        IIssuedCards? cards = null
    )
    {
        StandInRecords records = new(configure, time ?? TimeProvider.System, cards);
        await records._app.StartAsync();
        records.Options.SourceAddress = new Uri(records.Address, "fhir/");
        return records;
    }

    public FhirRecordSource Source() =>
        new(
            SourceHttp.Build(Options),
            Options,
            TimeProvider.System,
            NullLogger<FhirRecordSource>.Instance
        );

    public int Patients => 100;

    public bool IsRegistered(string handle) => true;

    /// <summary>The handle of patient 7 is "handle-7"; every other text is unknown.</summary>
    public int? FindPatient(string handle) =>
        handle.StartsWith("handle-", StringComparison.Ordinal)
            ? int.Parse(
                handle.AsSpan("handle-".Length),
                System.Globalization.CultureInfo.InvariantCulture
            )
            : null;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
