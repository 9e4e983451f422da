using MinaKyukyu.Server.Pages.Markup;

namespace MinaKyukyu.Cli.Model.Card.Sections;

/// <summary>What all sections are made of: Japanese first, English beside it.</summary>
internal static class Section
{
    public static Html Of(string name, string ja, string en, Html body) =>
        Html.Of(
            $"""
            <section id="{name}"><h2>{ja} <span class="en" lang="en">{en}</span></h2>
            {body}
            </section>
            """
        );

    /// <summary>A picture with its heading; <paramref name="isWide"/>: over both columns.</summary>
    public static Html Figure(string ja, string en, Html picture, bool isWide = false) =>
        Html.Of(
            $"""<figure class="{(isWide ? "wide" : "half")}"><figcaption>{ja} <span class="en" lang="en">{en}</span></figcaption>{picture}</figure>"""
        );

    public static Html Said(string ja, string en) =>
        Html.Of($"""<p>{ja} <span class="en" lang="en">{en}</span></p>""");

    public static Html Pictures(params IEnumerable<Html> figures) =>
        Html.Of($"""<div class="pictures">{figures}</div>""");
}
