namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>How many runs, and by which chance.</summary>
public sealed record SimulatedRunsOptions
{
    /// <summary>From 1 to 520 (ten years).</summary>
    public required int Weeks { get; init; }

    public required long Seed { get; init; }

    /// <summary>The first week, counted from 1, in which the second regime is in force; null: it never is.</summary>
    public int? RegimeChangeWeek { get; init; }

    /// <summary>Own working value: about twice what a city like the sample has, so that units are away often enough to matter.</summary>
    /// <value>Above 0, to 480.</value>
    public double CallsPerDay { get; init; } = 60;

    /// <summary>Midnight of the first Monday by the city's clocks, whose offset holds throughout. Any Monday does; this one is in 2026.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.FromHours(9));
}
