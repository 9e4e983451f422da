namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>Three quantiles of a time, in seconds.</summary>
public readonly record struct TrueQuantiles(double P10, double Median, double P90);

/// <summary>
/// What nobody outside the simulation knows of a run: the laws from which its time was drawn, given what was settled at the moment
/// of the decision. The chance of this one run (its processing, its turnout, its noise on the road) is in none of them.
/// </summary>
/// <remarks>
/// The <b>noise floor</b> of a set of runs is the mean of |time − <see cref="ToScene"/>.Median| over them: the median of the true
/// law has the least expected absolute error of all forecasts that are made at the decision, so no model can go below it except by
/// luck. It knows the regime, every factor on every street, and both states of the hour. <see cref="Knowable"/> is the same for
/// somebody who knows all laws but not the states of the hour, which no column tells; finished drives give part of them away, so a
/// model that watches those stands between the two.
/// </remarks>
/// <param name="ToScene">From the decision until on scene, given everything that was settled at the decision.</param>
/// <param name="Knowable">From the decision until on scene, given all laws and the regime, but not the states of the hour.</param>
/// <param name="Drive">From rolling until on scene, given everything that was settled at the decision.</param>
/// <param name="Regime">The regime in force: 1 or 2.</param>
public sealed record RunTruth(
    TrueQuantiles ToScene,
    TrueQuantiles Knowable,
    TrueQuantiles Drive,
    int Regime
);
