using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>
/// Lines of a file that may break off anywhere: each carries a check sum before its text. A last line that is not whole was never
/// acted on, because acting waits for the disk; it is dropped.
/// </summary>
internal static class RecordLines
{
    /// <summary>Eight hex digits: enough to tell a torn line; nobody is kept from changing the file on purpose by it.</summary>
    private const int SumLength = 8;

    public static byte[] Write(string text) => Encoding.UTF8.GetBytes($"{SumOf(text)} {text}\n");

    public static ReadResult Read(ReadOnlySpan<byte> file)
    {
        List<string> texts = [];
        int unreadable = 0;
        int start = 0;
        while (start < file.Length)
        {
            int end = file[start..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return new(texts, start, unreadable, IsTorn: true);
            }

            string line = Encoding.UTF8.GetString(file.Slice(start, end));
            if (TextOf(line) is { } text)
            {
                texts.Add(text);
            }
            else
            {
                unreadable++;
            }

            start += end + 1;
        }

        return new(texts, start, unreadable, IsTorn: false);
    }

    private static string? TextOf(string line) =>
        line.Length > SumLength
        && line[SumLength] == ' '
        && string.Equals(
            line[..SumLength],
            SumOf(line[(SumLength + 1)..]),
            StringComparison.Ordinal
        )
            ? line[(SumLength + 1)..]
            : null;

    private static string SumOf(string text) =>
        Convert
            .ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..SumLength]
            .ToLower(CultureInfo.InvariantCulture);

    /// <param name="WholeLength">Where the last whole line ends.</param>
    /// <param name="Unreadable">Whole lines whose sum does not fit: damage of the disk, not a torn write.</param>
    internal sealed record ReadResult(
        IReadOnlyList<string> Texts,
        long WholeLength,
        int Unreadable,
        bool IsTorn
    );
}
