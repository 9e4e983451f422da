using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.Authorization.Tests.Cards;

/// <summary>The certificate itself; each refusal stands beside the nearest thing that is accepted.</summary>
public sealed class CertificateTests
{
    private static readonly X509Extension UnknownCritical = new(
        "1.2.3.4.5",
        [5, 0],
        critical: true
    );
    private static readonly X509Extension UnknownPlain = new("1.2.3.4.5", [5, 0], critical: false);

    /// <summary>What is made, by name; the word that must come out, or none when it is accepted.</summary>
    private static readonly Dictionary<string, (CardSpec Spec, CardRefusal? Refusal)> Cases = new(
        StringComparer.Ordinal
    )
    {
        ["the usual"] = (TestCards.Usual, null),
        ["the next card, P-384"] = (
            TestCards.Usual with
            {
                Key = CardKey.EcdsaP384,
                Digest = HashAlgorithmName.SHA384,
            },
            null
        ),
        ["SHA-384"] = (TestCards.Usual with { Digest = HashAlgorithmName.SHA384 }, null),
        ["SHA-512"] = (TestCards.Usual with { Digest = HashAlgorithmName.SHA512 }, null),
        ["SHA-1"] = (
            TestCards.Usual with
            {
                Digest = HashAlgorithmName.SHA1,
            },
            CardRefusal.Untrusted
        ),
        ["RSA-1024"] = (TestCards.Usual with { Key = CardKey.Rsa1024 }, CardRefusal.Untrusted),
        ["P-256"] = (TestCards.Usual with { Key = CardKey.EcdsaP256 }, CardRefusal.Untrusted),
        ["other policy"] = (
            TestCards.Usual with
            {
                Policy = TestProfile.PolicyOid + ".1",
            },
            CardRefusal.NotMyNumberCard
        ),
        ["production policy under test anchors"] = (
            TestCards.Usual with
            {
                Policy = "1.2.392.200149.8.5.1.3.30",
            },
            CardRefusal.NotMyNumberCard
        ),
        ["no policy"] = (TestCards.Usual with { Policy = null }, CardRefusal.NotMyNumberCard),
        ["policy not critical"] = (
            TestCards.Usual with
            {
                PolicyCritical = false,
            },
            CardRefusal.NotMyNumberCard
        ),
        ["no key usage"] = (TestCards.Usual with { KeyUsage = null }, CardRefusal.NotMyNumberCard),
        ["key usage not critical"] = (
            TestCards.Usual with
            {
                KeyUsageCritical = false,
            },
            CardRefusal.NotMyNumberCard
        ),
        ["usage of a signature certificate"] = (
            TestCards.Usual with
            {
                KeyUsage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation,
            },
            CardRefusal.NotMyNumberCard
        ),
        ["usage of an authority"] = (
            TestCards.Usual with
            {
                KeyUsage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign,
            },
            CardRefusal.NotMyNumberCard
        ),
        ["no extended usage"] = (
            TestCards.Usual with
            {
                ExtendedKeyUsage = null,
            },
            CardRefusal.NotMyNumberCard
        ),
        ["for servers"] = (
            TestCards.Usual with
            {
                ExtendedKeyUsage = "1.3.6.1.5.5.7.3.1",
            },
            CardRefusal.NotMyNumberCard
        ),
        ["CA:TRUE"] = (TestCards.Usual with { IsAuthority = true }, CardRefusal.NotMyNumberCard),
        ["CA:FALSE, said"] = (
            TestCards.Usual with
            {
                Further = [new X509BasicConstraintsExtension(false, false, 0, true)],
            },
            null
        ),
        ["unknown critical"] = (
            TestCards.Usual with
            {
                Further = [UnknownCritical],
            },
            CardRefusal.NotMyNumberCard
        ),
        ["unknown, not critical"] = (TestCards.Usual with { Further = [UnknownPlain] }, null),
    };

