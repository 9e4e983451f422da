using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Charts;

/// <summary>A promised share, and the observed one with the range in which it may lie by chance.</summary>
internal sealed record Promise(
    string Name,
    double Level,
    double Observed,
    double Least,
    double Most
);

/// <summary>Promised against observed shares: who keeps every promise lies on the diagonal.</summary>
internal static class Reliability
{
    private const double Width = 460;
    private const double Height = 250;
    private const double Left = 58;
    private const double Top = 10;
    private const double Right = 300;
    private const double Bottom = 212;

    public static Html Draw(
        string title,
        string promised,
        string observed,
        IReadOnlyList<Promise> promises
    ) =>
        Html.Of(
            $"""
            <svg viewBox="0 0 {Width} {Height}" role="img"><title>{title}</title>{Axis.Percent.Ticks.Select(
                Tick
            )}<path class="target" d="M{Left} {Bottom}L{Right} {Top}"/>{promises.Select(
                Point
            )}<text class="small" x="{(Left + Right) / 2}" y="{Bottom
                + 34}" text-anchor="middle">{promised}</text><text class="small" transform="translate(12 {(
                Top + Bottom
            ) / 2}) rotate(-90)" text-anchor="middle">{observed}</text></svg>
            """
        );

    private static Html Tick(double tick) =>
        Html.Of(
            $"""<path class="grid" d="M{Left} {Y(tick):0.#}H{Right}M{X(tick):0.#} {Top}V{Bottom}"/><text class="small" x="{Left - 6}" y="{Y(tick) + 4:0.#}" text-anchor="end">{tick * 100:0}%</text><text class="small" x="{X(tick):0.#}" y="{Bottom + 17}" text-anchor="middle">{tick * 100:0}%</text>"""
        );

    private static Html Point(Promise promise, int number)
    {
        string text = FormattableString.Invariant(
            $"{promise.Name}: {promise.Observed * 100:0.0} % ({promise.Least * 100:0.0}–{promise.Most * 100:0.0})"
        );
        return Html.Of(
            $"""<path class="band s{number}" d="M{X(promise.Level):0.#} {Y(promise.Least):0.#}V{Y(promise.Most):0.#}"/>{Marks.Draw(number, X(promise.Level), Y(promise.Observed), text)}<path class="lead" d="M{X(promise.Level) + 7:0.#} {Y(promise.Observed):0.#}H{Right + 6}"/><text class="name s{number}" x="{Right + 10}" y="{Y(promise.Observed) + 4:0.#}">{text}</text>"""
        );
    }

    private static double X(double share) => Left + ((Right - Left) * share);

    private static double Y(double share) => Bottom - ((Bottom - Top) * share);
}
