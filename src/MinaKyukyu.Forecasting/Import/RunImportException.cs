namespace MinaKyukyu.Forecasting.Import;

/// <summary>
/// An import is refused as a whole, and nothing was written. The message names file, line and column; of a run list it never
/// quotes a cell.
/// </summary>
/// <param name="line">0 where the whole file is meant.</param>
/// <param name="column">Empty where the whole line is meant.</param>
public sealed class RunImportException(
    string file,
    int line,
    string column,
    string reason,
    Exception? inner = null
) : Exception(Words(file, line, column, reason), inner)
{
    public string File { get; } = file;

    public int Line { get; } = line;

    public string Column { get; } = column;

    public string Reason { get; } = reason;

    private static string Words(string file, int line, string column, string reason)
    {
        string where = line > 0 ? $"{file}:{line}" : file;
        return column.Length > 0 ? $"{where}: {column}: {reason}" : $"{where}: {reason}";
    }
}
