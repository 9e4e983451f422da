using System.Globalization;
using System.Text;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>The text of a cell of a run list.</summary>
internal static class CellText
{
    /// <summary>Longest text that names something rather than tells something. Own working value: the longest town names have some 20 characters.</summary>
    private const int LongestName = 64;

    /// <summary>Compatibility form (NFKC), so that full-width digits, colons and spaces are the common ones; without spaces around it.</summary>
    public static string Plain(string cell)
    {
        if (!Ascii.IsValid(cell))
        {
            // The minus sign and the wave dash's cousins are typed for hyphens; NFKC leaves them.
            cell = cell.Normalize(NormalizationForm.FormKC).Replace('\u2212', '-');
        }

        return cell.Trim();
    }

    /// <summary>Nothing but strokes (－, ―, --:--), which lists put where there is nothing.</summary>
    public static bool IsStrokes(string text) =>
        text.All(letter =>
            letter is ':' or '/' or 'ー'
            || char.GetUnicodeCategory(letter) == UnicodeCategory.DashPunctuation
        );

    /// <summary>Short enough for a name, and on one line.</summary>
    public static bool IsName(string text) =>
        text.Length <= LongestName && !text.Any(char.IsControl);

    /// <summary>
    /// The text tells a house, not only its town: 錦町3-2-26, 錦町三丁目2番26号, 12番地, 123 Main Street. What is written otherwise
    /// (only the numbers of blocks in kanji, names of buildings) is not recognised.
    /// </summary>
    /// <param name="text">In compatibility form.</param>
    public static bool TellsHouse(string text)
    {
        if (text.Contains("番地", StringComparison.Ordinal))
        {
            return true;
        }

        for (int i = 1; i < text.Length; i++)
        {
            char next = i + 1 < text.Length ? text[i + 1] : ' ';
            bool isBehindDigit = char.IsAsciiDigit(text[i - 1]);
            bool tells = text[i] switch
            {
                '-' or 'の' or 'ー' => char.IsAsciiDigit(next),
                '番' => next != '町',
                '号' => true,
                ' ' => char.IsAsciiLetter(next) && text[..i].All(char.IsAsciiDigit),
                _ => false,
            };
            if (isBehindDigit && tells)
            {
                return true;
            }
        }

        return false;
    }
}
