using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Pages.Map;
using MinaKyukyu.Server.Pages.Markup;
using MinaKyukyu.Server.Pages.Words;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>Restricted streets on the map: a thick hatched line along each, and a sign whose shape says what holds.</summary>
internal sealed class RestrictedLines(CityPlan city, Department department, CodeBook codes)
{
    /// <summary>Beneath whatever moves.</summary>
    public Html Of(MapFrame frame, DateTimeOffset now) =>
        city.LiveRoads is null
            ? Html.Nothing
            : Html.Join(
                department.RoadRestrictions.ListInForce(now).Reverse().Select(r => Draw(frame, r))
            );

    public static Html Legend() =>
        Html.Join(
            new[] { RoadEffect.Closed, RoadEffect.SlowedTo(50) }.Select(effect =>
                Html.Of(
                    $"""
                    <li><svg class="sym {ClassOf(
                        effect
                    )}" viewBox="-12 -12 24 24" role="img" aria-hidden="true">{SignOf(
                        effect
                    )}</svg>{(effect.IsClosed ? "通行止め" : "徐行")} <span lang="en">{(
                        effect.IsClosed ? "closed" : "slow"
                    )}</span></li>

                    """
                )
            )
        );

    private Html Draw(MapFrame frame, RoadRestriction restriction)
    {
        string line = string.Concat(
            city.LiveRoads!.Restricted.EdgesOf(restriction).Where(IsDrawn).Select(LineOf)
        );
        (double x, double y) = frame.Of(restriction.Place.Point);
        Html street =
            line.Length == 0
                ? Html.Nothing
                : Html.Of($"""<path class="band" d="{line}"/><path class="hatch" d="{line}"/>""");
        return Html.Of(
            $"""<g class="{ClassOf(restriction.Effect)}"><title>{TitleOf(restriction)}</title>{street}<g class="sign" transform="translate({MapFrame.Number(x)} {MapFrame.Number(y)})">{SignOf(restriction.Effect)}</g></g>"""
        );

        string LineOf(int edge) => frame.PathOf(city.Roads!.Graph.Line(edge));
    }

    /// <summary>One line stands for both directions of a street.</summary>
    private bool IsDrawn(int edge)
    {
        RoadGraph graph = city.Roads!.Graph;
        return graph.Twin(edge) is var twin && (twin < 0 || twin > edge);
    }

    private string TitleOf(RoadRestriction restriction) =>
        $"{RoadSentences.Words(restriction.Effect).Ja} {codes.Find(restriction.Report.Kind)?.Ja} {Moments.Minute(restriction.ExpiresAt)}まで";

    private static string ClassOf(RoadEffect effect) =>
        effect.IsClosed ? "restricted closed" : "restricted slow";

    /// <summary>As the road signs 車両進入禁止 and 徐行: a disc with a bar, a triangle on its point.</summary>
    private static Html SignOf(RoadEffect effect) =>
        effect.IsClosed
            ? Html.Of($"""<circle r="9"/><path class="bar" d="M-5.5 0H5.5"/>""")
            : Html.Of($"""<path class="triangle" d="M-9 -7H9L0 9Z"/>""");
}
