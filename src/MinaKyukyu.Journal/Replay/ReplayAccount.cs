namespace MinaKyukyu.Journal.Replay;

/// <summary>How far the rebuilding of state from facts has come, and at the end what it took.</summary>
/// <param name="Facts">Facts told to the projections so far.</param>
/// <param name="End">Position of the last fact to be told.</param>
public sealed record ReplayAccount(long Facts, long Position, long End, TimeSpan Took);
