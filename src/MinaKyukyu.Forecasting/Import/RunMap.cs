namespace MinaKyukyu.Forecasting.Import;

/// <summary>How the columns of a department's run list become those of the run file.</summary>
/// <param name="Zone">Whose clocks the stamps are by.</param>
/// <param name="Rules">By canonical column, in the order of the map: the first that gives a value counts.</param>
/// <param name="Only">All must hold: the cell is one of those that are listed.</param>
internal sealed record RunMap(
    string File,
    TimeZoneInfo Zone,
    ILookup<string, MapRule> Rules,
    IReadOnlyList<MapRule> Only
)
{
    public IEnumerable<MapRule> AllRules => Rules.SelectMany(rules => rules).Concat(Only);
}

/// <summary>One row of a map.</summary>
/// <param name="Line">Of the map's file.</param>
internal sealed record MapRule(
    string Canonical,
    IReadOnlyList<string> Sources,
    MapFormat Format,
    int Line
);
