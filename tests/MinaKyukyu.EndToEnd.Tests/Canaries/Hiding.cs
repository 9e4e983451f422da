using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <summary>Writes a canary as a program that leaks would, with the framework's own encoders and never with the scanner's patterns.</summary>
internal static class Hiding
{
    /// <summary>Whether it makes sense for this canary: bytes have no letters, and not every text has digits.</summary>
    public static bool Applies(Canary canary, CanaryEncoding encoding) =>
        canary.Text is not null
        || encoding
            is CanaryEncoding.Utf8
                or CanaryEncoding.Base64
                or CanaryEncoding.HexLower
                or CanaryEncoding.HexUpper
                or CanaryEncoding.Url
                or CanaryEncoding.Compressed
                or CanaryEncoding.Reversed;

    public static byte[] Write(Canary canary, CanaryEncoding encoding, Random random)
    {
        byte[] bytes = canary.Bytes;
        string text = canary.Text ?? "";
        return encoding switch
        {
            CanaryEncoding.Utf8 => bytes,
            CanaryEncoding.Utf16LittleEndian => Encoding.Unicode.GetBytes(text),
            CanaryEncoding.Utf16BigEndian => Encoding.BigEndianUnicode.GetBytes(text),
            CanaryEncoding.Base64 => Ascii(Convert.ToBase64String(Among(bytes, random))),
            CanaryEncoding.HexLower => Ascii(Convert.ToHexStringLower(bytes)),
            CanaryEncoding.HexUpper => Ascii(Convert.ToHexString(bytes)),
            CanaryEncoding.Url => Ascii(
                canary.Text is null
                    ? string.Concat(
                        bytes.Select(b => string.Create(CultureInfo.InvariantCulture, $"%{b:X2}"))
                    )
                    : Uri.EscapeDataString(text)
            ),
            CanaryEncoding.Escaped => Ascii(
                random.Next(2) == 0
                    ? JsonSerializer.Serialize(text)
                    : System.Text.Encodings.Web.HtmlEncoder.Default.Encode(text)
            ),
            CanaryEncoding.Compressed => Compress(Among(bytes, random), random.Next(3)),
            CanaryEncoding.Reversed => canary.Text is null || random.Next(2) == 0
                ? [.. bytes.Reverse()]
                : Encoding.UTF8.GetBytes([.. text.Reverse()]),
            CanaryEncoding.KanaWidth => Encoding.UTF8.GetBytes(
                // Digits alone have one other width only.
                (text.All(char.IsAscii) ? 0 : random.Next(3)) switch
                {
                    0 => KanaForms.FullWidth(text),
                    1 => KanaForms.FullWidth(KanaForms.HalfWidth(text)),
                    _ => KanaForms.HalfWidth(text),
                }
            ),
            CanaryEncoding.DigitsApart => Encoding.UTF8.GetBytes(
                InFours(text, random.Next(2) == 0 ? ' ' : '-')
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
        };
    }

    private static byte[] Among(byte[] bytes, Random random)
    {
        byte[] before = new byte[random.Next(12)];
        random.NextBytes(before);
        byte[] after = new byte[random.Next(12)];
        random.NextBytes(after);
        return [.. before, .. bytes, .. after];
    }

    private static byte[] Compress(byte[] bytes, int how)
    {
        using var compressed = new MemoryStream();
        using (
            Stream stream = how switch
            {
                0 => new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true),
                1 => new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
                _ => new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true),
            }
        )
        {
            stream.Write(bytes);
        }

        return compressed.ToArray();
    }

    private static string InFours(string text, char between)
    {
        var written = new StringBuilder();
        int digits = 0;
        foreach (char c in text.Where(c => c != '-'))
        {
            if (char.IsAsciiDigit(c))
            {
                if (digits > 0 && digits % 4 == 0)
                {
                    written.Append(between);
                }

                digits++;
            }

            written.Append(c);
        }

        return written.ToString();
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
