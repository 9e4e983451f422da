using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>What the card signs: today's RSA-2048 and the next card's ECDSA P-384.</summary>
internal static class SignatureRows
{
    private const int Flips = 64;

    private static readonly SoftwareCard Next = TestCards.Make(
        TestCards.Usual with
        {
            Key = CardKey.EcdsaP384,
        }
    );

    private static readonly RSA Rsa = (RSA)TestCards.Everyday.Key;
    private static readonly ECDsa Ecdsa = (ECDsa)Next.Key;

    /// <summary>Order of the group of P-384: FIPS 186-4, D.1.2.4.</summary>
    private static readonly byte[] Order = Convert.FromHexString(
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973"
    );

    public static IEnumerable<NegativeRow> All(int seed) =>
        [.. RsaFlips(seed), .. RsaForms(), .. RsaPadding(), .. OtherOctets(), .. EcdsaAll(seed)];

    private static IEnumerable<NegativeRow> RsaFlips(int seed)
    {
        Random chance = new(seed);
        int[] bits =
        [
            .. Enumerable.Range(0, 8),
            .. Enumerable.Range(2040, 8),
            .. Enumerable.Range(0, 2040).OrderBy(_ => chance.Next()).Where(b => b >= 8).Take(Flips),
        ];
        return bits.Select(bit =>
            Pin(Check.CardSigned, $"RSA signature, bit {bit} flipped", m => Flip(Sign(m), bit))
        );
    }

