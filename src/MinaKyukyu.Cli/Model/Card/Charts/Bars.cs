using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Charts;

/// <param name="Value">Length of the bar; null: there is none, only the text.</param>
/// <param name="Text">Stands at its end: the value with its unit.</param>
/// <param name="Target">Where the bar should end; a mark is drawn there.</param>
/// <param name="IsChief">The one bar that the others are compared with.</param>
internal sealed record Bar(
    string Label,
    double? Value,
    string Text,
    double? Target = null,
    bool IsChief = false
);

/// <summary>Lying bars, each with its label before and its value behind.</summary>
internal static class Bars
{
    private const double HalfWidth = 460;
    private const double RowHeight = 24;
    private const double Gap = 8;

    /// <summary>More than this of the width is never given to labels.</summary>
    private const double LabelShare = 0.5;

    /// <param name="title">For those who cannot see the picture.</param>
    public static Html Draw(string title, IReadOnlyList<Bar> bars, double width = HalfWidth)
    {
        double texts = bars.Max(bar => TextWidth.Of(bar.Text));
        double labels = Math.Min(
            bars.Max(bar => TextWidth.Of(bar.Label)),
            Math.Min(width * LabelShare, width - texts - 80)
        );
        double left = labels + Gap;
        double longest = bars.Max(bar => Math.Max(bar.Value ?? 0, bar.Target ?? 0));
        double scale = longest > 0 ? (width - left - texts - Gap) / longest : 0;
        double height = bars.Count * RowHeight;
        return Html.Of(
            $"""
            <svg viewBox="0 0 {width} {height}" role="img"><title>{title}</title>{bars.Select(
                (bar, i) => Row(bar, i * RowHeight, left, labels, scale)
            )}<path class="axis" d="M{left:0.#} 0V{height:0.#}"/></svg>
            """
        );
    }

    private static Html Row(Bar bar, double top, double left, double labels, double scale)
    {
        double middle = top + (RowHeight / 2);
        double length = (bar.Value ?? 0) * scale;
        double end = left + Math.Max(length, (bar.Target ?? 0) * scale) + 6;
        return Html.Of(
            $"""<text class="{(bar.IsChief ? "chief" : "label")}" x="{left - Gap:0.#}" y="{middle + 4.5:0.#}" text-anchor="end">{TextWidth.Within(bar.Label, labels)}</text>{Box(bar, top, left, length)}{Mark(bar, top, left, scale)}<text class="{(bar.IsChief ? "chief" : "value")}" x="{end:0.#}" y="{middle + 4.5:0.#}">{bar.Text}</text>"""
        );
    }

    private static Html Box(Bar bar, double top, double left, double length) =>
        bar.Value is null
            ? Html.Nothing
            : Html.Of(
                $"""<rect class="{(bar.IsChief ? "bar chief" : "bar")}" x="{left:0.#}" y="{top + 4:0.#}" width="{Math.Max(0.5, length):0.#}" height="{RowHeight - 8}"/>"""
            );

    private static Html Mark(Bar bar, double top, double left, double scale) =>
        bar.Target is { } target
            ? Html.Of(
                $"""<path class="target" d="M{left + (target * scale):0.#} {top + 1:0.#}v{RowHeight - 2}"/>"""
            )
            : Html.Nothing;
}
