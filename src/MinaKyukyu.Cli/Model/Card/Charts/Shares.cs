using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Charts;

/// <param name="Text">Stands behind the row.</param>
internal sealed record SharesRow(
    string Label,
    string Text,
    IReadOnlyList<Promise> Promises,
    bool IsChief = false
);

/// <summary>A row for each group: how often each promise was kept, beside the line where it was promised.</summary>
internal static class Shares
{
    private const double Width = 460;
    private const double RowHeight = 24;
    private const double Head = 22;

    public static Html Draw(string title, IReadOnlyList<SharesRow> rows)
    {
        double texts = rows.Max(row => TextWidth.Of(row.Text));
        double labels = Math.Min(rows.Max(row => TextWidth.Of(row.Label)), Width * 0.4);
        double left = labels + 12;
        double right = Width - texts - 10;
        double bottom = Head + (rows.Count * RowHeight);
        double At(double share) => left + ((right - left) * share);
        Html Level(Promise promise, int number) =>
            Html.Of(
                $"""<path class="target" d="M{At(promise.Level):0.#} {Head}V{bottom}"/><text class="name s{number}" x="{At(promise.Level):0.#}" y="14" text-anchor="middle">{promise.Name}</text>"""
            );
        Html Row(SharesRow row, int i)
        {
            double y = Head + ((i + 0.5) * RowHeight);
            return Html.Of(
                $"""<path class="grid" d="M{left:0.#} {y}H{right:0.#}"/><text class="{(row.IsChief ? "chief" : "label")}" x="{labels:0.#}" y="{y + 4.5}" text-anchor="end">{TextWidth.Within(row.Label, labels)}</text>{row.Promises.Select((promise, number) => Point(promise, number, At, y))}<text class="{(row.IsChief ? "chief" : "value")}" x="{Width}" y="{y + 4.5}" text-anchor="end">{row.Text}</text>"""
            );
        }

        return Html.Of(
            $"""
            <svg viewBox="0 0 {Width} {bottom}" role="img"><title>{title}</title>{rows[
                0
            ].Promises.Select(Level)}{rows.Select(Row)}</svg>
            """
        );
    }

    private static Html Point(Promise promise, int number, Func<double, double> at, double y) =>
        Html.Of(
            $"""<path class="band s{number}" d="M{at(promise.Least):0.#} {y}H{at(promise.Most):0.#}"/>{Marks.Draw(number, at(promise.Observed), y, FormattableString.Invariant($"{promise.Name}: {promise.Observed * 100:0.0} %"))}"""
        );
}
