using System.Numerics;
using System.Security.Cryptography;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>
/// Signatures over padded messages of any shape, made with the card's own key: what a lax reader of PKCS#1 v1.5 would let through.
/// The shapes are those of the forgeries published since 2006 (garbage behind the digest, short padding, parameters that hide
/// octets), which a forger makes without the key where the exponent is 3.
/// </summary>
internal static class RsaForgeries
{
    private const int Length = 256;

    /// <summary>SHA-256 with NULL parameters, and room for 32 octets of digest: RFC 8017 §9.2.</summary>
    private static readonly byte[] Sha256Info = Convert.FromHexString(
        "3031300D060960864801650304020105000420"
    );

    private static readonly RSAParameters Key = ((RSA)TestCards.Everyday.Key).ExportParameters(
        includePrivateParameters: true
    );

    private static readonly BigInteger N = Number(Key.Modulus!);
    private static readonly BigInteger D = Number(Key.D!);

    public static Func<byte[], byte[]> Right { get; } =
        signed => Sign(Padded([.. Sha256Info, .. SHA256.HashData(signed)]));

    /// <summary>Each with the name under which it stands in the table.</summary>
    public static IEnumerable<(string Name, Func<byte[], byte[]> Sign)> All()
    {
        foreach (int garbage in new[] { 1, 8, 100, 194 })
        {
            yield return (
                $"{garbage} octets of garbage behind the digest, padding shorter by them",
                m => Sign([.. Padded(Info(m), Length - garbage), .. Garbage(garbage)])
            );
        }

        yield return (
            "padding of one octet, the rest garbage behind the digest",
            m => Sign([0, 1, 0xff, 0, .. Info(m), .. Garbage(Length - 4 - 51)])
        );
        yield return (
            "no padding at all, garbage behind the digest",
            m => Sign([0, 1, 0, .. Info(m), .. Garbage(Length - 3 - 51)])
        );
        foreach (int hidden in new[] { 1, 9, 60 })
        {
            yield return (
                $"{hidden} octets hidden in the parameters of the algorithm",
                m => Sign(Padded(InfoWith(Null(hidden), SHA256.HashData(m))))
            );
        }

        yield return ("no NULL parameters", m => Sign(Padded(InfoWith([], SHA256.HashData(m)))));
        yield return (
            "an empty OCTET STRING in the place of NULL",
            m => Sign(Padded(InfoWith([4, 0], SHA256.HashData(m))))
        );
        yield return ("the digest alone", m => Sign(Padded(SHA256.HashData(m))));
        yield return ("the digest cut by one", m => Sign(Padded(Shortened(m))));
        yield return (
            "the octets themselves in the place of the digest",
            m => Sign(Padded([.. Sha256Info, .. m[..32]]))
        );
        foreach (
            (string name, string oid) in new[]
            {
                ("SHA-1", "06052B0E03021A"),
                ("SHA-224", "0609608648016503040204"),
                ("SHA-384", "0609608648016503040202"),
                ("SHA-512", "0609608648016503040203"),
                ("SHA3-256", "0609608648016503040208"),
                ("nobody", "0609608648016503040263"),
            }
        )
        {
            yield return (
                $"a SHA-256 digest under the algorithm id of {name}",
                m =>
                    Sign(
                        Padded(
                            Der(
                                0x30,
                                [
                                    .. Der(0x30, [.. Convert.FromHexString(oid), 5, 0]),
                                    .. Der(4, SHA256.HashData(m)),
                                ]
                            )
                        )
                    )
            );
        }

        yield return (
            "BER: a long form of the outer length",
            m => Sign(Padded([0x30, 0x81, .. Info(m)[1..]]))
        );
        yield return (
            "BER: a long form of the digest's length",
            m => Sign(Padded(Der(0x30, [.. Sha256Info[2..17], 4, 0x81, 32, .. SHA256.HashData(m)])))
        );
        yield return (
            "BER: an indefinite length",
            m => Sign(Padded([0x30, 0x80, .. Info(m)[2..], 0, 0]))
        );
        yield return (
            "BER: the digest in two pieces",
            m =>
            {
                byte[] digest = SHA256.HashData(m);
                return Sign(
                    Padded(
                        Der(
                            0x30,
                            [
                                .. Sha256Info[2..17],
                                .. Der(0x24, [.. Der(4, digest[..16]), .. Der(4, digest[16..])]),
                            ]
                        )
                    )
                );
            }
        );
        yield return (
            "something more behind the digest, inside",
            m => Sign(Padded(Der(0x30, [.. Info(m)[2..], 5, 0])))
        );
        yield return (
            "something more behind the digest, outside",
            m => Sign(Padded([.. Info(m), 5, 0]))
        );
        foreach (byte type in new byte[] { 0, 2, 3, 0xff })
        {
            yield return ($"block type {type:x2}", m => Sign(Changed(m, 1, type)));
        }

        yield return ("a first octet of 01", m => SignAny(Changed(m, 0, 1)));
        foreach (int at in new[] { 2, 3, 9, 100, 203 })
        {
            yield return ($"fe in the padding at {at}", m => Sign(Changed(m, at, 0xfe)));
            yield return ($"a zero in the padding at {at}", m => Sign(Changed(m, at, 0)));
        }

        yield return (
            "no separator before the digest",
            m => Sign(Changed(m, Length - 51 - 1, 0xff))
        );
        foreach (int at in new[] { 0, 1, 15, 30, 31 })
        {
            yield return (
                $"a digest with a wrong octet at {at}",
                m =>
                {
                    byte[] padded = Padded(Info(m));
                    padded[Length - 32 + at] ^= 1;
                    return Sign(padded);
                }
            );
        }

        yield return ("padding without key: the padded message as it is", m => Padded(Info(m)));
        yield return ("the signature lengthened by the modulus", m => Octets(Number(Right(m)) + N));
        yield return ("the modulus less the signature", m => Octets(N - Number(Right(m))));
        yield return ("the modulus itself", _ => Octets(N));
        yield return ("the modulus less one", _ => Octets(N - 1));
        yield return ("the number one", _ => Octets(BigInteger.One));
        yield return ("the octets of the signature backwards", m => [.. Right(m).Reverse()]);
    }

