using System.Diagnostics.CodeAnalysis;

namespace MinaKyukyu.Vocabulary.Ids;

/// <summary>What every id of this house has in common: how it may be spelt.</summary>
/// <remarks>
/// 1 to 64 ASCII letters, digits, '-', '_', '.' or ':'. An id is parsed as its own type before any text rule sees it, so that a
/// random id which happens to hold twelve digits in a row is never mistaken for a person's number.
/// </remarks>
public static class Identifier
{
    public const int MaxLength = 64;

    public static bool IsWellFormed([NotNullWhen(true)] string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':'))
            {
                return false;
            }
        }

        return true;
    }

    internal static string Require(string? text, string kind) =>
        IsWellFormed(text)
            ? text
            : throw new ArgumentException(
                $"A {kind} is 1 to {MaxLength} letters, digits, '-', '_', '.' or ':'.",
                kind
            );
}
