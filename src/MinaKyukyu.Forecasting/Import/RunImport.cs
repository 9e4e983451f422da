namespace MinaKyukyu.Forecasting.Import;

/// <summary>
/// Makes the run file of a department's own run lists. A cell goes nowhere unless the map says so. A row is used as the map reads
/// it or left out and counted; nothing is guessed.
/// </summary>
public static class RunImport
{
    /// <summary>No stamp is believed that lies further behind the one before it. Own working value: no drive within a prefecture takes so long.</summary>
    public static TimeSpan LongestInterval { get; } = TimeSpan.FromHours(6);

    /// <summary>
    /// Reads the lists, in their order, and writes the runs in the order of their decisions: whole, or not at all where the import
    /// is refused or no row can be used.
    /// </summary>
    /// <param name="map">A file of the columns <c>canonical,source,format,note</c>.</param>
    /// <exception cref="RunImportException">The map or a list is refused; nothing was written.</exception>
    /// <exception cref="IOException">The run file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The run file may not be written.</exception>
    public static RunImportReport Run(
        string map,
        IReadOnlyList<string> lists,
        string output,
        RunListEncoding encoding = RunListEncoding.Detect,
        CancellationToken stop = default
    )
    {
        foreach (string source in lists.Append(map))
        {
            if (Path.GetFullPath(source) == Path.GetFullPath(output))
            {
                throw new RunImportException(
                    output,
                    0,
                    "",
                    "the run file would stand in the place of what it is made from"
                );
            }
        }

        RunMap rules = RunMapFile.Read(map);
        var tally = new RunImportTally();
        var used = new List<CanonicalRun>();
        var seen = new HashSet<CanonicalRun>();
        foreach (string list in lists)
        {
            ReadList(list, encoding, rules, tally, used, seen, stop);
        }

        if (used.Count > 0)
        {
            Write(output, used, stop);
        }

        return tally.Close(used);
    }

    private static void ReadList(
        string file,
        RunListEncoding encoding,
        RunMap map,
        RunImportTally tally,
        List<CanonicalRun> used,
        HashSet<CanonicalRun> seen,
        CancellationToken stop
    )
    {
        using RunListFile list = RunListFile.Open(file, encoding);
        var row = new RunListRow(list, map);
        long before = tally.Rows;
        while (list.Next())
        {
            stop.ThrowIfCancellationRequested();
            tally.Row();
            if (TroubleOf(list) is { } trouble)
            {
                tally.Exclude(trouble, row.Place(null));
                continue;
            }

            var reader = new RunRowReader(map, row, tally.Rows);
            if (reader.Read() is not { } run)
            {
                (RowFault why, RunListPlace where) = reader.Refusal!.Value;
                tally.Exclude(why, where);
            }
            else if (reader.HasOwnId && !seen.Add(run))
            {
                tally.Exclude(new RowFault(ExclusionReason.Duplicate), row.Place(null));
            }
            else
            {
                used.Add(run);
                foreach ((WithheldReason why, string canonical, RunListPlace at) in reader.Withheld)
                {
                    tally.Withhold(why, canonical, at);
                }
            }
        }

        tally.Input(list, tally.Rows - before);
    }

    private static RowFault? TroubleOf(RunListFile list) =>
        list.IsEmpty ? new RowFault(ExclusionReason.EmptyRow)
        : list.Cells != list.Columns ? new RowFault(ExclusionReason.WrongNumberOfCells)
        : null;

    private static void Write(string output, List<CanonicalRun> used, CancellationToken stop)
    {
        using var to = new WholeTextFile(output);
        CanonicalRunFile.WriteHeader(to.Text);
        foreach (CanonicalRun run in used.OrderBy(run => run.DecidedAt))
        {
            stop.ThrowIfCancellationRequested();
            CanonicalRunFile.Write(to.Text, run);
        }

        to.Finish();
    }
}
