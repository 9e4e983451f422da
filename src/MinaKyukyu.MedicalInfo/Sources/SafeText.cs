using System.Text;

namespace MinaKyukyu.MedicalInfo.Sources;

/// <summary>Makes a stranger's text fit to be shown: bounded, one line, and without the number that never enters.</summary>
internal static class SafeText
{
    /// <summary>Longest display of one fact; names of drugs and diseases in the national masters stay below 100.</summary>
    public const int Longest = 200;

    private const int DigitsOfMyNumber = 12;

    /// <param name="masked">True when a run of exactly twelve digits (individual number) was masked.</param>
    public static string Clean(string? text, out bool masked)
    {
        masked = false;
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        StringBuilder kept = new(Math.Min(text.Length, Longest));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > Longest)
            {
                break;
            }

            // Direction overrides could make a line read differently from what it says.
            bool isHidden =
                Rune.IsControl(rune)
                || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format;
            kept.Append(isHidden ? ' ' : rune.ToString());
        }

        masked = MaskRuns(kept);
        return kept.ToString().Trim();
    }

    /// <summary>Masks runs of exactly twelve digits; width, spaces and hyphens between the digits do not hide one.</summary>
    private static bool MaskRuns(StringBuilder text)
    {
        bool masked = false;
        List<int> run = [];
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\0';
            if (IsDigit(c))
            {
                run.Add(i);
            }
            else if (!(run.Count > 0 && IsJoiner(c)))
            {
                masked |= MaskIfPersonal(text, run);
                run.Clear();
            }
        }

        return masked;
    }

    private static bool MaskIfPersonal(StringBuilder text, List<int> run)
    {
        if (run.Count != DigitsOfMyNumber)
        {
            return false;
        }

        foreach (int at in run)
        {
            text[at] = '*';
        }

        return true;
    }

    private static bool IsDigit(char c) => char.IsAsciiDigit(c) || c is >= '\uFF10' and <= '\uFF19';

    /// <summary>Space, ideographic space, hyphens and dashes of Unicode, full-width hyphen, minus, the long-vowel mark.</summary>
    private static bool IsJoiner(char c) =>
        c is ' ' or '\u3000' or '-' or '\uFF0D' or '\u2212' or '\u30FC'
        || c is >= '\u2010' and <= '\u2015';
}