    private static byte[] Info(byte[] signed) => [.. Sha256Info, .. SHA256.HashData(signed)];

    private static byte[] Shortened(byte[] signed) =>
        Der(0x30, [.. Sha256Info[2..17], .. Der(4, SHA256.HashData(signed)[..31])]);

    private static byte[] InfoWith(byte[] parameters, byte[] digest) =>
        Der(0x30, [.. Der(0x30, [.. Sha256Info[4..15], .. parameters]), .. Der(4, digest)]);

    private static byte[] Null(int hidden) => Der(5, Garbage(hidden));

    /// <summary>Tag, length in short form (or the one-octet long form), value.</summary>
    private static byte[] Der(byte tag, byte[] value) =>
        value.Length < 128
            ? [tag, (byte)value.Length, .. value]
            : [tag, 0x81, (byte)value.Length, .. value];

    private static byte[] Padded(byte[] info, int length = Length) =>
        [0, 1, .. Enumerable.Repeat((byte)0xff, length - 3 - info.Length), 0, .. info];

    private static byte[] Changed(byte[] signed, int at, byte to)
    {
        byte[] padded = Padded(Info(signed));
        padded[at] = to;
        return padded;
    }

    private static byte[] Garbage(int length) =>
        [.. Enumerable.Range(0, length).Select(i => (byte)(0x5a ^ i))];

    private static byte[] Sign(byte[] padded)
    {
        Assert.Equal(Length, padded.Length);
        return SignAny(padded);
    }

    private static byte[] SignAny(byte[] padded) =>
        Octets(BigInteger.ModPow(Number(padded) % N, D, N));

    private static BigInteger Number(byte[] octets) =>
        new(octets, isUnsigned: true, isBigEndian: true);

    /// <summary>At least as long as the modulus; longer where the number is.</summary>
    private static byte[] Octets(BigInteger number)
    {
        byte[] octets = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Math.Max(0, Length - octets.Length)], .. octets];
    }
}