    public static TheoryData<string> CaseNames { get; } = [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public async Task Only_the_profile_of_a_cards_authentication_certificate_is_accepted(
        string name
    )
    {
        (CardSpec spec, CardRefusal? expected) = Cases[name];
        using SoftwareCard card = TestCards.Make(spec);
        Assert.Equal(expected, await VerdictAsync(card));
    }

    [Fact]
    public async Task Refuses_a_card_of_another_authority_with_the_same_name()
    {
        using SoftwareCard forged = TestCards.Namesake.Issue(TestCards.Usual, "1234");
        Assert.Equal(
            TestCards.Namesake.Certificate.SubjectName.RawData,
            TestCards.Authority.Certificate.SubjectName.RawData
        );
        Assert.Equal(CardRefusal.Untrusted, await VerdictAsync(forged));

        // Two generations with one name, both pinned: found by signature.
        TrustAnchors both = TestCards.AnchorsOf(TestCards.Authority, TestCards.Namesake);
        Assert.Null(await VerdictAsync(forged, s => s with { Anchors = both }));
        Assert.Null(await VerdictAsync(TestCards.Everyday, s => s with { Anchors = both }));
    }

    [Fact]
    public async Task Refuses_a_card_of_an_authority_with_another_name()
    {
        using var stranger = TestCardAuthority.Create(
            TestCards.Start,
            TestCards.NextSerial,
            TestProfile.AuthorityName("JPKI-OTHER")
        );
        using SoftwareCard card = stranger.Issue(TestCards.Usual, "1234");
        Assert.Equal(CardRefusal.Untrusted, await VerdictAsync(card));
    }

    [Fact]
    public async Task Refuses_a_card_whose_authority_is_over()
    {
        // The authority ends six years after its start; the card says that it lives longer.
        using SoftwareCard card = TestCards.Make(
            TestCards.Usual with
            {
                NotAfter = TestCards.Start.AddYears(9),
            }
        );
        Assert.Null(
            await VerdictAsync(card, s => s with { Time = At(TestCards.Start.AddYears(6)) })
        );
        Assert.Equal(
            CardRefusal.Untrusted,
            await VerdictAsync(
                card,
                s => s with { Time = At(TestCards.Start.AddYears(6).AddSeconds(1)) }
            )
        );
    }

    [Fact]
    public async Task Accepts_a_card_of_an_authority_of_the_next_generation()
    {
        using var next = TestCardAuthority.CreateEcdsa(TestCards.Start, TestCards.NextSerial);
        using SoftwareCard card = next.Issue(
            TestCards.Usual with
            {
                Key = CardKey.EcdsaP384,
                Digest = HashAlgorithmName.SHA384,
            },
            "1234"
        );
        Assert.Null(await VerdictAsync(card, s => s with { Anchors = TestCards.AnchorsOf(next) }));
        Assert.Equal(CardRefusal.Untrusted, await VerdictAsync(card));
    }

    [Fact]
    public async Task Refuses_a_certificate_with_a_flipped_bit_in_any_octet()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        byte[] certificate = TestCards.Everyday.Certificate;
        byte[] signature = TestCards.Everyday.SignWithPin(
            TestCards.Everyday.Pin,
            check.Challenge.SignedOctets.Span
        )!;
        Assert.IsType<CardVerdict.Accepted>(Verify(world, check, certificate, signature));
        for (int at = 0; at < certificate.Length; at++)
        {
            byte[] flipped = [.. certificate];
            flipped[at] ^= (byte)(1 << (at % 8));
            Assert.IsType<CardVerdict.Refused>(Verify(world, check, flipped, signature));
        }
    }

