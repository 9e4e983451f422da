namespace MinaKyukyu.FaultWorld;

/// <summary>What a proof ends with.</summary>
internal static class ExitCode
{
    public const int Proved = 0;

    public const int NotProved = 1;

    /// <summary>Wrong words, or a file that is not there.</summary>
    public const int WrongWords = 2;
}
