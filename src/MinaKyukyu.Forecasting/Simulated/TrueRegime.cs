namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>What holds for weeks: how fast each kind of road is driven, as a share of the router's speed, and how crews turn out.</summary>
/// <param name="SpeedShares">By <see cref="RoadKind"/>.</param>
/// <param name="TurnoutFactor">Multiplies the turnout from a station.</param>
/// <remarks>All numbers are own working values, chosen so that a router alone is visibly wrong and a learner has something to find.</remarks>
internal sealed record TrueRegime(int Number, double[] SpeedShares, double TurnoutFactor)
{
    public static TrueRegime First { get; } = new(1, [1.05, 0.85, 0.70], 1);

    /// <summary>Long roadworks on the main roads, and a new way of turning out.</summary>
    public static TrueRegime Second { get; } = new(2, [0.95, 0.66, 0.64], 1.15);
}
