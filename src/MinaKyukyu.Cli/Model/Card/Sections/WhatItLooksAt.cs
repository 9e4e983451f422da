using MinaKyukyu.Cli.Model.Card.Charts;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Sections;

/// <summary>What its answers depend on most.</summary>
internal static class WhatItLooksAt
{
    /// <summary>What comes after says next to nothing, and is told in one bar.</summary>
    private const int Most = 15;

    public static Html Draw(CardFigures figures) =>
        Section.Of(
            "importance",
            "何を見て答えているか",
            "What its answers depend on",
            figures.Importance.Sum(weight => weight.Share) <= 0
                ? Section.Said("この学習器は重みを示しません。", "This provider tells no weights.")
                : Html.Of(
                    $"""
                    {Section.Said(
                        "学習で減らせた誤差のうち、各項目の分。見込み時間そのものから出発し、ここにはその上の補正だけが現れます。",
                        "Share of the explained error by feature. Predictions start from the expected time; this is only what is learned on top of it."
                    )}
                    {Section.Pictures(
                        Section.Figure("重み(%)", "importance, %", Weights(figures), isWide: true)
                    )}
                    """
                )
        );

    private static Html Weights(CardFigures figures)
    {
        List<Bar> bars = [.. figures.Importance.Take(Most).Select(BarOf)];
        if (figures.Importance.Length > Most)
        {
            FeatureWeight[] others = [.. figures.Importance.Skip(Most)];
            bars.Add(
                new Bar(
                    $"その他{others.Length}項目 others",
                    others.Sum(weight => weight.Share),
                    Percent(others.Sum(weight => weight.Share))
                )
            );
        }

        return Bars.Draw("重み importance", bars, width: 920);
    }

    private static Bar BarOf(FeatureWeight weight) =>
        new(CardWords.OfFeature(weight.Name), weight.Share, Percent(weight.Share));

    private static string Percent(double share) =>
        FormattableString.Invariant($"{share * 100:0.0} %");
}
