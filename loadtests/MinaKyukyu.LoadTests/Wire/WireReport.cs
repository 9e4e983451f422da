using System.Globalization;
using System.Text.Json.Nodes;
using MinaKyukyu.LoadTests.Measuring;

namespace MinaKyukyu.LoadTests.Wire;

/// <summary>What one endpoint did, round by round.</summary>
internal sealed class WireFigures
{
    public List<double> CallsPerSecond { get; } = [];

    /// <summary>Allocated by the server, everything of Kestrel included.</summary>
    public List<double> BytesPerCall { get; } = [];

    /// <summary>Processor time of the server, Kestrel included.</summary>
    public List<double> MicrosecondsPerCall { get; } = [];

    public List<double> MessagesPerSecond { get; } = [];

    public Tally Open { get; set; } = new();
}

/// <summary>Both endpoints beside each other. Ratios are medians of rounds in which the two took turns.</summary>
internal sealed class WireReport(WireSize size)
{
    public WireSize Size { get; } = size;

    public WireFigures Grpc { get; } = new();

    public WireFigures Bare { get; } = new();

    /// <summary>Each goes first in every other round.</summary>
    public IEnumerable<(WireFigures Figures, bool IsGrpc)> InTurn(int round) =>
        round % 2 == 0 ? [(Grpc, true), (Bare, false)] : [(Bare, false), (Grpc, true)];

    public double CallsRatio => Ratio(f => f.CallsPerSecond);

    public double MessagesRatio => Ratio(f => f.MessagesPerSecond);

    public double? P99Ratio => LatencyOf(Grpc, 0.99) / LatencyOf(Bare, 0.99);

    public string ToText() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            unary, h2load, calls/s          gRPC {Median(Grpc.CallsPerSecond):0}, bare {Median(
                Bare.CallsPerSecond
            ):0}: {CallsRatio:0.00} x (target 0.8; rounds {Rounds(f => f.CallsPerSecond)})
            unary, by schedule, ms          gRPC p50 {LatencyOf(Grpc, 0.5):0.000} p99 {LatencyOf(
                Grpc,
                0.99
            ):0.000}, bare p50 {LatencyOf(Bare, 0.5):0.000} p99 {LatencyOf(
                Bare,
                0.99
            ):0.000}: p99 {P99Ratio:0.00} x (target 1.3); {Size.Rate:0} calls/s each, {Grpc.Open.Completed} and {Bare.Open.Completed} calls, {Grpc.Open.ErrorCount
                + Bare.Open.ErrorCount} errors
            server streaming, messages/s    gRPC {Median(Grpc.MessagesPerSecond):0}, bare {Median(
                Bare.MessagesPerSecond
            ):0}: {MessagesRatio:0.00} x (target 0.25; rounds {Rounds(f => f.MessagesPerSecond)})
            server's time per call, µs      gRPC {Median(Grpc.MicrosecondsPerCall):0.0}, bare {Median(Bare.MicrosecondsPerCall):0.0}: {Ratio(f => f.MicrosecondsPerCall):0.00} x (rounds {Rounds(f => f.MicrosecondsPerCall)})
            allocated per unary call, bytes gRPC {Median(Grpc.BytesPerCall):0}, bare {Median(
                Bare.BytesPerCall
            ):0}
            """
        );

    public string ToJson() =>
        new JsonObject
        {
            ["calls_per_second"] = Both(f => Median(f.CallsPerSecond)),
            ["calls_ratio"] = CallsRatio,
            ["p50_ms"] = Both(f => LatencyOf(f, 0.5)),
            ["p99_ms"] = Both(f => LatencyOf(f, 0.99)),
            ["p99_ratio"] = P99Ratio,
            ["messages_per_second"] = Both(f => Median(f.MessagesPerSecond)),
            ["messages_ratio"] = MessagesRatio,
            ["microseconds_per_call"] = Both(f => Median(f.MicrosecondsPerCall)),
            ["bytes_per_call"] = Both(f => Median(f.BytesPerCall)),
            ["errors"] = Grpc.Open.ErrorCount + Bare.Open.ErrorCount,
        }.ToJsonString();

    private JsonObject Both(Func<WireFigures, double?> figure) =>
        new() { ["grpc"] = figure(Grpc), ["bare"] = figure(Bare) };

    private double Ratio(Func<WireFigures, List<double>> figure) => Median(Ratios(figure));

    private string Rounds(Func<WireFigures, List<double>> figure)
    {
        List<double> ratios = Ratios(figure);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ratios.Min():0.00}–{ratios.Max():0.00}"
        );
    }

    private List<double> Ratios(Func<WireFigures, List<double>> figure) =>
        [.. figure(Grpc).Zip(figure(Bare), (grpc, bare) => grpc / bare)];

    private static double? LatencyOf(WireFigures figures, double share) =>
        figures.Open.Latency.Quantile(share)?.TotalMilliseconds;

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
