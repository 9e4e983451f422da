using System.Text;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.EmergencyReads;

/// <summary>What an officer writes when closing an emergency read: why the finding is what it is, and nothing of the record.</summary>
internal static class ClosingNote
{
    /// <summary>500 letters: a few sentences. Whoever needs more writes a report elsewhere and names it here.</summary>
    public const int Longest = 500;

    /// <summary>The text as it is kept (compatibility form NFKC, no blanks around it), or why it is not taken.</summary>
    public static (string Note, EmergencyRefusal? Why) Read(string text)
    {
        string note = Whole(text).Normalize(NormalizationForm.FormKC).Trim();
        EmergencyRefusal? why =
            note.Length is 0 or > Longest || note.Any(IsForbidden) ? EmergencyRefusal.NoteMalformed
            : PersonalNumberRule.Contains(note) ? EmergencyRefusal.PersonalNumber
            : null;
        return (note, why);
    }

    /// <summary>Half a character, as a broken form may send it, has no compatibility form; it becomes the mark for that.</summary>
    private static string Whole(string text)
    {
        StringBuilder whole = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return whole.ToString();
    }

    private static bool IsForbidden(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');
}
