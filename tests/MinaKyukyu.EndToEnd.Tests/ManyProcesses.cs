namespace MinaKyukyu.EndToEnd.Tests;

/// <summary>Runs beside no other test: a dozen processes at once would spoil what others time, and others would make these late.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ManyProcesses
{
    public const string Name = "many processes";
}
