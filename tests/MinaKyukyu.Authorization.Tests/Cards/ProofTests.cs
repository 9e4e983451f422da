using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Verifier;

namespace MinaKyukyu.Authorization.Tests.Cards;

/// <summary>What a card or a verifier signs, and every way in which it does not fit.</summary>
public sealed class ProofTests
{
    [Fact]
    public async Task Refuses_a_signature_with_a_flipped_bit_in_any_octet()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        byte[] signature = Sign(check);
        Assert.Null(Pin(world, check, signature));
        for (int at = 0; at < signature.Length; at++)
        {
            byte[] flipped = [.. signature];
            flipped[at] ^= (byte)(1 << (at % 8));
            Assert.Equal(CardRefusal.SignatureInvalid, Pin(world, check, flipped));
        }
    }

    [Fact]
    public async Task Refuses_a_signature_of_another_form()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        RSA key = (RSA)TestCards.Everyday.Key;
        byte[] octets = check.Challenge.SignedOctets.ToArray();
        byte[] good = Sign(check);
        byte[][] bad =
        [
            [],
            good[..^1],
            [.. good, 0],
            [0, .. good],
            new byte[256],
            [.. Enumerable.Repeat((byte)0xff, 256)],
            key.SignData(octets, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1),
            key.SignData(octets, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            key.SignData(octets, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            key.SignData(octets[1..], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            key.SignData(
                SHA256.HashData(octets),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            ),
            ((RSA)TestCards.SecondPerson.Key).SignData(
                octets,
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            ),
        ];
        Assert.All(bad, s => Assert.Equal(CardRefusal.SignatureInvalid, Pin(world, check, s)));
        Assert.Null(Pin(world, check, good));
    }

    [Fact]
    public async Task The_next_cards_signature_is_checked_the_same_way()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        using SoftwareCard card = TestCards.Make(TestCards.Usual with { Key = CardKey.EcdsaP384 });
        CardCheck check = await world.BeginAsync();
        byte[] signature = card.SignWithPin(card.Pin, check.Challenge.SignedOctets.Span)!;
        Assert.Equal(96, signature.Length);
        Assert.Null(Pin(world, check, signature, card));
        for (int at = 0; at < signature.Length; at++)
        {
            byte[] flipped = [.. signature];
            flipped[at] ^= 1;
            Assert.Equal(CardRefusal.SignatureInvalid, Pin(world, check, flipped, card));
        }

        Assert.Equal(CardRefusal.SignatureInvalid, Pin(world, check, [], card));
        Assert.Equal(CardRefusal.SignatureInvalid, Pin(world, check, new byte[96], card));
    }

    [Fact]
    public async Task Refuses_an_assertion_with_a_flipped_bit_in_any_octet()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        byte[] assertion = world.AnswerFor(check, TestCards.Everyday).Assertion!;
        Assert.Null(Asserted(world, check, assertion));
        for (int at = 0; at < assertion.Length; at++)
        {
            byte[] flipped = [.. assertion];
            flipped[at] ^= (byte)(1 << (at % 8));
            Assert.Equal(CardRefusal.AssertionInvalid, Asserted(world, check, flipped));
        }
    }

    [Fact]
    public async Task Refuses_an_assertion_cut_short_or_lengthened()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        byte[] assertion = world.AnswerFor(check, TestCards.Everyday).Assertion!;
        for (int length = 0; length < assertion.Length; length += 7)
        {
            Assert.Equal(CardRefusal.AssertionInvalid, Asserted(world, check, assertion[..length]));
        }

        Assert.Equal(CardRefusal.AssertionInvalid, Asserted(world, check, [.. assertion, 0]));
        Assert.Equal(
            CardRefusal.AssertionInvalid,
            Asserted(world, check, [.. assertion, 0, 0, 0, 0])
        );
        Assert.Equal(
            CardRefusal.AssertionInvalid,
            Asserted(world, check, [.. assertion, .. assertion])
        );
        Assert.Equal(CardRefusal.AssertionInvalid, Asserted(world, check, new byte[5_000]));
    }

    [Fact]
    public async Task Refuses_the_assertion_of_a_verifier_that_is_not_trusted()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        using ApprovedVerifier stranger = new(TestCards.National, world.Time);
        CardCheck check = await world.BeginAsync();
        ReadOnlyMemory<byte> octets = check.Challenge.SignedOctets;
        byte[] theirs = stranger
            .Answer(
                octets.Span,
                TestCards.Everyday.Certificate,
                TestCards.Everyday.ProvePresence(octets.Span),
                "reader-1"
            )
            .Assertion!;
        Assert.Equal(CardRefusal.AssertionInvalid, Asserted(world, check, theirs));
    }

    /// <summary>Each field wrong once, under a signature that is right.</summary>
    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, CardRefusal.AssertionInvalid)]
    [InlineData(1, CardRefusal.AssertionInvalid)]
    [InlineData(2, CardRefusal.AssertionInvalid)]
    [InlineData(3, CardRefusal.AssertionInvalid)]
    [InlineData(4, CardRefusal.AssertionInvalid)]
    [InlineData(5, CardRefusal.AssertionInvalid)]
    [InlineData(6, CardRefusal.AssertionInvalid)]
    [InlineData(7, CardRefusal.AssertionInvalid)]
    [InlineData(8, null)]
    [InlineData(9, CardRefusal.AssertionInvalid)]
    public async Task Each_field_of_an_assertion_counts_but_the_readers_name(
        int wrong,
        object? expected
    )
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 card = X509CertificateLoader.LoadCertificate(
            TestCards.Everyday.Certificate
        );
        TrustedVerifier ours = TrustedVerifier.FromPem(
            key.ExportSubjectPublicKeyInfoPem(),
            "SIMULATED-0002"
        );
        byte[][] fields =
        [
            "MINA-KYUKYU/VERIFIER-ASSERTION/1"u8.ToArray(),
            "simulated=true"u8.ToArray(),
            "SIMULATED-0002"u8.ToArray(),
            Encoding.ASCII.GetBytes(ours.KeyId),
            SHA256.HashData(check.Challenge.SignedOctets.Span),
            Convert.FromHexString(SoftwareCard.RecordHandleOf(card)),
            SHA256.HashData(TestCards.Everyday.Certificate),
            "registered"u8.ToArray(),
            "reader-1"u8.ToArray(),
            Encoding.ASCII.GetBytes($"{world.Time.GetUtcNow().ToUnixTimeMilliseconds()}"),
        ];
        if (wrong >= 0)
        {
            fields[wrong] = [.. fields[wrong], (byte)'0'];
        }

        byte[] body = [.. fields.SelectMany(WithLength)];
        byte[] assertion = [.. body, .. WithLength(key.SignData(body, HashAlgorithmName.SHA256))];
        CardVerifier verifier = new(
            TestCards.Anchors,
            ours,
            new Authorization.Levels.LevelGates(
                AnchorKind.Test,
                world.Options.LevelB,
                levelA: null
            ),
            world.Statuses,
            world.Options
        );
        CardVerdict verdict = verifier.Verify(
            new CardEvidence.SpecialVerifier(TestCards.Everyday.Certificate, assertion),
            check.Challenge,
            world.Time.GetUtcNow()
        );
        Assert.Equal((CardRefusal?)expected, (verdict as CardVerdict.Refused)?.Reason);
    }

    [Fact]
    public async Task Refuses_the_assertion_for_another_persons_card()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        byte[] ofSecond = world.AnswerFor(check, TestCards.SecondPerson).Assertion!;
        Assert.Equal(CardRefusal.AssertionInvalid, Asserted(world, check, ofSecond));
    }

    [Fact]
    public async Task A_card_that_is_not_registered_is_refused_on_the_verifiers_word()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        SoftwareCard unregistered = TestCards.Find(3, CardKind.NotRegistered).Card;
        CardCheck check = await world.BeginAsync();
        VerifierAnswer answer = world.AnswerFor(check, unregistered);
        Assert.Equal(VerifierAnswer.NotRegistered, answer.Refusal);
        var refused = Assert.IsType<CardVerdict.Refused>(
            world.Cards.Verify(
                new CardEvidence.SpecialVerifier(unregistered.Certificate, answer.Assertion),
                check.Challenge,
                world.Time.GetUtcNow()
            )
        );
        Assert.Equal(CardRefusal.NotRegistered, refused.Reason);
    }

    [Theory]
    [InlineData(30, null)]
    [InlineData(31, CardRefusal.AssertionInvalid)]
    [InlineData(-30, null)]
    [InlineData(-31, CardRefusal.AssertionInvalid)]
    public async Task A_verifiers_clock_may_differ_by_thirty_seconds(int seconds, object? expected)
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        world.Time.JumpWall(TimeSpan.FromSeconds(seconds));
        byte[] assertion = world.AnswerFor(check, TestCards.Everyday).Assertion!;
        world.Time.JumpWall(TimeSpan.FromSeconds(-seconds));
        Assert.Equal((CardRefusal?)expected, Asserted(world, check, assertion));
    }

    [Fact]
    public async Task Without_a_trusted_verifier_no_assertion_proves_anything()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        CardVerifier alone = new(
            TestCards.Anchors,
            verifier: null,
            new Authorization.Levels.LevelGates(
                AnchorKind.Test,
                world.Options.LevelB,
                levelA: null
            ),
            world.Statuses,
            world.Options
        );
        var refused = Assert.IsType<CardVerdict.Refused>(
            alone.Verify(world.Asserted(check), check.Challenge, world.Time.GetUtcNow())
        );
        Assert.Equal(CardRefusal.AssertionInvalid, refused.Reason);
    }

    [Fact]
    public async Task What_is_signed_names_everything_that_it_is_bound_to()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        List<string> fields = Fields(check.Challenge.SignedOctets.Span);
        Assert.Equal(14, fields.Count);
        Assert.Equal(
            [
                "MINA-KYUKYU/CARD-CHALLENGE/1",
                "emergency-care/read-medical-summary",
                check.Challenge.Id.Value,
                "midori-tama",
                "i-1",
                "1",
                "kita-2",
                "c-1",
                "d-1",
                CardWorld.KeyOf("d-1").Value,
                "n1-000000000001",
                "1775001600000",
                "1775001660000",
            ],
            fields[..13]
        );
        CardCheck next = await world.BeginAsync();
        Assert.NotEqual(fields[13], Fields(next.Challenge.SignedOctets.Span)[13]);
    }

    private static List<string> Fields(ReadOnlySpan<byte> octets)
    {
        List<string> fields = [];
        while (!octets.IsEmpty)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(octets);
            fields.Add(
                fields.Count == 13
                    ? Convert.ToHexString(octets.Slice(4, length))
                    : Encoding.UTF8.GetString(octets.Slice(4, length))
            );
            octets = octets[(4 + length)..];
        }

        return fields;
    }

    private static byte[] WithLength(byte[] field)
    {
        byte[] framed = new byte[4 + field.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed, field.Length);
        field.CopyTo(framed, 4);
        return framed;
    }

    private static byte[] Sign(CardCheck check) =>
        TestCards.Everyday.SignWithPin(TestCards.Everyday.Pin, check.Challenge.SignedOctets.Span)!;

    private static CardRefusal? Pin(
        CardWorld world,
        CardCheck check,
        byte[] signature,
        SoftwareCard? card = null
    ) =>
        Reason(
            world,
            check,
            new CardEvidence.PinChallenge((card ?? TestCards.Everyday).Certificate, signature)
        );

    private static CardRefusal? Asserted(CardWorld world, CardCheck check, byte[] assertion) =>
        Reason(
            world,
            check,
            new CardEvidence.SpecialVerifier(TestCards.Everyday.Certificate, assertion)
        );

    private static CardRefusal? Reason(CardWorld world, CardCheck check, CardEvidence evidence) =>
        world.Cards.Verify(evidence, check.Challenge, world.Time.GetUtcNow())
            is CardVerdict.Refused refused
            ? refused.Reason
            : null;
}
