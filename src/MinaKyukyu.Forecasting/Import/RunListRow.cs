namespace MinaKyukyu.Forecasting.Import;

/// <summary>Cells of one list by the rules of a map: which column each rule reads, and where that is for a report.</summary>
internal sealed class RunListRow
{
    private readonly RunListFile _list;
    private readonly Dictionary<MapRule, int[]> _columns;

    /// <exception cref="RunImportException">A rule names a column that the list does not have, or has twice.</exception>
    public RunListRow(RunListFile list, RunMap map)
    {
        _list = list;
        _columns = map.AllRules.ToDictionary(
            rule => rule,
            rule => rule.Sources.Select(source => Column(list, map, rule, source)).ToArray(),
            (IEqualityComparer<MapRule>)ReferenceEqualityComparer.Instance
        );
    }

    /// <summary>The cell in compatibility form; empty where it holds nothing but strokes.</summary>
    /// <param name="which">Of the sources of the rule.</param>
    public string Cell(MapRule rule, int which = 0)
    {
        string cell = CellText.Plain(_list.Cell(_columns[rule][which]));
        return CellText.IsStrokes(cell) ? "" : cell;
    }

    public RunListPlace Place(MapRule? rule) =>
        new(_list.Name, _list.Line, rule is null ? "" : string.Join('+', rule.Sources));

    private static int Column(RunListFile list, RunMap map, MapRule rule, string source)
    {
        int[] found = list.Find(source);
        return found.Length == 1
            ? found[0]
            : throw new RunImportException(
                map.File,
                rule.Line,
                "source",
                found.Length == 0
                    ? $"{list.Name} has no column '{source}'"
                    : $"{list.Name} has the column '{source}' twice"
            );
    }
}
