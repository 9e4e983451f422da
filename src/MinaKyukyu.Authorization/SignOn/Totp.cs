using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace MinaKyukyu.Authorization.SignOn;

/// <summary>Time-based one-time passwords as RFC 6238 defines them and authenticators speak them: HMAC-SHA-1, 30 s, six digits.</summary>
public static class Totp
{
    /// <summary>160 bits, the output of the hash (RFC 4226 §4, R6).</summary>
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;
    private const int Digits = 6;

    /// <summary>Which half minute it is since 1970.</summary>
    public static long StepAt(DateTimeOffset moment) =>
        Math.DivRem(moment.ToUnixTimeSeconds(), StepSeconds).Quotient;

    /// <summary>The step that this code belongs to, among the present one and its neighbours; null when none (RFC 6238 §5.2).</summary>
    internal static long? FindStep(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        long present = StepAt(now);
        long? found = null;
        for (long step = present - 1; step <= present + 1; step++)
        {
            if (
                CryptographicOperations.FixedTimeEquals(
                    System.Text.Encoding.ASCII.GetBytes(CodeOf(secret, step)),
                    System.Text.Encoding.UTF8.GetBytes(code)
                )
            )
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>The six digits of a step.</summary>
    [SuppressMessage(
        "Security",
        "CA5350",
        Justification = "RFC 6238 as authenticators implement it; HMAC-SHA-1 is not broken as a MAC."
    )]
    public static string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, mac);
        // RFC 4226 §5.3, dynamic truncation.
        int offset = mac[^1] & 0xf;
        int number = BinaryPrimitives.ReadInt32BigEndian(mac[offset..]) & 0x7fff_ffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture)[^Digits..];
    }
}
