using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>The certificate, each row at level C (with a right signature of its key) and at level A (merely read).</summary>
internal static class CertificateRows
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string Unknown = "1.2.3.4.5";

    private static readonly CraftedCertificate Usual = new();
    private static readonly Attempt UsualWithPin = Usual.WithPin();
    private static readonly Attempt UsualRead = Usual.MerelyRead();

    private static readonly RSA Other = RSA.Create(2048);

    public static IEnumerable<NegativeRow> All(int seed) => Cases(seed).SelectMany(c => c.AsRows());

    private static IEnumerable<Case> Cases(int seed) =>
        [
            .. Octets(seed),
            .. Usage(),
            .. Policy(),
            .. Extensions(),
            .. Strength(),
            .. Issuers(seed),
            .. Times(),
        ];

    private static IEnumerable<Case> Octets(int seed)
    {
        const Check one = Check.CertificateIsOneDer;
        yield return Raw(one, "no octet at all", _ => []);
        yield return Raw(one, "the octet 30 alone", _ => [0x30]);
        yield return Raw(one, "an empty SEQUENCE", _ => [0x30, 0]);
        yield return Raw(
            one,
            "a length of two thousand million",
            _ => [0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]
        );
        yield return Raw(one, "a zero behind", der => [.. der, 0]);
        yield return Raw(one, "a line feed behind", der => [.. der, 10]);
        yield return Raw(one, "a zero before", der => [0, .. der]);
        yield return Raw(one, "twice", der => [.. der, .. der]);
        yield return Raw(one, "in a SET", der => [0x31, .. der[1..]]);
        yield return Raw(one, "with an indefinite length", der => [0x30, 0x80, .. der[4..], 0, 0]);
        yield return Raw(
            one,
            "with a longer form of its length",
            der => [0x30, 0x83, 0, .. der[2..]]
        );
        yield return Raw(one, "within another SEQUENCE", Wrapped);
        yield return Raw(
            one,
            "as PEM",
            der => System.Text.Encoding.ASCII.GetBytes(PemEncoding.Write("CERTIFICATE", der))
        );
        yield return Raw(
            one,
            "its public key in its place",
            _ => CraftedCertificate.CardKey.ExportSubjectPublicKeyInfo()
        );
        yield return new Case(
            one,
            "something behind the signature",
            RefusalReason.Unreadable,
            Usual with
            {
                Appendix = [5, 0],
            }
        );
        yield return Raw(
            Check.CertificateIsNotTooLong,
            "of 9 KiB of zeros",
            _ => new byte[9 * 1024]
        );
        yield return new Case(
            Check.CertificateIsNotTooLong,
            "of 9 KiB, rightly signed",
            RefusalReason.Unreadable,
            WithWeight(9_000)
        )
        {
            Mended = WithWeight(6_000),
        };
        yield return new Case(
            Check.SignatureHasWholeOctets,
            "a signature of some bits less than whole octets",
            RefusalReason.Unreadable,
            Usual with
            {
                UnusedBits = 7,
            }
        );
        yield return new Case(
            Check.AlgorithmsAgree,
            "SHA-384 beside the signature, SHA-256 signed",
            RefusalReason.Unreadable,
            Usual with
            {
                Outside = CraftedCertificate.RsaAlgorithm("1.2.840.113549.1.1.12"),
            }
        );
        yield return new Case(
            Check.AlgorithmsAgree,
            "no NULL beside the signature",
            RefusalReason.Unreadable,
            Usual with
            {
                Outside = CraftedCertificate.RsaAlgorithm(
                    CraftedCertificate.Sha256WithRsa,
                    withNull: false
                ),
            }
        );
        // Where an element of whatever nesting begins: what is cut there, and what has its length broken there.
        Random chance = new(seed);
        byte[] sample = Usual.Encode();
        (int At, int Depth)[] elements = [.. Elements(sample)];
        foreach (int which in Sample(elements.Length, 24, chance))
        {
            yield return Raw(
                one,
                $"cut where element {which} begins, at depth {elements[which].Depth}",
                der => der[..Elements(der).ElementAt(which).At]
            );
        }

        foreach ((int at, int depth) in elements.Where(e => e.Depth <= 1))
        {
            int which = Array.IndexOf(elements, (at, depth));
            yield return Raw(
                one,
                $"element {which} at depth {depth} with a length beyond its end",
                der => With(der, Elements(der).ElementAt(which).At + 1, 0x85)
            );
        }
    }

    private static IEnumerable<Case> Usage()
    {
        foreach (X509KeyUsageFlags bit in Enum.GetValues<X509KeyUsageFlags>())
        {
            if (bit is X509KeyUsageFlags.DigitalSignature)
            {
                continue;
            }

            yield return Card(
                Check.KeyUsageIsExact,
                bit == X509KeyUsageFlags.None ? "key usage with no bit" : $"key usage {bit} alone",
                KeyUsage(bit)
            );
            if (bit != X509KeyUsageFlags.None)
            {
                yield return Card(
                    Check.KeyUsageIsExact,
                    $"key usage DigitalSignature and {bit}",
                    KeyUsage(X509KeyUsageFlags.DigitalSignature | bit)
                );
            }
        }

        yield return Card(
            Check.HasKeyUsage,
            "no key usage",
            Usual.Replacing(CraftedCertificate.KeyUsageOid)
        );
        yield return Card(
            Check.KeyUsageIsCritical,
            "key usage not critical",
            Usual.Replacing(
                CraftedCertificate.KeyUsageOid,
                CraftedCertificate.KeyUsage(X509KeyUsageFlags.DigitalSignature, critical: false)
            )
        );
        yield return Card(
            Check.IsForClients,
            "no extended usage",
            Usual.Replacing(CraftedCertificate.ExtendedOid)
        );
        yield return Card(Check.IsForClients, "extended usage empty", Extended());
        foreach (
            (string name, string oid) in new[]
            {
                ("servers", ServerAuth),
                ("code", "1.3.6.1.5.5.7.3.3"),
                ("mail", "1.3.6.1.5.5.7.3.4"),
                ("time stamps", "1.3.6.1.5.5.7.3.8"),
                ("OCSP", "1.3.6.1.5.5.7.3.9"),
                ("anything", "2.5.29.37.0"),
                ("a logon by card", "1.3.6.1.4.1.311.20.2.2"),
                ("an arc below clients", TestProfile.ClientAuthOid + ".1"),
            }
        )
        {
            yield return Card(Check.IsForClients, $"extended usage for {name}", Extended(oid));
        }

        yield return Card(
            Check.KeyUsageIsExact,
            "the signature certificate of the same holder",
            KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)
                .Replacing(CraftedCertificate.ExtendedOid)
        );
    }

    private static IEnumerable<Case> Policy()
    {
        string own = TestProfile.PolicyOid;
        yield return Card(
            Check.HasPolicy,
            "no policy",
            Usual.Replacing(CraftedCertificate.PoliciesOid)
        );
        yield return Card(
            Check.PolicyIsCritical,
            "policy not critical",
            Usual.Replacing(
                CraftedCertificate.PoliciesOid,
                CraftedCertificate.Policies(critical: false, own)
            )
        );
        foreach (
            (string name, string[] oids) in new (string, string[])[]
            {
                ("an arc below", [own + ".1"]),
                ("an arc above", [own[..own.LastIndexOf('.')] + ".1"]),
                ("any policy", ["2.5.29.32.0"]),
                ("the national one under test anchors", ["1.2.392.200149.8.5.1.3.30"]),
                ("the national one for signatures", ["1.2.392.200149.8.5.1.3.20"]),
                ("the right one twice", [own, own]),
                ("the right one and another", [own, Unknown]),
                ("another and the right one", [Unknown, own]),
                ("the right one and any", [own, "2.5.29.32.0"]),
            }
        )
        {
            yield return Card(
                Check.PolicyIsTheOne,
                $"policy: {name}",
                Usual.Replacing(CraftedCertificate.PoliciesOid, CraftedCertificate.Policies(oids))
            );
        }
    }

    private static IEnumerable<Case> Extensions()
    {
        yield return Card(
            Check.IsVersion3,
            "version 2 with extensions",
            Usual with
            {
                Version = 1,
            }
        );
        yield return Card(
            Check.IsVersion3,
            "version 1 with extensions",
            Usual with
            {
                Version = null,
            }
        );
        yield return Card(
            Check.IsVersion3,
            "version 1 as it was, without any extension",
            Usual with
            {
                Version = null,
                Extensions = [],
            }
        );
        byte[] constraints = CraftedCertificate.Extension(
            CraftedCertificate.ConstraintsOid,
            new X509BasicConstraintsExtension(false, false, 0, true).RawData,
            critical: true
        );
        CraftedCertificate constrained = Usual.And(constraints);
        (string Name, byte[] Extension)[] again =
        [
            ("key usage", Usual.Extensions[0]),
            ("extended usage", Usual.Extensions[1]),
            ("policy", Usual.Extensions[2]),
            (
                "an unknown extension",
                CraftedCertificate.Extension(Unknown, [5, 0], critical: false)
            ),
            ("basic constraints", constraints),
        ];
        foreach ((string name, byte[] extension) in again)
        {
            yield return Card(
                Check.ExtensionsAreSingle,
                $"{name} twice",
                Usual.Extensions.Any(e => e.SequenceEqual(extension))
                    ? Usual.And(extension)
                    : Usual.And(extension, extension)
            );
        }

        yield return Card(
            Check.ExtensionsAreSingle,
            "key usage a second time, for certificates",
            Usual.And(CraftedCertificate.KeyUsage(X509KeyUsageFlags.KeyCertSign))
        );
        foreach (
            (string name, string oid, byte[] value) in new (string, string, byte[])[]
            {
                ("of nobody", Unknown, [5, 0]),
                ("name constraints", "2.5.29.30", [0x30, 0]),
                ("policy constraints", "2.5.29.36", [0x30, 0]),
                ("policy mappings", "2.5.29.33", [0x30, 0]),
                ("inhibit any policy", "2.5.29.54", [2, 1, 0]),
                ("issuer alternative name", "2.5.29.18", [0x30, 0]),
                ("private key usage period", "2.5.29.16", [0x30, 0]),
                ("the national field of a birth date", "1.2.392.200149.8.5.5.4", [12, 1, 0x30]),
            }
        )
        {
            byte[] critical = CraftedCertificate.Extension(oid, value, critical: true);
            yield return Card(
                Check.CriticalIsUnderstood,
                $"critical extension {name}",
                Usual.And(critical)
            ) with
            {
                Mended = Usual.And(CraftedCertificate.Extension(oid, value, critical: false)),
            };
        }

        foreach (
            (string name, X509BasicConstraintsExtension value) in new[]
            {
                ("CA:TRUE", new X509BasicConstraintsExtension(true, false, 0, true)),
                ("CA:TRUE, path length 0", new X509BasicConstraintsExtension(true, true, 0, true)),
                ("CA:TRUE, path length 9", new X509BasicConstraintsExtension(true, true, 9, true)),
                ("CA:TRUE, not critical", new X509BasicConstraintsExtension(true, false, 0, false)),
            }
        )
        {
            yield return Card(
                Check.IsNoAuthority,
                name,
                Usual.And(
                    CraftedCertificate.Extension(
                        CraftedCertificate.ConstraintsOid,
                        value.RawData,
                        value.Critical
                    )
                )
            ) with
            {
                Mended = constrained,
            };
        }
    }

    private static IEnumerable<Case> Strength()
    {
        foreach (int bits in new[] { 512, 1024, 1536, 2040 })
        {
            yield return Bad(
                Check.KeyIsStrong,
                $"RSA key of {bits} bits",
                Usual with
                {
                    PublicKey = CraftedCertificate.RsaKey(Modulus(bits), [1, 0, 1]),
                }
            );
        }

        yield return Bad(
            Check.KeyIsStrong,
            "RSA key of 8,192 bits",
            Usual with
            {
                PublicKey = CraftedCertificate.RsaKey(Modulus(8_192), [1, 0, 1]),
            }
        );
        foreach (
            (string name, ECCurve curve) in new[]
            {
                ("P-256", ECCurve.NamedCurves.nistP256),
                ("P-521", ECCurve.NamedCurves.nistP521),
                ("brainpoolP384r1", ECCurve.NamedCurves.brainpoolP384r1),
            }
        )
        {
            using ECDsa key = ECDsa.Create(curve);
            yield return Bad(
                Check.KeyIsStrong,
                $"key of {name}",
                Usual with
                {
                    PublicKey = key.ExportSubjectPublicKeyInfo(),
                }
            );
        }

        byte[] modulus = CraftedCertificate.CardKey.ExportParameters(false).Modulus!;
        foreach (
            (string name, byte[] exponent) in new (string, byte[])[]
            {
                ("1", [1]),
                ("3", [3]),
                ("17", [17]),
                ("257", [1, 1]),
                ("65535", [0xff, 0xff]),
                ("65536", [1, 0, 0]),
                ("2^256 + 1", [1, .. new byte[31], 1]),
            }
        )
        {
            yield return Bad(
                Check.ExponentIsSound,
                $"RSA exponent {name}",
                Usual with
                {
                    PublicKey = CraftedCertificate.RsaKey(modulus, exponent),
                }
            );
        }

        foreach (
            (string name, string oid, HashAlgorithmName digest) in new[]
            {
                ("MD5", "1.2.840.113549.1.1.4", HashAlgorithmName.MD5),
                ("SHA-1", "1.2.840.113549.1.1.5", HashAlgorithmName.SHA1),
            }
        )
        {
            yield return Bad(
                Check.DigestIsStrong,
                $"signed over {name}",
                Usual with
                {
                    Inside = CraftedCertificate.RsaAlgorithm(oid),
                    SignedBy = CraftedCertificate.WithAuthority(digest),
                }
            );
        }

        foreach (
            (string name, string oid) in new[]
            {
                ("SHA-1, called SHA-1 of old", "1.3.14.3.2.29"),
                ("PSS without parameters", "1.2.840.113549.1.1.10"),
                ("SHA-224", "1.2.840.113549.1.1.14"),
                ("ECDSA with SHA-256", "1.2.840.10045.4.3.2"),
                ("ECDSA with SHA-384", "1.2.840.10045.4.3.3"),
                ("Ed25519", "1.3.101.112"),
                ("nobody's algorithm", Unknown),
            }
        )
        {
            yield return Bad(
                Check.DigestIsStrong,
                $"a SHA-256 signature called {name}",
                Usual with
                {
                    Inside = CraftedCertificate.RsaAlgorithm(oid),
                }
            );
        }
    }

    private static IEnumerable<Case> Issuers(int seed)
    {
        yield return Bad(
            Check.IssuerSigned,
            "signed by another authority with the same name",
            Usual with
            {
                SignedBy = CraftedCertificate.With(Other),
            }
        );
        yield return Bad(
            Check.IssuerSigned,
            "signed by its own key in the authority's name",
            Usual with
            {
                SignedBy = CraftedCertificate.With(CraftedCertificate.CardKey),
            }
        );
        yield return Bad(
            Check.IssuerSigned,
            "signed by another card's key in the authority's name",
            Usual with
            {
                SignedBy = CraftedCertificate.With((RSA)TestCards.SecondPerson.Key),
            }
        );
        foreach (
            (string name, X500DistinguishedName issuer) in new[]
            {
                ("the same key under another name", TestProfile.AuthorityName("JPKI-OTHER")),
                ("the same key under the national name", TestProfile.AuthorityName("JPKI")),
                ("the same key in lower case", TestProfile.AuthorityName("jpki-test")),
                ("the same key with a space behind", TestProfile.AuthorityName("JPKI-TEST ")),
                ("the same key under one word", new X500DistinguishedName("O=JPKI-TEST")),
                ("the same key under a holder's name", TestProfile.HolderName("TEST-INTERMEDIATE")),
                ("the same key under no name", new X500DistinguishedName("")),
            }
        )
        {
            yield return Bad(
                Check.IssuerNameIsPinned,
                "issued by " + name,
                Usual with
                {
                    Issuer = issuer.RawData,
                }
            );
        }

        yield return Bad(
            Check.IssuerNameIsPinned,
            "issued by another authority altogether",
            Usual with
            {
                Issuer = TestProfile.AuthorityName("JPKI-OTHER").RawData,
                SignedBy = CraftedCertificate.With(Other),
            }
        );
        // An intermediate that the authority did issue, and two that issue each other: neither is pinned.
        yield return Bad(
            Check.IssuerNameIsPinned,
            "issued by an authority below ours",
            Usual with
            {
                Issuer = TestProfile.HolderName("TEST-BELOW").RawData,
                SignedBy = CraftedCertificate.With(Other),
            }
        );
        yield return Bad(
            Check.IssuerNameIsPinned,
            "issued by a card of ours, in its name",
            Usual with
            {
                Issuer = CraftedCertificate.Holder.RawData,
                Subject = TestProfile.HolderName("TEST-LOOP").RawData,
                SignedBy = CraftedCertificate.With(CraftedCertificate.CardKey),
            }
        );
        yield return Bad(
            Check.IsNotSelfIssued,
            "self-signed in its own name",
            Usual with
            {
                Issuer = CraftedCertificate.Holder.RawData,
                SignedBy = CraftedCertificate.With(CraftedCertificate.CardKey),
            }
        );
        yield return Bad(
            Check.IsNotSelfIssued,
            "named like its authority, and signed by it",
            Usual with
            {
                Subject = CraftedCertificate.Authority.RawData,
            }
        );
        yield return Bad(
            Check.IssuerSigned,
            "signed with PSS",
            Usual with
            {
                SignedBy = CraftedCertificate.WithAuthority(
                    HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pss
                ),
            }
        );
        yield return Bad(
            Check.IssuerSigned,
            "signed over SHA-512 and called SHA-256",
            Usual with
            {
                SignedBy = CraftedCertificate.WithAuthority(HashAlgorithmName.SHA512),
            }
        );
        yield return Bad(
            Check.IssuerSigned,
            "signature of zeros",
            Usual with
            {
                Signature = _ => new byte[256],
            }
        );
        yield return Bad(Check.IssuerSigned, "signature empty", Usual with { Signature = _ => [] });
        yield return Bad(
            Check.IssuerSigned,
            "signature cut by one",
            Usual with
            {
                Signature = s => s[..^1],
            }
        );
        yield return Bad(
            Check.IssuerSigned,
            "signature and a zero behind",
            Usual with
            {
                Signature = s => [.. s, 0],
            }
        );
        Random chance = new(seed);
        foreach (int bit in Sample(2048, 24, chance))
        {
            yield return Bad(
                Check.IssuerSigned,
                $"the authority's signature, bit {bit} flipped",
                Usual with
                {
                    Signature = s => With(s, bit / 8, (byte)(s[bit / 8] ^ (0x80 >> (bit % 8)))),
                }
            );
        }

        // The authority ends six years after the start.
        CraftedCertificate longer = Usual with
        {
            NotAfter = TestCards.Start.AddYears(9),
        };
        foreach (int seconds in new[] { 1, 60, 86_400 })
        {
            yield return new Case(
                Check.IssuerIsValidNow,
                $"{seconds} s after the end of its authority",
                RefusalReason.Untrusted,
                longer
            )
            {
                Now = TestCards.Start.AddYears(6).AddSeconds(seconds),
                MendedNow = TestCards.Start.AddYears(6),
            };
        }

        yield return new Case(
            Check.IssuerIsValidNow,
            "a second before the beginning of its authority",
            RefusalReason.Untrusted,
            Usual with
            {
                NotBefore = TestCards.Start.AddYears(-7),
            }
        )
        {
            Now = TestCards.Start.AddYears(-6).AddSeconds(-1),
            MendedNow = TestCards.Start.AddYears(-6),
        };
    }

    private static IEnumerable<Case> Times()
    {
        foreach (
            (string name, TimeSpan before) in new[]
            {
                ("a second", TimeSpan.FromSeconds(1)),
                ("half a second", TimeSpan.FromMilliseconds(500)),
                ("nine hours, as a clock in UTC would say", TimeSpan.FromHours(9)),
                ("a day", TimeSpan.FromDays(1)),
                ("a year", TimeSpan.FromDays(365)),
            }
        )
        {
            yield return new Case(
                Check.HasBegun,
                $"{name} before its first second",
                RefusalReason.NotYetValid,
                Usual
            )
            {
                Now = Usual.NotBefore - before,
                MendedNow = Usual.NotBefore,
            };
        }

        // A card ends on a birthday at 23:59:59 in Japan; its grace ends with the third month after. Every month once, and a leap day.
        foreach (
            DateOnly day in Enumerable
                .Range(1, 12)
                .Select(m => new DateOnly(2026, m, 14))
                .Append(new DateOnly(2028, 2, 29))
                .Append(new DateOnly(2026, 8, 31))
                .Append(new DateOnly(2026, 12, 31))
        )
        {
            DateTimeOffset end = TestProfile.EndOfDay(day);
            CraftedCertificate card = Usual with { NotBefore = end.AddYears(-5), NotAfter = end };
            DateOnly over = new DateOnly(day.Year, day.Month, 1).AddMonths(4);
            DateTimeOffset graceOver = new(over.ToDateTime(TimeOnly.MinValue), TestProfile.Japan);
            foreach (
                (string name, DateTimeOffset now, RefusalReason reason) in new[]
                {
                    ("the second after", end.AddSeconds(1), RefusalReason.ExpiredGrace),
                    (
                        "the last second of grace",
                        graceOver.AddSeconds(-1),
                        RefusalReason.ExpiredGrace
                    ),
                    ("the second after the grace", graceOver, RefusalReason.Expired),
                }
            )
            {
                yield return new Case(
                    reason == RefusalReason.Expired ? Check.GraceHasNotEnded : Check.HasNotEnded,
                    string.Create(CultureInfo.InvariantCulture, $"ended {day:yyyy-MM-dd}: {name}"),
                    reason,
                    card
                )
                {
                    Now = now,
                    MendedNow = end,
                };
            }
        }
    }

    private static Case Card(Check check, string name, CraftedCertificate wrong) =>
        new(check, name, RefusalReason.NotMyNumberCard, wrong);

    private static Case Bad(Check check, string name, CraftedCertificate wrong) =>
        new(check, name, RefusalReason.Untrusted, wrong);

    private static Case Raw(Check check, string name, Func<byte[], byte[]> change) =>
        new(check, name, RefusalReason.Unreadable, Usual with { Whole = change });

    private static CraftedCertificate KeyUsage(X509KeyUsageFlags usage) =>
        Usual.Replacing(CraftedCertificate.KeyUsageOid, CraftedCertificate.KeyUsage(usage));

    private static CraftedCertificate Extended(params string[] oids) =>
        Usual.Replacing(CraftedCertificate.ExtendedOid, CraftedCertificate.ExtendedUsage(oids));

    private static CraftedCertificate WithWeight(int octets) =>
        Usual.And(CraftedCertificate.Extension(Unknown, new byte[octets], critical: false));

    private static byte[] Wrapped(byte[] der)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(der);
        }

        return writer.Encode();
    }

    /// <summary>A number with so many bits that nobody can factor by looking at it; nobody will use it.</summary>
    private static byte[] Modulus(int bits)
    {
        byte[] modulus = new byte[bits / 8];
        new Random(bits).NextBytes(modulus);
        modulus[0] |= 0x80;
        modulus[^1] |= 1;
        return modulus;
    }

    private static byte[] With(byte[] octets, int at, byte to)
    {
        byte[] changed = [.. octets];
        changed[at] = to;
        return changed;
    }

    private static IEnumerable<int> Sample(int of, int most, Random chance) =>
        Enumerable.Range(0, of).OrderBy(_ => chance.Next()).Take(most).Order();

    /// <summary>Where each element of a DER text begins, with its nesting, from the second on.</summary>
    private static IEnumerable<(int At, int Depth)> Elements(byte[] der) =>
        ElementsIn(der, 0, der.Length, 0).Skip(1);

    private static IEnumerable<(int At, int Depth)> ElementsIn(
        byte[] der,
        int from,
        int until,
        int depth
    )
    {
        for (int at = from; at < until; )
        {
            yield return (at, depth);
            AsnDecoder.ReadEncodedValue(
                der.AsSpan(at, until - at),
                AsnEncodingRules.DER,
                out int offset,
                out int length,
                out int consumed
            );
            if ((der[at] & 0x20) != 0)
            {
                foreach (var inner in ElementsIn(der, at + offset, at + offset + length, depth + 1))
                {
                    yield return inner;
                }
            }

            at += consumed;
        }
    }

    /// <summary>One certificate and the moment at which it is shown; two rows.</summary>
    private sealed record Case(
        Check Check,
        string Name,
        RefusalReason Reason,
        CraftedCertificate Wrong
    )
    {
        /// <summary>Null: the usual certificate, or the same one where the moment is what is wrong.</summary>
        public CraftedCertificate? Mended { get; init; }

        public DateTimeOffset? Now { get; init; }

        public DateTimeOffset? MendedNow { get; init; }

        public IEnumerable<NegativeRow> AsRows()
        {
            CraftedCertificate? mended = Mended ?? (Now is null ? null : Wrong);
            yield return new NegativeRow(
                Check,
                $"certificate: {Name}, with PIN",
                Reason,
                Wrong.WithPin(Now),
                mended?.WithPin(MendedNow) ?? UsualWithPin
            );
            yield return new NegativeRow(
                Check,
                $"certificate: {Name}, merely read",
                Reason,
                Wrong.MerelyRead(Now),
                mended?.MerelyRead(MendedNow) ?? UsualRead
            );
        }
    }
}
