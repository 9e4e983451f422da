using MinaKyukyu.Forecasting.Evaluation;

namespace MinaKyukyu.Cli.Model.Card.Sections;

/// <summary>A column's groups with the words that stand before their bars.</summary>
internal static class Groups
{
    /// <summary>A single group is all runs once more.</summary>
    public static bool AreSeveral(ColumnFigures column) => Of(column).Count > 1;

    public static List<(string Label, ErrorFigures Errors)> Of(ColumnFigures column)
    {
        List<(string Label, ErrorFigures Errors)> groups =
        [
            .. column.Groups.Select(group =>
                (CardWords.OfWord(column.Name, group.Word), group.Errors)
            ),
        ];
        if (column.Together is { } together)
        {
            groups.Add(("その他の合計 others", together));
        }

        return groups;
    }
}
