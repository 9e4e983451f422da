using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>What a special verifier asserts: made here with a verifier's key, so that each field can be wrong under a right signature.</summary>
internal static class AssertionRows
{
    private const string Number = "SIMULATED-0002";

    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa Stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static readonly TrustedVerifier Ours = TrustedVerifier.FromPem(
        Key.ExportSubjectPublicKeyInfoPem(),
        Number
    );

    private static readonly Attempt Good = From(b => b);

    public static IEnumerable<NegativeRow> All(int seed) =>
        [.. Fields(), .. Moments(), .. Registration(), .. Framing(), .. Signatures(seed)];

    private static IEnumerable<NegativeRow> Fields()
    {
        (Check Check, string Name)[] fields =
        [
            (Check.AssertionDomain, "domain"),
            (Check.AssertionSaysSimulated, "word simulated"),
            (Check.AssertionApproval, "approval"),
            (Check.AssertionKey, "key id"),
            (Check.AssertionChallenge, "challenge"),
            (Check.AssertionHolder, "holder"),
            (Check.AssertionCertificate, "certificate"),
        ];
        for (int i = 0; i < fields.Length; i++)
        {
            int at = i;
            (Check check, string name) = fields[i];
            yield return Row(check, $"{name} lengthened", Set(at, f => [.. f, (byte)'0']));
            yield return Row(check, $"{name} cut by one", Set(at, f => f[..^1]));
            yield return Row(check, $"{name} empty", Set(at, _ => []));
            yield return Row(check, $"{name} with one bit flipped", Set(at, Flipped));
            yield return Row(check, $"{name} of zeros", Set(at, f => new byte[f.Length]));
        }

        yield return Row(
            Check.AssertionSaysSimulated,
            "says that it is not simulated",
            Set(1, _ => "simulated=false"u8.ToArray())
        );
        yield return Row(
            Check.AssertionChallenge,
            "about another challenge of the same crew",
            Set(4, _ => SHA256.HashData("another challenge"u8))
        );
        using X509Certificate2 second = X509CertificateLoader.LoadCertificate(
            TestCards.SecondPerson.Certificate
        );
        byte[] holder = Convert.FromHexString(SoftwareCard.RecordHandleOf(second));
        yield return Row(Check.AssertionHolder, "about a second person", Set(5, _ => holder));
        yield return Row(
            Check.AssertionCertificate,
            "about a second person's certificate",
            Set(6, _ => SHA256.HashData(TestCards.SecondPerson.Certificate))
        );
    }

    private static IEnumerable<NegativeRow> Moments()
    {
        foreach (double seconds in new[] { 30.001, 31, 60, 3_600, 86_400 })
        {
            yield return Row(
                Check.AssertionMoment,
                $"{seconds} s ahead",
                Set(9, _ => Moment(seconds)),
                From(Set(9, _ => Moment(30)))
            );
            yield return Row(
                Check.AssertionMoment,
                $"{seconds} s before the challenge",
                Set(9, _ => Moment(-seconds)),
                From(Set(9, _ => Moment(-30)))
            );
        }

        foreach (
            string text in new[]
            {
                "",
                "0",
                "-1775001600000",
                "+1775001600000",
                " 1775001600000",
                "1775001600000 ",
                "1775001600",
                "1775001600000.0",
                "1,775,001,600,000",
                "1.7750016e12",
                "0x19D4A5F5800",
                "99999999999999999999",
                "9223372036854775807",
                "１７７５００１６０００００",
                "2026-04-01T00:00:00Z",
            }
        )
        {
            yield return Row(
                Check.AssertionMoment,
                $"moment \"{text}\"",
                Set(9, _ => Encoding.UTF8.GetBytes(text))
            );
        }
    }

    private static IEnumerable<NegativeRow> Registration()
    {
        yield return Row(
            Check.IsRegistered,
            "not registered as an insurance card",
            Set(7, _ => "not-registered"u8.ToArray()),
            reason: RefusalReason.NotRegistered
        );
        foreach (
            string word in new[]
            {
                "",
                "Registered",
                "REGISTERED",
                "registered ",
                " registered",
                "registered\0",
                "yes",
                "true",
                "1",
                "unknown",
                "registered,not-registered",
            }
        )
        {
            yield return Row(
                Check.IsRegistered,
                $"registration \"{word.Replace("\0", "\\0", StringComparison.Ordinal)}\"",
                Set(7, _ => Encoding.UTF8.GetBytes(word))
            );
        }
    }

    private static IEnumerable<NegativeRow> Framing()
    {
        for (int i = 0; i < 10; i++)
        {
            int at = i;
            yield return Row(
                Check.AssertionIsFramed,
                $"without field {at + 1}",
                b => [.. b[..at], .. b[(at + 1)..]]
            );
            if (at < 9)
            {
                yield return Row(
                    Check.AssertionIsFramed,
                    $"with fields {at + 1} and {at + 2} changed about",
                    b => [.. b[..at], b[at + 1], b[at], .. b[(at + 2)..]]
                );
            }
        }

        yield return Row(Check.AssertionIsFramed, "with an empty field more", b => [.. b, []]);
        yield return Octets("empty", _ => []);
        yield return Octets("of one zero", _ => [0]);
        yield return Octets("with a zero behind", a => [.. a, 0]);
        yield return Octets("with an empty field behind", a => [.. a, 0, 0, 0, 0]);
        yield return Octets("twice", a => [.. a, .. a]);
        yield return Octets("with a negative length", a => [0xff, .. a[1..]]);
        yield return Octets("with a length beyond its end", a => [0, 0, 0x7f, .. a[3..]]);
        yield return Octets("of five thousand zeros", _ => new byte[5_000]);
        yield return Octets("of a hundred thousand empty fields", _ => new byte[400_000]);
        foreach (int eighth in new[] { 1, 2, 3, 4, 5, 6, 7 })
        {
            yield return Octets($"cut to {eighth} eighths", a => a[..(a.Length * eighth / 8)]);
        }

        yield return Octets("cut by one", a => a[..^1]);
        yield return Octets("without its signature", a => a[..^68]);
    }

