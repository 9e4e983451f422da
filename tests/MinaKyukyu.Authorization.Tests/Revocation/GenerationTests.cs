using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Revocation;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>Generations of one authority: same name, other keys, side by side, and the next card's algorithms (T6, G36).</summary>
public sealed class GenerationTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TestCardAuthority _first = TestCardAuthority.Create(
        TestCards.Start,
        TestCards.NextSerial
    );

    private readonly TestCardAuthority _second = TestCardAuthority.Create(
        TestCards.Start,
        TestCards.NextSerial
    );

    private readonly TestCardAuthority _next = TestCardAuthority.CreateEcdsa(
        TestCards.Start,
        TestCards.NextSerial
    );

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _next.Dispose();
    }

    [Fact]
    public async Task Every_live_generation_is_accepted_each_by_its_own_responder_and_list()
    {
        TestCardAuthority[] all = [_first, _second, _next];
        foreach (TestCardAuthority issuer in all)
        {
            foreach (TestCardAuthority signer in all)
            {
                TestResponder responder = new(
                    _time,
                    a => TestResponder.Reply(a.Right with { Signer = signer.Signer })
                );
                await using CardWorld world = await OpenAsync(responder, all);
                using SoftwareCard card = Issue(issuer);
                CardCheck check = await world.BeginAsync();
                AccessDecision decision = await world.AskAndDecideAsync(
                    check,
                    CardWorld.Pin(check, card)
                );
                if (issuer == signer)
                {
                    Assert.IsType<AccessDecision.Granted>(decision);
                }
                else
                {
                    Assert.Equal(
                        RefusalReason.RevocationAnswerInvalid,
                        Assert.IsType<AccessDecision.Refused>(decision).Reason
                    );
                }
            }
        }
    }

    [Fact]
    public async Task A_list_of_one_generation_says_nothing_of_anothers_card_with_the_same_number()
    {
        await using CardWorld world = await OpenAsync(responder: null, _first, _second);
        const long Shared = 0x0600_0000_0000_4711;
        using SoftwareCard one = TestCardAuthorityWith(_first, Shared);
        using SoftwareCard other = TestCardAuthorityWith(_second, Shared);
        Assert.Null(world.Lists.Load(ListOf(_first, Shared)));
        Assert.Equal(RevocationTier.Revoked, TierOf(world, one));
        Assert.Equal(RevocationTier.NothingFresh, TierOf(world, other));
        Assert.Null(world.Lists.Load(ListOf(_second)));
        Assert.Equal(RevocationTier.CrlOnly, TierOf(world, other));
        Assert.Equal(2, world.Lists.Count);
    }

    [Fact]
    public async Task An_answer_that_is_kept_for_one_generation_is_not_read_for_another()
    {
        const long Shared = 0x0600_0000_0000_4712;
        TestCardAuthority asked = _first;
        TestResponder responder = new(
            _time,
            a => TestResponder.Reply(a.Right with { Signer = asked.Signer })
        );
        await using CardWorld world = await OpenAsync(responder, _first, _second);
        using SoftwareCard one = TestCardAuthorityWith(_first, Shared);
        using SoftwareCard other = TestCardAuthorityWith(_second, Shared);
        StatusQuestion question = QuestionOf(world, one);
        await world.Statuses.LookUpAsync(question, CancellationToken.None);
        Assert.Equal(RevocationTier.OcspFresh, TierOf(world, one));
        Assert.Equal(RevocationTier.NothingFresh, TierOf(world, other));
    }

    [Fact]
    public async Task A_rollover_is_a_matter_of_pins_and_an_authority_that_left_opens_nothing()
    {
        using SoftwareCard old = Issue(_first);
        using SoftwareCard young = Issue(_second);
        await using CardWorld before = await OpenAsync(responder: null, _first);
        await using CardWorld during = await OpenAsync(responder: null, _first, _second);
        await using CardWorld after = await OpenAsync(responder: null, _second);
        Assert.NotNull(QuestionOf(before, old));
        Assert.Null(QuestionOf(before, young));
        Assert.NotNull(QuestionOf(during, old));
        Assert.NotNull(QuestionOf(during, young));
        Assert.Null(QuestionOf(after, old));
        Assert.NotNull(QuestionOf(after, young));
    }

    [Fact]
    public async Task An_authority_whose_own_time_is_over_opens_nothing()
    {
        using SoftwareCard card = Issue(_first);
        await using CardWorld world = await OpenAsync(responder: null, _first);
        Assert.NotNull(QuestionOf(world, card));
        Assert.Null(
            world.Cards.FindQuestion(
                new CardEvidence.PinChallenge(card.Certificate, new byte[1]),
                TestCards.Start.AddYears(7)
            )
        );
    }

    /// <summary>The old key signs the new one: useful to others, an anchor to nobody here.</summary>
    [Fact]
    public async Task A_cross_signed_authority_is_neither_an_anchor_nor_an_issuer()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new(
            TestProfile.AuthorityName(),
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
                true
            )
        );
        using X509Certificate2 crossed = request.Create(
            _first.Certificate.SubjectName,
            _first.Signer.Generator,
            TestCards.Start.AddYears(-1),
            TestCards.Start.AddYears(1),
            [7]
        );
        Assert.Throws<TrustAnchorsException>(() =>
            TrustAnchors.Load([crossed.ExportCertificatePem()], [])
        );

        // A card by the crossed key, whose issuer's name is that of the pinned authority.
        using RSA cardKey = RSA.Create(2048);
        using X509Certificate2 card = new CertificateRequest(
            TestProfile.HolderName("X"),
            cardKey,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).Create(
            TestProfile.AuthorityName(),
            X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
            TestCards.Start.AddYears(-1),
            TestCards.Start.AddYears(1),
            [8]
        );
        await using CardWorld world = await OpenAsync(responder: null, _first);
        Assert.Null(
            world.Cards.FindQuestion(
                new CardEvidence.PinChallenge(card.RawData, new byte[1]),
                TestCards.Start
            )
        );
    }

    [Fact]
    public async Task The_next_cards_algorithms_work_from_certificate_to_answer_and_list()
    {
        TestSigner named = _next.IssueResponder(Responders.Usual);
        TestResponder responder = new(_time, a => TestResponder.Reply(a.By(named)));
        await using CardWorld world = await OpenAsync(responder, _next);
        using SoftwareCard card = Issue(_next);
        CardCheck check = await world.BeginAsync();
        Assert.IsType<AccessDecision.Granted>(
            await world.AskAndDecideAsync(check, CardWorld.Pin(check, card))
        );
        Assert.Null(world.Lists.Load(ListOf(_next, card.Serial)));
        Assert.Equal(RevocationTier.Revoked, TierOf(world, card));
    }

    private static SoftwareCard Issue(TestCardAuthority issuer) =>
        issuer.Issue(
            TestCards.Usual with
            {
                Key =
                    issuer.Certificate.PublicKey.Oid.Value == "1.2.840.10045.2.1"
                        ? CardKey.EcdsaP384
                        : CardKey.Rsa2048,
                Digest = issuer.Signer.Digest,
            },
            "1234"
        );

    private static SoftwareCard TestCardAuthorityWith(TestCardAuthority issuer, long serial) =>
        issuer.Issue(TestCards.Usual with { Serial = serial }, "1234");

    private byte[] ListOf(TestCardAuthority authority, params long[] revoked) =>
        authority.List(revoked, _time.GetUtcNow(), _time.GetUtcNow().AddHours(24));

    private static StatusQuestion QuestionOf(CardWorld world, SoftwareCard card) =>
        world.Cards.FindQuestion(
            new CardEvidence.PinChallenge(card.Certificate, new byte[1]),
            TestCards.Start
        )!;

    private static RevocationTier TierOf(CardWorld world, SoftwareCard card)
    {
        StatusQuestion question = QuestionOf(world, card);
        return world.Statuses.Decide(question, world.Statuses.AtHand(question)).Tier;
    }

    private Task<CardWorld> OpenAsync(
        TestResponder? responder,
        params TestCardAuthority[] authorities
    ) =>
        CardWorld.OpenAsync(s =>
            s with
            {
                Time = _time,
                Anchors = TestCards.AnchorsOf(authorities),
                Responder = responder,
                Lists = [new FileCrlSource("/nowhere")],
            }
        );
}
