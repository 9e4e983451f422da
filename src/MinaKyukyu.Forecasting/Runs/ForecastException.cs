namespace MinaKyukyu.Forecasting.Runs;

/// <summary>A file of this room that cannot be used: which file, which line, why.</summary>
/// <param name="file">As it was named to the reader.</param>
/// <param name="line">The header being line 1; 0 where the whole file is meant.</param>
/// <param name="reason">One English sentence for the operator; holds no cell of the file.</param>
public sealed class ForecastException(string file, int line, string reason, Exception? inner = null)
    : Exception(line > 0 ? $"{file}:{line}: {reason}" : $"{file}: {reason}", inner)
{
    public ForecastException(string file, string reason, Exception? inner = null)
        : this(file, 0, reason, inner) { }

    public string File { get; } = file;

    public int Line { get; } = line;

    public string Reason { get; } = reason;
}
