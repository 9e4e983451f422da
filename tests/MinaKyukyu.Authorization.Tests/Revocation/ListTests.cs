using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Revocation;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>Revocation lists: which are used, for whom, and how long.</summary>
public sealed class ListTests
{
    private static readonly DateTimeOffset Now = TestCards.Start;

    /// <summary>What is changed in a right list, and why it is then not used; null: it is.</summary>
    private static readonly Dictionary<string, (Func<byte[]> List, CrlProblem? Problem)> Cases =
        new(StringComparer.Ordinal)
        {
            ["right"] = (() => Make(l => l), null),
            ["without extensions"] = (() => Make(l => l with { Extensions = [] }), null),
            ["without entries"] = (() => Make(l => l with { Entries = [] }), null),
            ["known three seconds ahead"] = (
                () => Make(l => l with { ThisUpdate = Now.AddSeconds(3) }),
                null
            ),
            ["a day old"] = (() => Make(l => l with { ThisUpdate = Now.AddHours(-24) }), null),
            ["an extension that need not be understood"] = (
                () => Make(l => l with { Extensions = [Plain] }),
                null
            ),
            ["only for users"] = (
                () => Make(l => l with { Extensions = [Part(w => Flag(w, 1))] }),
                null
            ),
            ["older than a day"] = (
                () => Make(l => l with { ThisUpdate = Now.AddHours(-24).AddSeconds(-1) }),
                CrlProblem.Stale
            ),
            ["past its next update"] = (
                () =>
                    Make(l =>
                        l with
                        {
                            ThisUpdate = Now.AddHours(-2),
                            NextUpdate = Now.AddSeconds(-6),
                        }
                    ),
                CrlProblem.Stale
            ),
            ["known four seconds ahead"] = (
                () => Make(l => l with { ThisUpdate = Now.AddSeconds(4) }),
                CrlProblem.FromTheFuture
            ),
            ["version 1"] = (() => Make(l => l with { Version = null }), CrlProblem.Malformed),
            ["version 3"] = (() => Make(l => l with { Version = 2 }), CrlProblem.Malformed),
            ["signed by another of the same name"] = (
                () => Make(l => l with { Signer = TestCards.Namesake.Signer }),
                CrlProblem.NotOurs
            ),
            ["of another name"] = (
                () => Make(l => l with { Issuer = new X500DistinguishedName("CN=Nobody").RawData }),
                CrlProblem.NotOurs
            ),
            ["SHA-1"] = (
                () =>
                    Make(l =>
                        l with
                        {
                            Signer = TestCards.Authority.Signer with
                            {
                                Digest = HashAlgorithmName.SHA1,
                            },
                        }
                    ),
                CrlProblem.NotOurs
            ),
            ["by a responder that the authority named"] = (
                () => Make(l => l with { Signer = Responders.Named }),
                CrlProblem.NotOurs
            ),
            ["another algorithm outside than inside"] = (
                () => Make(l => l with { InnerDigest = HashAlgorithmName.SHA512 }),
                CrlProblem.Malformed
            ),
            ["a delta"] = (
                () =>
                    Make(l =>
                        l with
                        {
                            Extensions =
                            [
                                new X509Extension("2.5.29.27", [2, 1, 1], critical: true),
                            ],
                        }
                    ),
                CrlProblem.NotUsable
            ),
            ["a delta that says it is not critical"] = (
                () =>
                    Make(l =>
                        l with
                        {
                            Extensions =
                            [
                                new X509Extension("2.5.29.27", [2, 1, 1], critical: false),
                            ],
                        }
                    ),
                CrlProblem.NotUsable
            ),
            ["an unknown critical extension"] = (
                () => Make(l => l with { Extensions = [Responders.UnknownCritical] }),
                CrlProblem.NotUsable
            ),
            ["an unknown critical extension of an entry"] = (
                () => Make(l => l with { Entries = [(Serial, Responders.UnknownCritical)] }),
                CrlProblem.NotUsable
            ),
            ["an indirect list's entry"] = (
                () =>
                    Make(l =>
                        l with
                        {
                            Entries =
                            [
                                (Serial, new X509Extension("2.5.29.29", [0x30, 0], critical: true)),
                            ],
                        }
                    ),
                CrlProblem.NotUsable
            ),
            ["only for authorities"] = (
                () => Make(l => l with { Extensions = [Part(w => Flag(w, 2))] }),
                CrlProblem.NotUsable
            ),
            ["only for some reasons"] = (
                () =>
                    Make(l =>
                        l with
                        {
                            Extensions =
                            [
                                Part(w =>
                                    w.WriteBitString(
                                        [0x40],
                                        6,
                                        new Asn1Tag(TagClass.ContextSpecific, 3)
                                    )
                                ),
                            ],
                        }
                    ),
                CrlProblem.NotUsable
            ),
            ["an indirect list"] = (
                () => Make(l => l with { Extensions = [Part(w => Flag(w, 4))] }),
                CrlProblem.NotUsable
            ),
            ["only for attributes"] = (
                () => Make(l => l with { Extensions = [Part(w => Flag(w, 5))] }),
                CrlProblem.NotUsable
            ),
            ["an extension twice"] = (
                () => Make(l => l with { Extensions = [Plain, Plain] }),
                CrlProblem.Malformed
            ),
            ["nothing"] = (() => [], CrlProblem.Malformed),
            ["its last octet missing"] = (() => Make(l => l)[..^1], CrlProblem.Malformed),
            ["an octet too much"] = (() => [.. Make(l => l), 0], CrlProblem.Malformed),
            ["an answer instead"] = (() => OcspWriting.Error(3), CrlProblem.Malformed),
            ["32 MiB and an octet"] = (() => new byte[(32 * 1024 * 1024) + 1], CrlProblem.TooLarge),
        };

