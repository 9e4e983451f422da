namespace MinaKyukyu.Forecasting.Import;

/// <summary>What became of every row: <see cref="Used"/> and the excluded ones are all of <see cref="Total"/>.</summary>
/// <param name="Inputs">In the order in which they were read.</param>
/// <param name="Excluded">The most frequent first.</param>
/// <param name="MissingStamps">By moment, in the order in which they happen: used rows without it.</param>
/// <param name="Withheld">Cells of used rows that were left empty.</param>
/// <param name="Intervals">Of the used rows that have both ends.</param>
public sealed record RunImportReport(
    long Total,
    long Used,
    IReadOnlyList<RunInput> Inputs,
    IReadOnlyList<ExcludedRows> Excluded,
    IReadOnlyList<KeyValuePair<string, long>> MissingStamps,
    IReadOnlyList<WithheldCells> Withheld,
    IReadOnlyList<IntervalFigures> Intervals
);

/// <param name="Encoding">As it was read.</param>
/// <param name="Rows">Without the header.</param>
public sealed record RunInput(string File, RunListEncoding Encoding, long Rows);

/// <summary>Where in a list. It names a column, never a cell's content.</summary>
/// <param name="Column">The source column; empty where the whole row is meant.</param>
public sealed record RunListPlace(string File, int Line, string Column);

/// <param name="Canonical">The canonical column that could not be filled; empty where the whole row is meant.</param>
public sealed record ExcludedRows(
    ExclusionReason Reason,
    string Canonical,
    long Count,
    RunListPlace First
);

public sealed record WithheldCells(
    WithheldReason Reason,
    string Canonical,
    long Count,
    RunListPlace First
);

/// <summary>Percentiles of an interval in seconds: the smallest value that so many of all are not above (nearest rank).</summary>
/// <param name="Count">0: there is none, and the others are 0.</param>
public sealed record IntervalFigures(
    string From,
    string To,
    long Count,
    double P10,
    double P50,
    double P90
);
