using System.Security.Cryptography;
using System.Text;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Grants;

/// <summary>A department's key for patient references. Never written to the journal.</summary>
public sealed class PatientRefKey
{
    /// <summary>256 bits, the output size of the HMAC that it drives.</summary>
    public const int LeastBytes = 32;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly byte[] _key;

    /// <exception cref="ArgumentException">Shorter than <see cref="LeastBytes"/>.</exception>
    public PatientRefKey(ReadOnlySpan<byte> key)
    {
        if (key.Length < LeastBytes)
        {
            throw new ArgumentException(
                $"A patient reference key has at least {LeastBytes} bytes.",
                nameof(key)
            );
        }

        _key = key.ToArray();
    }

    public override string ToString() => "(withheld)";

    internal PatientRef RefOf(ReadOnlySpan<byte> issuerAndSerial) =>
        new(Base32(HMACSHA256.HashData(_key, issuerAndSerial)));

    /// <summary>RFC 4648 base 32 in lower case without padding: 52 letters and digits for 32 bytes, which fits an id.</summary>
    private static string Base32(ReadOnlySpan<byte> bytes)
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