    private readonly ManualTime _time = new();

    public static TheoryData<string> Names { get; } = [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Only_a_whole_and_genuine_list_of_the_day_is_used(string name)
    {
        (Func<byte[]> list, CrlProblem? expected) = Cases[name];
        await using CardWorld world = await OpenAsync();
        Assert.Equal(expected, world.Lists.Load(list()));
        Assert.Equal(expected is null ? 1 : 0, world.Lists.Count);
        Assert.Equal(
            expected is null ? RevocationTier.CrlOnly : RevocationTier.NothingFresh,
            TierOf(world, TestCards.Everyday)
        );
    }

    [Fact]
    public async Task No_flipped_bit_of_a_list_is_used()
    {
        await using CardWorld world = await OpenAsync();
        byte[] list = Make(l => l);
        for (int i = 0; i < list.Length; i++)
        {
            byte[] flipped = [.. list];
            flipped[i] ^= (byte)(1 << (i % 8));
            Assert.NotNull(world.Lists.Load(flipped));
            Assert.Equal(0, world.Lists.Count);
        }

        Assert.Null(world.Lists.Load(list));
    }

    /// <summary>The national lists come in parts, one for each municipality, and a card names its own.</summary>
    [Fact]
    public async Task A_part_speaks_for_the_cards_that_name_it_and_no_others()
    {
        await using CardWorld world = await OpenAsync();
        using SoftwareCard ours = TestCards.Make(
            TestCards.Usual with
            {
                Further = [DistributionPoint("Midori")],
            }
        );
        using SoftwareCard neighbours = TestCards.Make(
            TestCards.Usual with
            {
                Further = [DistributionPoint("Aoba")],
            }
        );
        Assert.Null(
            world.Lists.Load(
                Make(l => l with { Extensions = [Part(w => Point(w, "Midori"))], Entries = [] })
            )
        );
        Assert.Equal(RevocationTier.CrlOnly, TierOf(world, ours));
        Assert.Equal(RevocationTier.NothingFresh, TierOf(world, neighbours));
        Assert.Equal(RevocationTier.NothingFresh, TierOf(world, TestCards.Everyday));
        // A part that names a card revokes it, whoever the card says that its list is.
        Assert.Null(
            world.Lists.Load(
                Make(l =>
                    l with
                    {
                        ThisUpdate = Now.AddSeconds(1),
                        Extensions = [Part(w => Point(w, "Midori"))],
                        Entries = [(SerialOf(neighbours), null)],
                    }
                )
            )
        );
        Assert.Equal(RevocationTier.Revoked, TierOf(world, neighbours));
        Assert.Equal(RevocationTier.CrlOnly, TierOf(world, ours));
        Assert.Equal(1, world.Lists.Count);
    }

    [Fact]
    public async Task An_earlier_issue_does_not_replace_a_later_one_and_the_same_one_gets_no_younger()
    {
        await using CardWorld world = await OpenAsync();
        byte[] today = Make(l => l with { Entries = [(SerialOf(TestCards.Everyday), null)] });
        byte[] before = Make(l => l with { ThisUpdate = Now.AddHours(-1) });
        Assert.Null(world.Lists.Load(today));
        Assert.Equal(CrlProblem.Older, world.Lists.Load(before));
        Assert.Equal(RevocationTier.Revoked, TierOf(world, TestCards.Everyday));

        _time.Advance(TimeSpan.FromHours(20));
        _time.JumpWall(TimeSpan.FromHours(-20));
        Assert.Null(world.Lists.Load(today));
        _time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(RevocationTier.NothingFresh, TierOf(world, TestCards.SecondPerson));
    }

    [Fact]
    public async Task A_source_that_fails_leaves_what_is_at_hand()
    {
        Source source = new() { Octets = Make(l => l) };
        await using CardWorld world = await OpenAsync(source);
        Assert.Equal(1, await world.Lists.RefreshAsync(CancellationToken.None));
        source.Octets = null;
        Assert.Equal(0, await world.Lists.RefreshAsync(CancellationToken.None));
        source.Octets = new byte[9];
        Assert.Equal(0, await world.Lists.RefreshAsync(CancellationToken.None));
        Assert.Equal(RevocationTier.CrlOnly, TierOf(world, TestCards.Everyday));
    }

    [Fact]
    public async Task A_list_in_a_file_is_read_and_a_missing_or_huge_one_is_none()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, Make(l => l));
            await using CardWorld world = await OpenAsync(new FileCrlSource(file));
            Assert.Equal(1, await world.Lists.RefreshAsync(CancellationToken.None));
            await using (FileStream huge = File.OpenWrite(file))
            {
                huge.SetLength((32 * 1024 * 1024) + 1);
            }

