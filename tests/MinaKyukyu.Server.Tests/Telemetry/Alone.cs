namespace MinaKyukyu.Server.Tests.Telemetry;

/// <summary>Meters and activities belong to the process: whoever counts them must be the only server in it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone in the process";
}
