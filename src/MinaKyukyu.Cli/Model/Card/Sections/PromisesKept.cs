using MinaKyukyu.Cli.Model.Card.Charts;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Sections;

/// <summary>Whether one in ten really arrives by P10, half by P50, nine in ten by P90: of all runs, and group by group.</summary>
internal static class PromisesKept
{
    public static Html Draw(CardFigures figures) =>
        Section.Of(
            "reliability",
            "見込みの幅は当たっているか",
            "Reliability of P10, P50 and P90",
            Html.Of(
                $"""
                {Section.Said("P90が正しければ、10回のうち9回はその時間までに着きます。線は偶然で動きうる95%の範囲(各出動を独立とみなす)。", "If P90 is right, nine in ten arrive by then. Bands: 95 % range of chance (Wilson), runs taken as independent.")}
                {Section.Pictures([
                    Section.Figure("約束した割合と実際の割合", "promised and observed share, with 95 % bands", Overall(figures.All)),
                    Section.Figure("実際の到着はどこに落ちたか(縦線は目標)", "where arrivals fell; the upright mark is the goal", Fell(figures.All)),
                    .. figures.Columns.Where(Groups.AreSeveral).Select(column => OfColumn(figures, column)),
                ])}
                """
            )
        );

    private static Html Overall(ErrorFigures all) =>
        Reliability.Draw(
            "信頼性 reliability",
            "約束した割合 promised share",
            "着いた割合 observed share",
            PromisesOf(all)
        );

    private static Html Fell(ErrorFigures all)
    {
        (double low, double median, double high) = (all.P10.Share, all.P50.Share, all.P90.Share);
        return Bars.Draw(
            "到着の分布 where observations fell",
            [
                Part("P10より早い below P10", low, 0.1),
                Part("P10–P50", median - low, 0.4),
                Part("P50–P90", high - median, 0.4),
                Part("P90より遅い above P90", 1 - high, 0.1),
            ]
        );
    }

    private static Bar Part(string label, double share, double goal) =>
        new(
            label,
            share,
            FormattableString.Invariant($"{share * 100:0.0} %(目標 {goal * 100:0})"),
            goal
        );

    private static Html OfColumn(CardFigures figures, ColumnFigures column) =>
        Section.Figure(
            $"着いた割合:{CardWords.OfColumn(column.Name)}別",
            "observed shares by group, %",
            Shares.Draw(
                $"着いた割合 observed shares: {column.Name}",
                [
                    RowOf("全体 all", figures.All, isChief: true),
                    .. Groups
                        .Of(column)
                        .Select(group => RowOf(group.Label, group.Errors, isChief: false)),
                ]
            )
        );

    private static SharesRow RowOf(string label, ErrorFigures errors, bool isChief) =>
        new(
            label,
            FormattableString.Invariant(
                $"{errors.P10.Share * 100:0} / {errors.P50.Share * 100:0} / {errors.P90.Share * 100:0} %"
            ),
            PromisesOf(errors),
            isChief
        );

    private static Promise[] PromisesOf(ErrorFigures errors) =>
        [
            PromiseOf("P10", 0.1, errors.P10),
            PromiseOf("P50", 0.5, errors.P50),
            PromiseOf("P90", 0.9, errors.P90),
        ];

    private static Promise PromiseOf(string name, double level, ObservedShare observed) =>
        new(name, level, observed.Share, observed.Least, observed.Most);
}
