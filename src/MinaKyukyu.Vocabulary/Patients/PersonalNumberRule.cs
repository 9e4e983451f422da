using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MinaKyukyu.Vocabulary.Patients;

/// <summary>
/// The twelve-digit personal number (個人番号) never enters: free text that holds a run of exactly twelve digits is refused or
/// masked. Ids and telephone numbers are parsed as their own types and never come here.
/// </summary>
/// <remarks>
/// Digits of every script count, also full-width and circled ones (compatibility form, NFKC). Spaces, tabs and hyphens of every
/// kind between two digits do not part them; anything else does, a line break too. The check digit is not looked at: one in ten
/// random numbers passes it, and a mistyped number is personal all the same.
/// </remarks>
public static class PersonalNumberRule
{
    private const int Digits = 12;
    private const char Mark = '*';

    public static bool Contains([NotNullWhen(true)] string? text) =>
        !string.IsNullOrEmpty(text) && FindRuns(text).Count > 0;

    /// <summary>The text with every digit of such a run replaced by an asterisk; the same text when there is none.</summary>
    public static string Mask(string text)
    {
        List<List<Digit>> runs = FindRuns(text);
        if (runs.Count == 0)
        {
            return text;
        }

        StringBuilder masked = new(text);
        foreach (Digit digit in runs.SelectMany(r => r))
        {
            // A digit outside the basic plane takes two places; both are covered.
            for (int i = 0; i < digit.Length; i++)
            {
                masked[digit.Start + i] = Mark;
            }
        }

        return masked.ToString();
    }

    private static List<List<Digit>> FindRuns(string text)
    {
        List<List<Digit>> runs = [];
        List<Digit> run = [];
        for (int at = 0; at < text.Length; )
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length);
            Read(rune, new Digit(at, length), run, runs);
            at += length;
        }

        Finish(run, runs);
        return runs;
    }

    /// <summary>One character of the text, in its compatibility form, may be several characters: ⑫ is 12.</summary>
    private static void Read(Rune rune, Digit place, List<Digit> run, List<List<Digit>> runs)
    {
        if (rune.IsAscii)
        {
            ReadOne(rune, place, run, runs);
            return;
        }

        foreach (Rune part in rune.ToString().Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            ReadOne(part, place, run, runs);
        }
    }

    private static void ReadOne(Rune rune, Digit place, List<Digit> run, List<List<Digit>> runs)
    {
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
        {
            run.Add(place);
        }
        else if (!IsBetweenDigits(rune))
        {
            Finish(run, runs);
        }
    }

    private static void Finish(List<Digit> run, List<List<Digit>> runs)
    {
        if (run.Count == Digits)
        {
            runs.Add([.. run]);
        }

        run.Clear();
    }

    /// <summary>Spaces, hyphens and dashes of every kind, the minus sign, the long-vowel mark typed in place of a hyphen, and marks that cannot be seen.</summary>
    private static bool IsBetweenDigits(Rune rune) =>
        rune.Value is '\t' or 0x2212 or 0x30FC
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.SpaceSeparator
                or UnicodeCategory.DashPunctuation
                or UnicodeCategory.Format;

    private readonly record struct Digit(int Start, int Length);
}
