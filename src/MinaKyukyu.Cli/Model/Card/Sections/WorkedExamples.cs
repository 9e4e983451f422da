using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Sections;

/// <summary>What an answer looks like, in words: the short, the usual and the long run.</summary>
internal static class WorkedExamples
{
    private static readonly (string Ja, string En)[] Names =
    [
        ("短い出動", "a short run"),
        ("ふつうの出動", "a usual run"),
        ("長い出動", "a long run"),
    ];

    public static Html Draw(CardFigures figures) =>
        Section.Of(
            "examples",
            "答えの例",
            "What an answer looks like",
            Html.Of(
                $"""
                {Section.Said(
                    "見込みの短い順に並べた最初・中央・最後の1割の中央値で、特定の出動ではありません。",
                    "Middles of the shortest, the middle and the longest tenth by predicted time; none of them is one run."
                )}
                <div class="tiles examples">{figures.Examples.Zip(Names, Tell)}</div>
                """
            )
        );

    private static Html Tell(WorkedExample example, (string Ja, string En) name)
    {
        string low = Minutes(example.P10Seconds);
        string median = Minutes(example.P50Seconds);
        string high = Minutes(example.P90Seconds);
        return Html.Of(
            $"""<div class="tile"><p>{name.Ja} <span class="en" lang="en">{name.En}</span></p><p class="number">P10 {low}分 P50 {median}分 P90 {high}分</p><p>およそ{median}分。10回のうち8回は{low}分から{high}分のあいだ。 <span class="en" lang="en">About {median} min; 8 in 10 take {low} to {high} min.</span></p></div>"""
        );
    }

    private static string Minutes(double seconds) =>
        Math.Round(seconds / 60, MidpointRounding.AwayFromZero)
            .ToString("0", System.Globalization.CultureInfo.InvariantCulture);
}