    private static IEnumerable<NegativeRow> RsaForms()
    {
        foreach (
            HashAlgorithmName digest in new[]
            {
                HashAlgorithmName.MD5,
                HashAlgorithmName.SHA1,
                HashAlgorithmName.SHA384,
                HashAlgorithmName.SHA512,
            }
        )
        {
            yield return Pin(
                Check.DigestIsSha256,
                $"RSA signature over {digest.Name}",
                m => Rsa.SignData(m, digest, RSASignaturePadding.Pkcs1)
            );
        }

        foreach (
            HashAlgorithmName digest in new[]
            {
                HashAlgorithmName.SHA256,
                HashAlgorithmName.SHA384,
                HashAlgorithmName.SHA512,
            }
        )
        {
            yield return Pin(
                Check.PaddingIsWhole,
                $"RSA signature with PSS and {digest.Name}",
                m => Rsa.SignData(m, digest, RSASignaturePadding.Pss)
            );
        }

        yield return Pin(
            Check.CardSigned,
            "RSA signature of a second person's card",
            m =>
                ((RSA)TestCards.SecondPerson.Key).SignData(
                    m,
                    HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pkcs1
                )
        );
        yield return Pin(
            Check.CardSigned,
            "ECDSA signature of the next card under today's certificate",
            m => Ecdsa.SignData(m, HashAlgorithmName.SHA384)
        );
        foreach (int length in new[] { 0, 1, 32, 128, 254, 255 })
        {
            yield return Pin(
                Check.CardSigned,
                $"RSA signature cut to {length} octets",
                m => Sign(m)[..length]
            );
        }

        yield return Pin(Check.CardSigned, "RSA signature and a zero behind", m => [.. Sign(m), 0]);
        yield return Pin(Check.CardSigned, "RSA signature and a zero before", m => [0, .. Sign(m)]);
        yield return Pin(Check.CardSigned, "RSA signature twice", m => [.. Sign(m), .. Sign(m)]);
        yield return Pin(
            Check.CardSigned,
            "RSA signature as an OCTET STRING",
            m => [4, 0x82, 1, 0, .. Sign(m)]
        );
        yield return Pin(
            Check.CardSigned,
            "RSA signature as hexadecimal text",
            m => System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(Sign(m)))
        );
        yield return Pin(
            Check.CardSigned,
            "RSA signature as base64 text",
            m => System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(Sign(m)))
        );
        foreach (byte all in new byte[] { 0, 1, 0x7f, 0xff })
        {
            yield return Pin(
                Check.CardSigned,
                $"256 octets of {all:x2}",
                _ => [.. Enumerable.Repeat(all, 256)]
            );
        }

        yield return Pin(Check.CardSigned, "10,000 octets of zero", _ => new byte[10_000]);
    }

    private static IEnumerable<NegativeRow> RsaPadding() =>
        RsaForgeries
            .All()
            .Select(f => new NegativeRow(
                Check.PaddingIsWhole,
                "RSA padding: " + f.Name,
                RefusalReason.SignatureInvalid,
                With(TestCards.Everyday, f.Sign),
                With(TestCards.Everyday, RsaForgeries.Right)
            ));

    /// <summary>A right signature, but over other octets than those of this challenge.</summary>
    private static IEnumerable<NegativeRow> OtherOctets()
    {
        string[] fields =
        [
            "domain",
            "purpose",
            "challenge id",
            "department",
            "incident",
            "patient",
            "unit",
            "crew",
            "device",
            "device key",
            "start of the node",
            "issue time",
            "expiry time",
            "nonce",
        ];
        for (int i = 0; i < fields.Length; i++)
        {
            int at = i;
            yield return Pin(
                Check.SignedThisChallenge,
                $"signed over a challenge with another {fields[at]}",
                m => Sign(WithField(m, at, f => [(byte)(f[0] ^ 1), .. f[1..]]))
            );
            yield return Pin(
                Check.SignedThisChallenge,
                $"signed over a challenge without {fields[at]}",
                m => Sign(WithField(m, at, _ => []))
            );
        }

        (string Name, Func<byte[], byte[]> Change)[] others =
        [
            ("nothing", _ => []),
            ("the digest of the challenge", SHA256.HashData),
            ("the nonce alone", m => m[^32..]),
            ("the challenge and a zero", m => [.. m, 0]),
            ("the challenge less its first octet", m => m[1..]),
            ("the challenge less its last octet", m => m[..^1]),
            ("the challenge twice", m => [.. m, .. m]),
            ("the challenge in upper case", m => [.. m.Select(Upper)]),
            (
                "a challenge of a verifier's assertion",
                _ => "MINA-KYUKYU/VERIFIER-ASSERTION/1"u8.ToArray()
            ),
        ];
        foreach ((string name, Func<byte[], byte[]> change) in others)
        {
            yield return Pin(
                Check.SignedThisChallenge,
                $"signed over {name}",
                m => Sign(change(m))
            );
        }

        static byte Upper(byte b) => b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b;
    }

    private static IEnumerable<NegativeRow> EcdsaAll(int seed)
    {
        Random chance = new(seed);
        foreach (int bit in Enumerable.Range(0, 768).OrderBy(_ => chance.Next()).Take(32))
        {
            yield return Ec(
                Check.CardSigned,
                $"ECDSA signature, bit {bit} flipped",
                m => Flip(SignEc(m), bit)
            );
        }

        byte[] zero = new byte[48];
        byte[] beyond = Beyond(1);
        (string Name, Func<byte[], byte[], byte[]> Of)[] scalars =
        [
            ("r = 0", (_, s) => [.. zero, .. s]),
            ("s = 0", (r, _) => [.. r, .. zero]),
            ("r = s = 0", (_, _) => [.. zero, .. zero]),
            ("r = n", (_, s) => [.. Order, .. s]),
            ("s = n", (r, _) => [.. r, .. Order]),
            ("r = n + 1", (_, s) => [.. beyond, .. s]),
            ("s = n + 1", (r, _) => [.. r, .. beyond]),
            ("r = s = n", (_, _) => [.. Order, .. Order]),
            ("r all ff", (_, s) => [.. Enumerable.Repeat((byte)0xff, 48), .. s]),
            ("s all ff", (r, _) => [.. r, .. Enumerable.Repeat((byte)0xff, 48)]),
            ("r = s = 1", (_, _) => [.. One(), .. One()]),
            ("r and s swapped", (r, s) => [.. s, .. r]),
            ("r twice", (r, _) => [.. r, .. r]),
            ("r alone", (r, _) => r),
            ("r negated", (r, s) => [.. Negated(r), .. s]),
        ];
        foreach ((string name, Func<byte[], byte[], byte[]> of) in scalars)
        {
            yield return Ec(
                Check.ScalarsInRange,
                $"ECDSA: {name}",
                m =>
                {
                    byte[] signature = SignEc(m);
                    return of(signature[..48], signature[48..]);
                }
            );
        }

        yield return Ec(
            Check.EncodingIsFixed,
            "ECDSA: DER in the place of r and s",
            m => Ecdsa.SignData(m, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence)
        );
        yield return Ec(Check.EncodingIsFixed, "ECDSA: a zero behind", m => [.. SignEc(m), 0]);
        yield return Ec(Check.EncodingIsFixed, "ECDSA: a zero before", m => [0, .. SignEc(m)]);
        yield return Ec(
            Check.EncodingIsFixed,
            "ECDSA: r and s of 49 octets",
            m => [0, .. SignEc(m)[..48], 0, .. SignEc(m)[48..]]
        );
        foreach (int length in new[] { 0, 1, 48, 64, 95 })
        {
            yield return Ec(
                Check.EncodingIsFixed,
                $"ECDSA: cut to {length} octets",
                m => SignEc(m)[..length]
            );
        }

        foreach (
            HashAlgorithmName digest in new[]
            {
                HashAlgorithmName.SHA1,
                HashAlgorithmName.SHA256,
                HashAlgorithmName.SHA512,
            }
        )
        {
            yield return Ec(
                Check.DigestIsSha256,
                $"ECDSA over {digest.Name} in the place of SHA-384",
                m => Ecdsa.SignData(m, digest)
            );
        }

        yield return Ec(
            Check.CardSigned,
            "ECDSA: the card's key of presence",
            m => Next.PresenceKey.SignData(m, HashAlgorithmName.SHA384)
        );
        yield return Ec(Check.CardSigned, "ECDSA: an RSA signature of today's card", Sign);
    }

    private static NegativeRow Pin(Check check, string name, Func<byte[], byte[]> sign) =>
        new(
            check,
            name,
            RefusalReason.SignatureInvalid,
            With(TestCards.Everyday, sign),
            With(TestCards.Everyday, Sign)
        );

    private static NegativeRow Ec(Check check, string name, Func<byte[], byte[]> sign) =>
        new(check, name, RefusalReason.SignatureInvalid, With(Next, sign), With(Next, SignEc));

    private static Attempt With(SoftwareCard card, Func<byte[], byte[]> sign) =>
        new()
        {
            Evidence = (_, check) =>
                new CardEvidence.PinChallenge(
                    card.Certificate,
                    sign(check.Challenge.SignedOctets.ToArray())
                ),
        };

    private static byte[] Sign(byte[] octets) =>
        Rsa.SignData(octets, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static byte[] SignEc(byte[] octets) => Ecdsa.SignData(octets, HashAlgorithmName.SHA384);

    private static byte[] Flip(byte[] octets, int bit)
    {
        octets[bit / 8] ^= (byte)(0x80 >> (bit % 8));
        return octets;
    }

    private static byte[] WithField(byte[] octets, int wanted, Func<byte[], byte[]> change)
    {
        List<byte> changed = [];
        ReadOnlySpan<byte> rest = octets;
        for (int at = 0; !rest.IsEmpty; at++)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(rest);
            byte[] field = rest.Slice(4, length).ToArray();
            if (at == wanted)
            {
                field = change(field);
            }

            byte[] size = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(size, field.Length);
            changed.AddRange(size);
            changed.AddRange(field);
            rest = rest[(4 + length)..];
        }

        return [.. changed];
    }

    private static byte[] One() => [.. new byte[47], 1];

    private static byte[] Beyond(int by) =>
        (new BigInteger(Order, isUnsigned: true, isBigEndian: true) + by).ToByteArray(
            isUnsigned: true,
            isBigEndian: true
        );

    private static byte[] Negated(byte[] scalar)
    {
        byte[] octets = (
            new BigInteger(Order, isUnsigned: true, isBigEndian: true)
            - new BigInteger(scalar, isUnsigned: true, isBigEndian: true)
        ).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[48 - octets.Length], .. octets];
    }
}
