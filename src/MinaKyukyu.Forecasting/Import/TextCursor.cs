using System.Globalization;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>Walks over the text of one cell, passing over spaces before whatever it takes.</summary>
internal sealed class TextCursor(string text)
{
    private int _at;

    /// <summary>Nothing but spaces is left.</summary>
    public bool IsAtEnd => text.AsSpan(_at).Trim().IsEmpty;

    public bool TryTake(string word)
    {
        int at = AfterSpaces();
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
        {
            return false;
        }

        _at = at + word.Length;
        return true;
    }

    /// <summary>The one of these characters that stands here, or null.</summary>
    public char? TryTakeOneOf(string characters)
    {
        int at = AfterSpaces();
        if (at >= text.Length || !characters.Contains(text[at], StringComparison.Ordinal))
        {
            return null;
        }

        _at = at + 1;
        return text[at];
    }

    /// <summary>A whole number of so many digits, or null, and then nothing is taken.</summary>
    public int? TryTakeNumber(int fewestDigits, int mostDigits)
    {
        int at = AfterSpaces();
        int end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        int digits = end - at;
        if (digits < fewestDigits || digits > mostDigits)
        {
            return null;
        }

        _at = end;
        return int.Parse(text.AsSpan(at, digits), CultureInfo.InvariantCulture);
    }

    private int AfterSpaces()
    {
        int at = _at;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }
}
