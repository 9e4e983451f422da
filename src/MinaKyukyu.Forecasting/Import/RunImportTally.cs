namespace MinaKyukyu.Forecasting.Import;

/// <summary>Counts while rows are read.</summary>
internal sealed class RunImportTally
{
    private readonly Dictionary<(ExclusionReason, string), ExcludedRows> _excluded = [];
    private readonly Dictionary<(WithheldReason, string), WithheldCells> _withheld = [];
    private readonly List<RunInput> _inputs = [];
    private long _total;

    /// <summary>Number of the row in hand, over all lists, from 1.</summary>
    public long Rows => _total;

    public void Row() => _total++;

    public void Input(RunListFile list, long rows) =>
        _inputs.Add(new RunInput(list.Name, list.Encoding, rows));

    public void Exclude(RowFault why, RunListPlace where)
    {
        (ExclusionReason, string) key = (why.Reason, why.Canonical);
        _excluded[key] = _excluded.TryGetValue(key, out ExcludedRows? rows)
            ? rows with
            {
                Count = rows.Count + 1,
            }
            : new ExcludedRows(why.Reason, why.Canonical, 1, where);
    }

    public void Withhold(WithheldReason reason, string canonical, RunListPlace where)
    {
        (WithheldReason, string) key = (reason, canonical);
        _withheld[key] = _withheld.TryGetValue(key, out WithheldCells? cells)
            ? cells with
            {
                Count = cells.Count + 1,
            }
            : new WithheldCells(reason, canonical, 1, where);
    }

    public RunImportReport Close(IReadOnlyCollection<CanonicalRun> used) =>
        new(
            _total,
            used.Count,
            _inputs,
            [
                .. _excluded
                    .Values.OrderByDescending(rows => rows.Count)
                    .ThenBy(rows => rows.Reason)
                    .ThenBy(rows => rows.Canonical, StringComparer.Ordinal),
            ],
            [
                .. CanonicalColumn.Moments.Select(moment =>
                    KeyValuePair.Create(
                        moment,
                        used.LongCount(run => RunMoments.Of(run, moment) is null)
                    )
                ),
            ],
            [
                .. _withheld
                    .Values.OrderBy(cells => cells.Canonical, StringComparer.Ordinal)
                    .ThenBy(cells => cells.Reason),
            ],
            RunMoments.Figures(used)
        );
}