    [Fact]
    public async Task Refuses_what_is_not_exactly_one_certificate_in_DER()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        byte[] der = TestCards.Everyday.Certificate;
        byte[] pem = System.Text.Encoding.ASCII.GetBytes(
            TestCards.Authority.Certificate.ExportCertificatePem()
        );
        foreach (
            byte[] octets in new byte[][]
            {
                [],
                [0x30],
                der[..^1],
                [.. der, 0],
                [.. der, .. der],
                pem,
                new byte[8 * 1024 + 1],
                [0x30, 0x84, 0x7f, 0xff, 0xff, 0xff],
            }
        )
        {
            var refused = Assert.IsType<CardVerdict.Refused>(
                Verify(world, check, octets, new byte[256])
            );
            Assert.Equal(CardRefusal.Unreadable, refused.Reason);
        }
    }

    /// <summary>A card that ends on its holder's birthday, 14 May 2026, at 23:59:59 in Japan, which is 14:59:59Z.</summary>
    [Theory]
    [InlineData("2021-05-14T23:59:58+09:00", CardRefusal.NotYetValid)]
    [InlineData("2021-05-14T23:59:59+09:00", null)]
    [InlineData("2026-05-14T23:59:59+09:00", null)]
    [InlineData("2026-05-14T23:59:59.999+09:00", null)]
    [InlineData("2026-05-15T00:00:00+09:00", CardRefusal.ExpiredGrace)]
    [InlineData("2026-08-31T23:59:59+09:00", CardRefusal.ExpiredGrace)]
    [InlineData("2026-08-31T15:00:00Z", CardRefusal.Expired)]
    [InlineData("2026-08-31T14:59:59Z", CardRefusal.ExpiredGrace)]
    [InlineData("2027-01-01T00:00:00+09:00", CardRefusal.Expired)]
    public async Task A_card_is_valid_to_the_last_second_of_its_day_in_Japan(
        string now,
        object? expected
    )
    {
        DateTimeOffset end = TestProfile.EndOfDay(new DateOnly(2026, 5, 14));
        using SoftwareCard card = TestCards.Make(
            TestCards.Usual with
            {
                NotBefore = end.AddYears(-5),
                NotAfter = end,
            }
        );
        Assert.Equal(
            (CardRefusal?)expected,
            await VerdictAsync(card, s => s with { Time = At(Moment(now)) })
        );
    }

    /// <summary>A card that ends on 30 November has its grace to the end of February, also when that is shorter.</summary>
    [Theory]
    [InlineData("2027-02-28T23:59:59+09:00", CardRefusal.ExpiredGrace)]
    [InlineData("2027-03-01T00:00:00+09:00", CardRefusal.Expired)]
    public async Task Grace_ends_with_the_third_month(string now, CardRefusal expected)
    {
        DateTimeOffset end = TestProfile.EndOfDay(new DateOnly(2026, 11, 30));
        using SoftwareCard card = TestCards.Make(TestCards.Usual with { NotAfter = end });
        Assert.Equal(expected, await VerdictAsync(card, s => s with { Time = At(Moment(now)) }));
    }

    [Theory]
    [InlineData("2026-02-14T23:59:58+09:00", false)]
    [InlineData("2026-02-14T23:59:59+09:00", true)]
    public async Task A_card_that_ends_within_three_months_is_accepted_with_a_note(
        string now,
        bool isSoon
    )
    {
        DateTimeOffset end = TestProfile.EndOfDay(new DateOnly(2026, 5, 14));
        using SoftwareCard card = TestCards.Make(TestCards.Usual with { NotAfter = end });
        await using CardWorld world = await CardWorld.OpenAsync(s =>
            s with
            {
                Time = At(Moment(now)),
            }
        );
        CardCheck check = await world.BeginAsync();
        var accepted = Assert.IsType<CardVerdict.Accepted>(
            world.Cards.Verify(CardWorld.Pin(check, card), check.Challenge, Moment(now))
        );
        Assert.Equal(isSoon, accepted.Notes.Contains(CardNote.ExpiringSoon));
        Assert.Contains(CardNote.RevocationNotChecked, accepted.Notes);
    }

    [Fact]
    public async Task Nothing_of_a_certificate_is_in_what_evidence_and_identity_say_of_themselves()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync();
        CardEvidence evidence = CardWorld.Pin(check);
        var accepted = (CardVerdict.Accepted)
            world.Cards.Verify(evidence, check.Challenge, TestCards.Start);
        Assert.Equal("PinChallenge (withheld)", evidence.ToString());
        Assert.Equal("(withheld)", accepted.Identity.ToString());
        Assert.Equal("(withheld)", new PatientRefKey(new byte[32]).ToString());
    }

    private static CardVerdict Verify(
        CardWorld world,
        CardCheck check,
        byte[] certificate,
        byte[] signature
    ) =>
        world.Cards.Verify(
            new CardEvidence.PinChallenge(certificate, signature),
            check.Challenge,
            world.Time.GetUtcNow()
        );

    /// <summary>What becomes of a card that signs correctly; null when it is accepted.</summary>
    private static async Task<CardRefusal?> VerdictAsync(
        SoftwareCard card,
        Func<CardWorld.Setting, CardWorld.Setting>? change = null
    )
    {
        await using CardWorld world = await CardWorld.OpenAsync(change);
        CardCheck check = await world.BeginAsync();
        return
            world.Cards.Verify(CardWorld.Pin(check, card), check.Challenge, world.Time.GetUtcNow())
                is CardVerdict.Refused refused
            ? refused.Reason
            : null;
    }

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static TestKit.ManualTime At(DateTimeOffset moment) => new(moment);
}