            Assert.Null(await new FileCrlSource(file).FetchAsync(CancellationToken.None));
            Assert.Null(await new FileCrlSource("/nowhere").FetchAsync(CancellationToken.None));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A list of 200,000 entries, as large as a prefecture's, is read once and asked quickly.</summary>
    [Fact]
    public async Task A_large_list_is_read()
    {
        await using CardWorld world = await OpenAsync();
        byte[] list = Make(l =>
            l with
            {
                Entries =
                [
                    .. Enumerable
                        .Range(0, 200_000)
                        .Select(i =>
                            (
                                BitConverter
                                    .GetBytes(0x01ff_ffff_0000_0000L + i)
                                    .Reverse()
                                    .ToArray(),
                                (X509Extension?)null
                            )
                        ),
                    (SerialOf(TestCards.Everyday), null),
                ],
            }
        );
        Assert.InRange(list.Length, 4_000_000, 32 * 1024 * 1024);
        Assert.Null(world.Lists.Load(list));
        Assert.Equal(RevocationTier.Revoked, TierOf(world, TestCards.Everyday));
        Assert.Equal(RevocationTier.CrlOnly, TierOf(world, TestCards.SecondPerson));
    }

    private static byte[] Serial => [0x06, 1, 2, 3];

    private static X509Extension Plain => Responders.UnknownPlain;

    private static byte[] SerialOf(SoftwareCard card)
    {
        using X509Certificate2 read = X509CertificateLoader.LoadCertificate(card.Certificate);
        return read.SerialNumberBytes.ToArray();
    }

    private RevocationTier TierOf(CardWorld world, SoftwareCard card)
    {
        StatusQuestion question = world.Cards.FindQuestion(
            new CardEvidence.PinChallenge(card.Certificate, new byte[1]),
            _time.GetUtcNow()
        )!;
        return world.Statuses.Decide(question, world.Statuses.AtHand(question)).Tier;
    }

