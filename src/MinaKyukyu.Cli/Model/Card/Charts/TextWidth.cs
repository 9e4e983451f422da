using System.Text;

namespace MinaKyukyu.Cli.Model.Card.Charts;

/// <summary>How wide a text will be, before any browser has drawn it.</summary>
internal static class TextWidth
{
    /// <summary>Of the charts' letters; stands in <c>card.css</c> too.</summary>
    public const double FontSize = 13;

    /// <summary>Of what stands at axes; in <c>card.css</c> too.</summary>
    public const double SmallFontSize = 11.5;

    /// <summary>Letters of Latin fonts are at most this wide on average, in parts of the font size.</summary>
    private const double Narrow = 0.58;

    public static double Of(string text) =>
        text.EnumerateRunes().Sum(rune => IsWide(rune) ? 1 : Narrow) * FontSize;

    public static double OfSmall(string text) => Of(text) * SmallFontSize / FontSize;

    /// <summary>The text, or as much of its start as has room before an ellipsis.</summary>
    public static string Within(string text, double room)
    {
        if (Of(text) <= room)
        {
            return text;
        }

        var kept = new StringBuilder();
        double used = FontSize;
        foreach (Rune rune in text.EnumerateRunes())
        {
            used += Of(rune.ToString());
            if (used > room)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append('…').ToString();
    }

    /// <summary>From the first Hangul and kana on, letters fill their square.</summary>
    private static bool IsWide(Rune rune) => rune.Value >= 0x1100;
}
