using System.Globalization;
using MinaKyukyu.Cli.Model.Card.Charts;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Sections;

/// <summary>Where it errs more: at which hours, in which groups, on how long runs.</summary>
internal static class ErrorsByGroup
{
    private const double FullWidth = 940;
    private const double HalfWidth = 460;

    public static Html Draw(CardFigures figures) =>
        Section.Of(
            "errors",
            "どこで外れやすいか",
            "Where it errs",
            Html.Join([
                Section.Pictures(
                    Section.Figure(
                        "時刻別の誤差(秒)。かたよりが0より上なら、見込みより遅く着いた",
                        "error by local hour, s; bias above 0: later than said",
                        ByHour(figures),
                        isWide: true
                    )
                ),
                Section.Pictures(figures.Columns.Where(Groups.AreSeveral).Select(ByGroup)),
                Section.Pictures(
                    Section.Figure(
                        "見込みの長さ別:誤差と幅(分)",
                        "by predicted length: error and P90 − P10, min",
                        ByLength(figures)
                    ),
                    Section.Figure(
                        "見込みの長さ別:P90までに着いた割合",
                        "by predicted length: share within P90",
                        ShareByLength(figures)
                    )
                ),
            ])
        );

    private static Html ByHour(CardFigures figures) =>
        Lines.Draw(
            new LinesPicture(
                "時刻別の誤差 error by hour",
                FullWidth,
                Axis.Around(
                    figures.Hours.SelectMany(hour =>
                        new[] { hour.Errors.MaeSeconds, hour.Errors.BiasSeconds }
                    )
                ),
                tick => string.Create(CultureInfo.InvariantCulture, $"{tick:0.#}"),
                [.. figures.Hours.Select(SpanOf)],
                [
                    new Line("平均誤差 MAE", [.. figures.Hours.Select(h => h.Errors.MaeSeconds)]),
                    new Line("かたより bias", [.. figures.Hours.Select(h => h.Errors.BiasSeconds)]),
                ]
            )
            {
                LabelsName = "時 hour",
                CountsName = "件 runs",
                Counts = [.. figures.Hours.Select(hour => Short(hour.Errors.Runs))],
            }
        );

    private static Html ByGroup(ColumnFigures column) =>
        Section.Figure(
            $"平均誤差(かたより)秒、件数:{CardWords.OfColumn(column.Name)}別",
            "MAE (bias; + later than said) s, runs",
            Bars.Draw(
                $"平均誤差 MAE: {column.Name}",
                [
                    .. Groups
                        .Of(column)
                        .Select(group => new Bar(
                            group.Label,
                            group.Errors.MaeSeconds,
                            FormattableString.Invariant(
                                $"{group.Errors.MaeSeconds:0} 秒 ({group.Errors.BiasSeconds:+0;−0;0}) {group.Errors.Runs:N0}件"
                            )
                        )),
                ]
            )
        );

    private static Html ByLength(CardFigures figures) =>
        Lines.Draw(
            OfLengths(
                figures,
                "見込みの長さ別の誤差 error by predicted length",
                Axis.Around(figures.Lengths.Select(one => one.Errors.WidthSeconds / 60)),
                tick => string.Create(CultureInfo.InvariantCulture, $"{tick:0.##}"),
                [
                    new Line(
                        "幅 width",
                        [.. figures.Lengths.Select(one => one.Errors.WidthSeconds / 60)]
                    ),
                    new Line("MAE", [.. figures.Lengths.Select(one => one.Errors.MaeSeconds / 60)]),
                ]
            )
        );

    /// <summary>Starts at a half: the differences that matter lie between 80 and 100 %.</summary>
    private static Html ShareByLength(CardFigures figures) =>
        Lines.Draw(
            OfLengths(
                figures,
                "見込みの長さ別の割合 coverage by predicted length",
                new Axis(figures.Lengths.Min(one => one.Errors.P90.Share) < 0.5 ? 0 : 0.5, 1, 0.1),
                tick => string.Create(CultureInfo.InvariantCulture, $"{tick * 100:0}%"),
                [
                    new Line(
                        "実際 observed",
                        [.. figures.Lengths.Select(one => one.Errors.P90.Share)]
                    ),
                ]
            ) with
            {
                Target = (0.9, "目標 goal"),
            }
        );

    private static LinesPicture OfLengths(
        CardFigures figures,
        string title,
        Axis axis,
        Func<double, string> textOf,
        IReadOnlyList<Line> lines
    ) =>
        new(
            title,
            HalfWidth,
            axis,
            textOf,
            [
                .. figures.Lengths.Select(one =>
                    string.Create(CultureInfo.InvariantCulture, $"{one.MedianSeconds / 60:0.0}")
                ),
            ],
            lines
        )
        {
            LabelsName = "P50(分)",
        };

    private static string SpanOf(HourFigures hours) =>
        hours.First == hours.Last
            ? hours.First.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{hours.First}–{hours.Last}");

    /// <summary>In thousands from ten thousand on: 24 of them stand in a row.</summary>
    private static string Short(int runs) =>
        runs < 10_000
            ? runs.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{runs / 1000.0:0.0}k");
}