    private Task<CardWorld> OpenAsync(ICrlSource? source = null) =>
        CardWorld.OpenAsync(s => s with { Time = _time, Lists = [source ?? new Source()] });

    private static X509Extension Part(Action<AsnWriter> write)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            write(writer);
        }

        return new X509Extension("2.5.29.28", writer.Encode(), critical: true);
    }

    private static void Flag(AsnWriter writer, int tag) =>
        writer.WriteBoolean(true, new Asn1Tag(TagClass.ContextSpecific, tag));

    /// <summary>distributionPoint [0] { fullName [0] { directoryName [4] } }.</summary>
    private static void Point(AsnWriter writer, string city)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
        {
            writer.WriteEncodedValue(
                new X500DistinguishedName($"C=JP, O=JPKI-TEST, CN={city} CRLDP").RawData
            );
        }
    }

    private static X509Extension DistributionPoint(string city)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            Point(writer, city);
        }

        return new X509Extension("2.5.29.31", writer.Encode(), critical: false);
    }

    /// <summary>A list as it is to be made; the defaults give a right one of today.</summary>
    private sealed record ListSpec
    {
        public int? Version { get; init; } = 1;

        public TestSigner Signer { get; init; } = TestCards.Authority.Signer;

        public byte[] Issuer { get; init; } = TestCards.Authority.Signer.Name;

        public HashAlgorithmName? InnerDigest { get; init; }

        public DateTimeOffset ThisUpdate { get; init; } = Now;

        public DateTimeOffset NextUpdate { get; init; } = Now.AddHours(30);

        public IReadOnlyList<(byte[] Serial, X509Extension? Extension)> Entries { get; init; } =
        [(Serial, null)];

        public IReadOnlyList<X509Extension> Extensions { get; init; } =
        [new X509Extension("2.5.29.20", [2, 1, 7], critical: false)];
    }

    private static byte[] Make(Func<ListSpec, ListSpec> change)
    {
        ListSpec spec = change(new ListSpec());
        TestSigner signer = spec.Signer;
        AsnWriter body = new(AsnEncodingRules.DER);
        using (body.PushSequence())
        {
            if (spec.Version is { } version)
            {
                body.WriteInteger(version);
            }

            body.WriteEncodedValue(
                signer.Generator.GetSignatureAlgorithmIdentifier(spec.InnerDigest ?? signer.Digest)
            );
            body.WriteEncodedValue(spec.Issuer);
            body.WriteUtcTime(spec.ThisUpdate);
            body.WriteUtcTime(spec.NextUpdate);
            if (spec.Entries.Count > 0)
            {
                using (body.PushSequence())
                {
                    foreach ((byte[] serial, X509Extension? extension) in spec.Entries)
                    {
                        using (body.PushSequence())
                        {
                            body.WriteInteger(serial);
                            body.WriteUtcTime(Now.AddDays(-1));
                            if (extension is not null)
                            {
                                WriteExtensions(body, [extension]);
                            }
                        }
                    }
                }
            }

            if (spec.Extensions.Count > 0)
            {
                using (body.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    WriteExtensions(body, spec.Extensions);
                }
            }
        }

        byte[] signed = body.Encode();
        AsnWriter list = new(AsnEncodingRules.DER);
        using (list.PushSequence())
        {
            list.WriteEncodedValue(signed);
            list.WriteEncodedValue(signer.Generator.GetSignatureAlgorithmIdentifier(signer.Digest));
            list.WriteBitString(signer.Generator.SignData(signed, signer.Digest));
        }

        return list.Encode();
    }

    private static void WriteExtensions(AsnWriter writer, IReadOnlyList<X509Extension> extensions)
    {
        using (writer.PushSequence())
        {
            foreach (X509Extension extension in extensions)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid!.Value!);
                    if (extension.Critical)
                    {
                        writer.WriteBoolean(true);
                    }

                    writer.WriteOctetString(extension.RawData);
                }
            }
        }
    }

    private sealed class Source : ICrlSource
    {
        public byte[]? Octets { get; set; }

        public Task<ReadOnlyMemory<byte>?> FetchAsync(CancellationToken stop) =>
            Task.FromResult(Octets is { } octets ? octets : (ReadOnlyMemory<byte>?)null);
    }
}
