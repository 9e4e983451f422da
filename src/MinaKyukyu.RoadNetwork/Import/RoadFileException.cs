namespace MinaKyukyu.RoadNetwork.Import;

/// <summary>A road file that cannot be used: which file, which line, why.</summary>
/// <param name="file">The file as it was named to the reader.</param>
/// <param name="line">Line in the file, the header being line 1; 0 where the whole file is meant.</param>
/// <param name="reason">One English sentence for the operator.</param>
public sealed class RoadFileException(string file, int line, string reason, Exception? inner = null)
    : Exception(line > 0 ? $"{file}:{line}: {reason}" : $"{file}: {reason}", inner)
{
    public string File { get; } = file;

    public int Line { get; } = line;

    public string Reason { get; } = reason;
}
