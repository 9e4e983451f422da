namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>Memory belongs to the process: whoever measures it must be the only one who works in it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone in the process";
}
