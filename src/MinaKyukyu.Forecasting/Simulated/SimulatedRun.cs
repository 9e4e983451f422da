using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>An invented run, and the law that it was drawn from.</summary>
public sealed record SimulatedRun(CanonicalRun Run, RunTruth Truth);