    private static IEnumerable<NegativeRow> Signatures(int seed)
    {
        Random chance = new(seed);
        foreach (int bit in Enumerable.Range(0, 512).OrderBy(_ => chance.Next()).Take(16))
        {
            yield return Signed($"signature, bit {bit} flipped", s => FlippedAt(s, bit));
        }

        yield return Signed("signature of zeros", _ => new byte[64]);
        yield return Signed("signature with r and s swapped", s => [.. s[32..], .. s[..32]]);
        yield return Signed("signature cut by one", s => s[..^1]);
        yield return Signed("signature empty", _ => []);
        yield return Signed("signature and a zero behind", s => [.. s, 0]);
        yield return new NegativeRow(
            Check.VerifierSigned,
            "assertion with a signature in DER",
            RefusalReason.AssertionInvalid,
            From(
                b => b,
                m =>
                    Key.SignData(m, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ),
            Good
        );
        yield return new NegativeRow(
            Check.VerifierSigned,
            "assertion signed over SHA-384",
            RefusalReason.AssertionInvalid,
            From(b => b, m => Key.SignData(m, HashAlgorithmName.SHA384)),
            Good
        );
        yield return new NegativeRow(
            Check.VerifierIsTrusted,
            "assertion signed by a stranger in our verifier's name",
            RefusalReason.AssertionInvalid,
            From(b => b, m => Stranger.SignData(m, HashAlgorithmName.SHA256)),
            Good
        );
        yield return new NegativeRow(
            Check.VerifierIsTrusted,
            "assertion where no verifier is trusted",
            RefusalReason.AssertionInvalid,
            Good with
            {
                World = s => s with { Trusted = _ => null },
            },
            Good
        );
        yield return new NegativeRow(
            Check.VerifierIsTrusted,
            "assertion of one verifier where another is trusted",
            RefusalReason.AssertionInvalid,
            Good with
            {
                World = s => s,
            },
            Good
        );
    }

    private static NegativeRow Row(
        Check check,
        string name,
        Func<byte[][], byte[][]> change,
        Attempt? mended = null,
        RefusalReason reason = RefusalReason.AssertionInvalid
    ) => new(check, "assertion: " + name, reason, From(change), mended ?? Good);

    private static NegativeRow Octets(string name, Func<byte[], byte[]> change) =>
        new(
            Check.AssertionIsFramed,
            "assertion " + name,
            RefusalReason.AssertionInvalid,
            From(b => b, after: change),
            Good
        );

    private static NegativeRow Signed(string name, Func<byte[], byte[]> change) =>
        new(
            Check.VerifierSigned,
            "assertion: " + name,
            RefusalReason.AssertionInvalid,
            From(b => b, m => change(Key.SignData(m, HashAlgorithmName.SHA256))),
            Good
        );

    private static Func<byte[][], byte[][]> Set(int at, Func<byte[], byte[]> change) =>
        b => [.. b[..at], change(b[at]), .. b[(at + 1)..]];

    private static Attempt From(
        Func<byte[][], byte[][]> fields,
        Func<byte[], byte[]>? sign = null,
        Func<byte[], byte[]>? after = null
    ) =>
        new()
        {
            World = s => s with { Trusted = _ => Ours },
            Evidence = (_, check) =>
            {
                byte[] statement = [.. fields(Right(check)).SelectMany(Framed)];
                byte[] signature = (sign ?? (m => Key.SignData(m, HashAlgorithmName.SHA256)))(
                    statement
                );
                byte[] assertion = [.. statement, .. Framed(signature)];
                return new CardEvidence.SpecialVerifier(
                    TestCards.Everyday.Certificate,
                    after is null ? assertion : after(assertion)
                );
            },
        };

    private static byte[][] Right(CardCheck check)
    {
        using X509Certificate2 card = X509CertificateLoader.LoadCertificate(
            TestCards.Everyday.Certificate
        );
        return
        [
            "MINA-KYUKYU/VERIFIER-ASSERTION/1"u8.ToArray(),
            "simulated=true"u8.ToArray(),
            Encoding.ASCII.GetBytes(Number),
            Encoding.ASCII.GetBytes(Ours.KeyId),
            SHA256.HashData(check.Challenge.SignedOctets.Span),
            Convert.FromHexString(SoftwareCard.RecordHandleOf(card)),
            SHA256.HashData(TestCards.Everyday.Certificate),
            "registered"u8.ToArray(),
            "reader-1"u8.ToArray(),
            Moment(0),
        ];
    }

    private static byte[] Moment(double seconds) =>
        Encoding.ASCII.GetBytes($"{TestCards.Start.AddSeconds(seconds).ToUnixTimeMilliseconds()}");

    private static byte[] Flipped(byte[] field) => FlippedAt(field, 7);

    private static byte[] FlippedAt(byte[] field, int bit)
    {
        byte[] flipped = [.. field];
        flipped[bit / 8] ^= (byte)(0x80 >> (bit % 8));
        return flipped;
    }

    private static byte[] Framed(byte[] field)
    {
        byte[] framed = new byte[4 + field.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed, field.Length);
        field.CopyTo(framed, 4);
        return framed;
    }
}
