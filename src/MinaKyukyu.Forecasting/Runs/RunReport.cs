namespace MinaKyukyu.Forecasting.Runs;

/// <summary>What became of the rows of the files: used and excluded, always all of them.</summary>
public sealed class RunReport
{
    private readonly SortedDictionary<string, Exclusion> _excluded = new(StringComparer.Ordinal);

    public int Used { get; internal set; }

    public int Total => Used + _excluded.Values.Sum(reason => reason.Rows);

    /// <summary>By reason, such as <c>too_long</c> or <c>not_a_number:station</c>.</summary>
    public IReadOnlyDictionary<string, Exclusion> Excluded => _excluded;

    internal void Exclude(string reason, string file, int line, string column)
    {
        if (_excluded.TryGetValue(reason, out Exclusion? before))
        {
            _excluded[reason] = before with { Rows = before.Rows + 1 };
        }
        else
        {
            _excluded[reason] = new Exclusion(1, file, line, column);
        }
    }
}

/// <summary>How many rows went for one reason, and where the first of them stands.</summary>
public sealed record Exclusion(int Rows, string FirstFile, int FirstLine, string Column);
