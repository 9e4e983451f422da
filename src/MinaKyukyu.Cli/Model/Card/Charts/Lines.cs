using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Charts;

/// <summary>One line: its name stands at its right end, in its own dashes and marks, so that no colour is needed to follow it.</summary>
internal sealed record Line(string Name, IReadOnlyList<double> Values);

/// <param name="Labels">Under the points, one each.</param>
internal sealed record LinesPicture(
    string Title,
    double Width,
    Axis Axis,
    Func<double, string> TextOf,
    IReadOnlyList<string> Labels,
    IReadOnlyList<Line> Lines
)
{
    /// <summary>Under the labels, one each; none: no such row.</summary>
    public IReadOnlyList<string> Counts { get; init; } = [];

    public string LabelsName { get; init; } = "";

    public string CountsName { get; init; } = "";

    /// <summary>Where the lines should lie; drawn across with its name.</summary>
    public (double Value, string Name)? Target { get; init; }
}

/// <summary>Lines over points in an order, such as the hours of the day.</summary>
internal static class Lines
{
    private const double Height = 170;
    private const double Top = 10;
    private const double RowHeight = 18;

    public static Html Draw(LinesPicture picture)
    {
        double left =
            Math.Max(
                picture.Axis.Ticks.Max(tick => TextWidth.Of(picture.TextOf(tick))),
                Math.Max(TextWidth.Of(picture.LabelsName), TextWidth.Of(picture.CountsName))
            ) + 8;
        double names = picture.Lines.Max(line => TextWidth.Of(line.Name));
        if (picture.Target is { } target)
        {
            names = Math.Max(names, TextWidth.Of(target.Name));
        }

        var area = new PlotArea(left, picture.Width - names - 12, picture);
        double height = Top + Height + 8 + (RowHeight * (picture.Counts.Count > 0 ? 2 : 1)) + 6;
        return Html.Of(
            $"""
            <svg viewBox="0 0 {picture.Width} {height}" role="img"><title>{picture.Title}</title>{picture.Axis.Ticks.Select(
                area.Tick
            )}{area.TargetLine()}{area.Row(picture.LabelsName, picture.Labels, 1)}{area.Row(
                picture.CountsName,
                picture.Counts,
                2
            )}{picture.Lines.Select(area.Line)}{area.Names()}</svg>
            """
        );
    }

    /// <summary>Where the lines are drawn: from left to right and from top to top + height.</summary>
    private sealed class PlotArea(double left, double right, LinesPicture picture)
    {
        /// <summary>Two names closer than this would lie on one another.</summary>
        private const double NameHeight = 16;

        private double X(int i) => left + ((right - left) * (i + 0.5) / picture.Labels.Count);

        private double Y(double value) => Top + (Height * (1 - picture.Axis.At(value)));

        public Html Tick(double tick) =>
            Html.Of(
                $"""<path class="{(tick == 0 ? "axis" : "grid")}" d="M{left:0.#} {Y(tick):0.#}H{right:0.#}"/><text class="small" x="{left - 6:0.#}" y="{Y(tick) + 4:0.#}" text-anchor="end">{picture.TextOf(tick)}</text>"""
            );

        public Html TargetLine() =>
            picture.Target is { } target
                ? Html.Of(
                    $"""<path class="target" d="M{left:0.#} {Y(target.Value):0.#}H{right:0.#}"/>"""
                )
                : Html.Nothing;

        /// <summary>Where labels would touch, only every second, third … is written.</summary>
        public Html Row(string name, IReadOnlyList<string> labels, int row)
        {
            if (labels.Count == 0)
            {
                return Html.Nothing;
            }

            double y = Top + Height + (RowHeight * row);
            double room = (right - left) / labels.Count;
            int every = (int)Math.Ceiling((labels.Max(TextWidth.OfSmall) + 3) / room);
            return Html.Of(
                $"""<text class="small" x="{left - 6:0.#}" y="{y:0.#}" text-anchor="end">{name}</text>{labels.Select((label, i) => i % every == 0 ? Html.Of($"""<text class="small" x="{X(i):0.#}" y="{y:0.#}" text-anchor="middle">{label}</text>""") : Html.Nothing)}"""
            );
        }

        public Html Line(Line line, int number)
        {
            string path = string.Join(
                'L',
                line.Values.Select(
                    (value, i) => FormattableString.Invariant($"{X(i):0.#} {Y(value):0.#}")
                )
            );
            return Html.Of(
                $"""<path class="line s{number}" d="M{path}"/>{line.Values.Select((value, i) => Marks.Draw(number, X(i), Y(value), $"{line.Name} {picture.Labels[i]}: {picture.TextOf(value)}"))}"""
            );
        }

        /// <summary>At the right end of their lines, moved apart where they would lie on one another.</summary>
        public Html Names()
        {
            List<(double Y, string Name, string Look)> names =
            [
                .. picture.Lines.Select(
                    (line, number) => (Y(line.Values[^1]), line.Name, $"name s{number}")
                ),
            ];
            if (picture.Target is { } target)
            {
                names.Add((Y(target.Value), target.Name, "name goal"));
            }

            var written = new List<Html>();
            double before = double.NegativeInfinity;
            foreach ((double y, string name, string look) in names.OrderBy(name => name.Y))
            {
                double at = Math.Max(y, before + NameHeight);
                before = at;
                written.Add(
                    Html.Of(
                        $"""<text class="{look}" x="{right + 8:0.#}" y="{at + 4:0.#}">{name}</text>"""
                    )
                );
            }

            return Html.Join(written);
        }
    }
}
