using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Markup;

/// <summary>One choice of a list.</summary>
internal sealed record Choosable(string Value, string Ja, string En);

/// <summary>Parts of forms that occur more than once.</summary>
internal static class Fields
{
    public static Html Hidden(string name, string value) =>
        Html.Of($"""<input type="hidden" name="{name}" value="{value}">""");

    /// <summary>A list to choose from; the chosen value stands first in the eye of the reader.</summary>
    /// <param name="none">Words of the empty choice; null where there is none.</param>
    public static Html Select(
        string name,
        IEnumerable<Choosable> choices,
        string chosen = "",
        string? none = null
    ) =>
        Html.Of(
            $"""<select name="{name}" id="{name}">{None(none)}{choices.Select(c => Option(c, chosen))}</select>"""
        );

    public static Html Codes(string name, CodeBook book, string table, string? none = null) =>
        Select(
            name,
            book.List(table).Select(e => new Choosable(e.Code.Value, e.Ja, e.En)),
            "",
            none
        );

    private static Html None(string? words) =>
        words is null ? Html.Nothing : Html.Of($"""<option value="">{words}</option>""");

    private static Html Option(Choosable choice, string chosen)
    {
        string words = choice.En.Length == 0 ? choice.Ja : $"{choice.Ja} / {choice.En}";
        return choice.Value == chosen
            ? Html.Of($"""<option value="{choice.Value}" selected>{words}</option>""")
            : Html.Of($"""<option value="{choice.Value}">{words}</option>""");
    }
}
