namespace MinaKyukyu.Cli;

/// <summary>What every command ends with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The answer is no, or the input is refused.</summary>
    public const int No = 1;

    /// <summary>Wrong words, or a file that is not there.</summary>
    public const int WrongWords = 2;
}
