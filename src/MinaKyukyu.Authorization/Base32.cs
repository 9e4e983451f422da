using System.Text;

namespace MinaKyukyu.Authorization;

/// <summary>RFC 4648 base 32 in lower case without padding: 52 letters and digits for 32 bytes, which fits an id.</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Write(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new((bytes.Length * 8 / 5) + 1);
        int held = 0;
        int bits = 0;
        foreach (byte b in bytes)
        {
            held = ((held << 8) | b) & 0xfff;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(held >> (bits - 5)) & 31]);
            }
        }

        if (bits > 0)
        {
            text.Append(Alphabet[(held << (5 - bits)) & 31]);
        }

        return text.ToString();
    }
}
