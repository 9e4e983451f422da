using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.MedicalInfo.Sources;
using MinaKyukyu.StandIn.Records;

namespace MinaKyukyu.MedicalInfo.Tests.StandIn;

/// <summary>The stand-in's records on a free loopback port, and our adapter towards them.</summary>
internal sealed class StandInRecords : IRecordHandles, IAsyncDisposable
{
    private readonly WebApplication app;

    private StandInRecords(Action<MedicalInfoOptions>? configure)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Use(
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
        app.MapRecords(
            new RecordsOptions(),
            this,
            Faults,
            TimeProvider.System,
            kind =>
            {
                lock (Counted)
                {
                    Counted.Add(kind);
                }
            }
        );
        Options = new MedicalInfoOptions();
        configure?.Invoke(Options);
    }

    public RecordFaults Faults { get; } = new();

    public List<string> Counted { get; } = [];

    /// <summary>Path with query, and trace parent, of every request.</summary>
    public List<(string Path, string TraceParent)> Seen { get; } = [];

    public MedicalInfoOptions Options { get; }

    public Uri Address => new(app.Urls.First());

    public static async Task<StandInRecords> StartAsync(
        Action<MedicalInfoOptions>? configure = null
    )
    {
        StandInRecords records = new(configure);
        await records.app.StartAsync();
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

    /// <summary>The handle of patient 7 is "handle-7"; every other text is unknown.</summary>
    public int? FindPatient(string recordHandle) =>
        recordHandle.StartsWith("handle-", StringComparison.Ordinal)
            ? int.Parse(
                recordHandle.AsSpan("handle-".Length),
                System.Globalization.CultureInfo.InvariantCulture
            )
            : null;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
