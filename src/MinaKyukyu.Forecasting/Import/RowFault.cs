namespace MinaKyukyu.Forecasting.Import;

/// <summary>Why one row is left out.</summary>
/// <param name="Canonical">The column at fault; empty where the whole row is meant.</param>
internal sealed record RowFault(ExclusionReason Reason, string Canonical = "");
