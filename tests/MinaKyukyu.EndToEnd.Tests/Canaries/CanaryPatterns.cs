using System.Globalization;
using System.Text;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <param name="IsWhole">Short digits count only where no letter or digit stands beside them: hashes are full of short digits.</param>
internal readonly record struct CanaryPattern(
    Canary Canary,
    CanaryEncoding Encoding,
    byte[] Bytes,
    bool IsWhole
);

/// <summary>Every row of bytes by which a canary gives itself away.</summary>
internal static class CanaryPatterns
{
    /// <summary>Runs of fewer digits than this occur in hashes and times by chance.</summary>
    private const int DigitsThatProve = 12;

    private static readonly string[] Between = [" ", "-", ".", "/", "　"];

    private static readonly int[][] Groups =
    [
        [1],
        [2],
        [3],
        [4],
        [3, 4, 4],
        [4, 2, 2],
    ];

    private static readonly UnicodeEncoding LittleEndian = new(
        bigEndian: false,
        byteOrderMark: false
    );
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: false);

    public static IEnumerable<CanaryPattern> Of(Canary canary) =>
        Written(canary)
            .Where(w => w.Bytes.Length >= CanaryScanner.ShortestPattern)
            .DistinctBy(w => Convert.ToHexString(w.Bytes))
            .Select(w => new CanaryPattern(canary, w.Encoding, w.Bytes, IsWhole(w.Bytes)));

    private static IEnumerable<(CanaryEncoding Encoding, byte[] Bytes)> Written(Canary canary)
    {
        IEnumerable<(CanaryEncoding, byte[])> octets = Octets(canary.Bytes);
        return canary.Text is { } text ? [.. octets, .. Letters(text)] : octets;
    }

    /// <summary>What can be done to any bytes.</summary>
    private static IEnumerable<(CanaryEncoding, byte[])> Octets(byte[] bytes)
    {
        yield return (CanaryEncoding.Utf8, bytes);
        string lower = Convert.ToHexStringLower(bytes);
        yield return (CanaryEncoding.HexLower, Ascii(lower));
        yield return (CanaryEncoding.HexUpper, Ascii(Convert.ToHexString(bytes)));
        yield return (CanaryEncoding.HexLower, LittleEndian.GetBytes(lower));
        yield return (CanaryEncoding.Reversed, [.. bytes.Reverse()]);
        for (int offset = 0; offset < 3; offset++)
        {
            string base64 = Base64At(bytes, offset);
            yield return (CanaryEncoding.Base64, Ascii(base64));
            yield return (CanaryEncoding.Base64, Ascii(base64.Replace('+', '-').Replace('/', '_')));
        }

        foreach (string format in new[] { "X2", "x2" })
        {
            // Redis' MONITOR and most debuggers write what is not ASCII so.
            yield return (
                CanaryEncoding.Escaped,
                Ascii(Escaped(bytes, @"\x", format, isAll: true))
            );
            yield return (
                CanaryEncoding.Escaped,
                Ascii(Escaped(bytes, @"\x", format, isAll: false))
            );
            yield return (CanaryEncoding.Url, Ascii(Escaped(bytes, "%", format, isAll: true)));
            yield return (CanaryEncoding.Url, Ascii(Escaped(bytes, "%", format, isAll: false)));
        }
    }

    private static IEnumerable<(CanaryEncoding, byte[])> Letters(string text)
    {
        yield return (CanaryEncoding.Utf16LittleEndian, LittleEndian.GetBytes(text));
        yield return (CanaryEncoding.Utf16BigEndian, BigEndian.GetBytes(text));
        string reversed = new([.. text.Reverse()]);
        yield return (CanaryEncoding.Reversed, Encoding.UTF8.GetBytes(reversed));
        foreach (string escaped in Escapes(text))
        {
            yield return (CanaryEncoding.Escaped, Ascii(escaped));
        }

        foreach (string wide in Widths(text))
        {
            yield return (CanaryEncoding.KanaWidth, Encoding.UTF8.GetBytes(wide));
            yield return (CanaryEncoding.KanaWidth, LittleEndian.GetBytes(wide));
        }

        foreach (string apart in Apart(text))
        {
            yield return (CanaryEncoding.DigitsApart, Encoding.UTF8.GetBytes(apart));
            yield return (CanaryEncoding.DigitsApart, LittleEndian.GetBytes(apart));
        }
    }

    /// <summary>The letters of base64 that these bytes alone decide, when they begin at this place of a group of three.</summary>
    private static string Base64At(byte[] bytes, int offset)
    {
        string whole = Convert.ToBase64String([.. new byte[offset], .. bytes, 0, 0]);
        int first = ((8 * offset) + 5) / 6;
        int end = 8 * (offset + bytes.Length) / 6;
        return whole[first..end];
    }

    private static string Escaped(byte[] bytes, string before, string format, bool isAll) =>
        string.Concat(
            bytes.Select(b =>
                !isAll && (char.IsAsciiLetterOrDigit((char)b) || b == '-')
                    ? ((char)b).ToString()
                    : before + b.ToString(format, CultureInfo.InvariantCulture)
            )
        );

    private static IEnumerable<string> Escapes(string text)
    {
        foreach (bool isAll in new[] { true, false })
        {
            yield return Each(text, isAll, c => Hex(@"\u", c, "x4", ""));
            yield return Each(text, isAll, c => Hex(@"\u", c, "X4", ""));
            yield return Each(text, isAll, c => Hex("&#x", c, "X", ";"));
            yield return Each(text, isAll, c => Hex("&#x", c, "x", ";"));
            yield return Each(text, isAll, c => Hex("&#", c, "D", ";"));
        }
    }

    private static string Hex(string before, char letter, string format, string after) =>
        before + ((int)letter).ToString(format, CultureInfo.InvariantCulture) + after;

    private static string Each(string text, bool isAll, Func<char, string> write) =>
        string.Concat(text.Select(c => isAll || !char.IsAscii(c) ? write(c) : c.ToString()));

    private static IEnumerable<string> Widths(string text)
    {
        string half = KanaForms.HalfWidth(text);
        yield return half;
        yield return KanaForms.FullWidth(text);
        yield return KanaForms.FullWidth(half);
    }

    /// <summary>The last run of digits, hyphens left out, written in every usual way.</summary>
    private static IEnumerable<string> Apart(string text)
    {
        int letters = text.TakeWhile(c => !char.IsAsciiDigit(c)).Count();
        string before = text[..letters];
        string digits = text[letters..].Replace("-", "", StringComparison.Ordinal);
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
        {
            yield break;
        }

        yield return before + digits;
        foreach (int[] sizes in Groups)
        {
            foreach (string between in Between)
            {
                yield return before + string.Join(between, InGroups(digits, sizes));
            }
        }
    }

    private static IEnumerable<string> InGroups(string digits, int[] sizes)
    {
        int n = 0;
        for (int at = 0; at < digits.Length; n++)
        {
            int size = Math.Min(sizes[Math.Min(n, sizes.Length - 1)], digits.Length - at);
            yield return digits.Substring(at, size);
            at += size;
        }
    }

    private static bool IsWhole(byte[] bytes) =>
        bytes.Length < DigitsThatProve && bytes.All(b => char.IsAsciiDigit((char)b));

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
