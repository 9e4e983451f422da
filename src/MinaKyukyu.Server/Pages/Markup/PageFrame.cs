using MinaKyukyu.Server.City;

namespace MinaKyukyu.Server.Pages.Markup;

/// <summary>What all pages have around them.</summary>
/// <param name="Name">Class of the body, for the stylesheet.</param>
/// <param name="RefreshSeconds">Null where a form is being filled: nothing may be lost under a typing hand.</param>
internal sealed record PageHead(
    string Title,
    string TitleEn,
    string Name,
    int? RefreshSeconds = null
)
{
    /// <summary>Stands at the right end of the head line.</summary>
    public Html Aside { get; init; }
}

internal sealed class PageFrame(CityPlan city)
{
    public Html Around(PageHead head, Html body) =>
        Html.Of(
            $"""
            <!DOCTYPE html>
            <html lang="ja">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{head.Title} – {city.Plan.Name}</title>
            {Refresh(head)}<link rel="stylesheet" href="/pages.css">
            </head>
            <body class="{head.Name}">
            <header class="bar">
            <h1>{head.Title} <span lang="en">{head.TitleEn}</span></h1>
            <p class="who">{city.Plan.Name}</p>
            {head.Aside}
            </header>
            {body}
            </body>
            </html>

            """
        );

    private static Html Refresh(PageHead head) =>
        head.RefreshSeconds is { } seconds
            ? Html.Of(
                $"""
                <meta http-equiv="refresh" content="{seconds}">

                """
            )
            : Html.Nothing;
}
