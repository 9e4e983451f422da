using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Charts;

/// <summary>Points that differ by shape as well as by colour: circle, square, diamond.</summary>
internal static class Marks
{
    /// <param name="number">Of the series, from 0.</param>
    /// <param name="title">Told where the pointer rests.</param>
    public static Html Draw(int number, double x, double y, string title) =>
        Html.Of(
            $"""<path class="mark s{number}" d="{Shape(number, x, y)}"><title>{title}</title></path>"""
        );

    private static string Shape(int number, double x, double y) =>
        (number % 3) switch
        {
            0 => FormattableString.Invariant($"M{x - 4:0.#} {y:0.#}a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z"),
            1 => FormattableString.Invariant($"M{x - 3.6:0.#} {y - 3.6:0.#}h7.2v7.2h-7.2Z"),
            _ => FormattableString.Invariant($"M{x:0.#} {y - 5:0.#}l5 5l-5 5l-5-5Z"),
        };
}
