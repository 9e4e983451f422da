using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace MinaKyukyu.Server.Telemetry;

/// <summary>The page <c>/metrics</c>: collected when somebody asks, never in between.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusPage : BaseExporter<Metric>, IPullMetricExporter
{
    /// <summary>How long one collection may take; it walks a few hundred numbers in memory.</summary>
    private const int CollectWithinMs = 2_000;

    private readonly Lock _one = new();
    private string _page = "";

    /// <summary>Set by the reader that this page is given to; null until telemetry has started.</summary>
    public Func<int, bool>? Collect { get; set; }

    public string Read()
    {
        lock (_one)
        {
            return Collect?.Invoke(CollectWithinMs) == true ? _page : "";
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText();
        foreach (Metric metric in batch)
        {
            text.Write(metric);
        }

        _page = text.ToString();
        return ExportResult.Success;
    }
}
