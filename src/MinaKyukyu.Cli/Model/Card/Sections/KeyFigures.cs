using MinaKyukyu.Cli.Model.Card.Charts;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Sections;

/// <summary>The figures that one asks for first, and what one would get without the model.</summary>
internal static class KeyFigures
{
    /// <summary>In the order in which they take less and less to say.</summary>
    private static readonly string[] Order =
    [
        "router_only",
        "straight_line",
        "group_median",
        "global_median",
    ];

    public static Html Draw(CardFigures figures)
    {
        ErrorFigures all = figures.All;
        (double low, double median, double high) = all.PinballSeconds;
        return Section.Of(
            "key-figures",
            "要点",
            "Key figures",
            Html.Of(
                $"""
                <div class="tiles">
                {Tile("平均誤差", "MAE", $"{all.MaeSeconds:0.0}", "秒 s")}
                {Tile("誤差の中央値", "median error", $"{all.MedianAeSeconds:0.0}", "秒 s")}
                {Tile("±3分以内", "within 3 min", $"{all.Within180s * 100:0.0}", "%")}
                {Tile("かたより", "bias", $"{all.BiasSeconds:+0.0;−0.0;0.0}", all.BiasSeconds > 0 ? "秒 s 遅め later" : "秒 s 早め sooner")}
                {Tile("守れた割合", "coverage P10 / P50 / P90", $"{all.P10.Share * 100:0.0} / {all.P50.Share * 100:0.0} / {all.P90.Share * 100:0.0}", "%(目標 goal 10 / 50 / 90)")}
                {Tile("ピンボール損失", "pinball P10 / P50 / P90", $"{low:0.0} / {median:0.0} / {high:0.0}", "秒 s")}
                </div>
                {Section.Pictures(
                    Section.Figure("平均誤差の比較(秒、短いほど良い)", "mean absolute error, s; shorter is better", Compared(figures), isWide: true))}
                """
            )
        );
    }

    private static Html Compared(CardFigures figures) =>
        Bars.Draw(
            "平均誤差の比較 mean absolute error beside baselines",
            [
                new Bar(
                    "このモデル this model",
                    figures.All.MaeSeconds,
                    FormattableString.Invariant($"{figures.All.MaeSeconds:0.0} 秒 s"),
                    IsChief: true
                ),
                .. Order
                    .Select(name => figures.Baselines.FirstOrDefault(one => one.Name == name))
                    .OfType<BaselineFigure>()
                    .Select(baseline => new Bar(
                        CardWords.OfBaseline(baseline.Name),
                        baseline.MaeSeconds,
                        baseline.MaeSeconds is { } mae
                            ? FormattableString.Invariant($"{mae:0.0} 秒 s")
                            : "— 記録にない not in the runs"
                    )),
            ],
            width: 920
        );

    private static Html Tile(string ja, string en, FormattableString value, string unit) =>
        Html.Of(
            $"""<div class="tile"><p>{ja} <span class="en" lang="en">{en}</span></p><p class="number">{FormattableString.Invariant(value)} <span class="unit">{unit}</span></p></div>"""
        );
}
