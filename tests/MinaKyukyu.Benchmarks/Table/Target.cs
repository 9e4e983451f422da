using System.Globalization;
using MinaKyukyu.Benchmarks.Measuring;

namespace MinaKyukyu.Benchmarks.Table;

/// <summary>What is promised of one trial; microseconds, null where nothing is promised.</summary>
internal sealed record Target(double? P50, double? P99 = null, bool IsFreeOfGarbage = false)
{
    public bool IsMetBy(Reading reading) =>
        !(reading.Time.P50 > P50)
        && !(reading.Time.P99 > P99)
        && !(IsFreeOfGarbage && reading.BytesPerRun > 0);

    public override string ToString() =>
        string.Join(
            ", ",
            new[]
            {
                P50 is { } p50 ? $"p50 ≤ {Duration.Of(p50)}" : null,
                P99 is { } p99 ? $"p99 ≤ {Duration.Of(p99)}" : null,
                IsFreeOfGarbage ? "0 B" : null,
            }.OfType<string>()
        );
}

/// <summary>Microseconds in the unit that suits them.</summary>
internal static class Duration
{
    public static string Of(double microseconds)
    {
        (double value, string unit) = microseconds switch
        {
            >= 1e6 => (microseconds / 1e6, "s"),
            >= 1e3 => (microseconds / 1e3, "ms"),
            _ => (microseconds, "µs"),
        };
        string number = value.ToString(value >= 100 ? "F0" : "0.##", CultureInfo.InvariantCulture);
        return $"{number} {unit}";
    }
}
