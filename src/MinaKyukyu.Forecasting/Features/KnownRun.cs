namespace MinaKyukyu.Forecasting.Features;

/// <summary>One run as it stands at its decision. Codes and numbers by the columns of the schema; NaN and -1 where missing.</summary>
internal readonly ref struct KnownRun
{
    public required ReadOnlySpan<float> Numbers { get; init; }

    public required ReadOnlySpan<int> Codes { get; init; }

    public required long DecidedAt { get; init; }

    public required float Hour { get; init; }

    public required float Weekday { get; init; }

    public required float DayOfYear { get; init; }

    public required bool IsHoliday { get; init; }
}
