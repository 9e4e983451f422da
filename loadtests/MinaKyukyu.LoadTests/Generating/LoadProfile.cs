namespace MinaKyukyu.LoadTests.Generating;

/// <summary>One kind of call.</summary>
/// <param name="SendAsync">One call with its own deadline; answers how long the server says that it worked, if it says so.</param>
internal sealed record LoadProfile(string Name, Func<CancellationToken, Task<TimeSpan?>> SendAsync);
