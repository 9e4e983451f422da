using System.Globalization;
using System.Text;

namespace Grpc.Net.Wire;

/// <summary><c>grpc-message</c>: UTF-8, with everything but printable ASCII, and the percent sign, as <c>%XX</c>.</summary>
internal static class StatusText
{
    public static string Encode(string text)
    {
        if (
            !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && !text.Contains('%', StringComparison.Ordinal)
        )
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length * 3);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (value is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                encoded.Append((char)value);
            }
            else
            {
                encoded.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    /// <summary>Never fails: what is not an escape stays as it is, as the specification asks.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        var source = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < source.Length; i++)
        {
            if (
                source[i] == '%'
                && i + 2 < source.Length
                && char.IsAsciiHexDigit((char)source[i + 1])
                && char.IsAsciiHexDigit((char)source[i + 2])
            )
            {
                bytes.Add((byte)((Nibble(source[i + 1]) << 4) | Nibble(source[i + 2])));
                i += 2;
            }
            else
            {
                bytes.Add(source[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static int Nibble(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
