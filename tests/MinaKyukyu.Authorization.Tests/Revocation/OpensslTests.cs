using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>Our questions against a responder, and our reading against lists, that we did not write.</summary>
public sealed class OpensslTests
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly OcspProblem?[] Silent = [OcspProblem.TimedOut, OcspProblem.Unreachable];

    [Theory]
    [InlineData(false, "ca", CertificateIdDigest.Sha1)]
    [InlineData(false, "ca", CertificateIdDigest.Sha256)]
    [InlineData(false, "responder", CertificateIdDigest.Sha1)]
    [InlineData(false, "responder", CertificateIdDigest.Sha256)]
    [InlineData(true, "ca", CertificateIdDigest.Sha1)]
    [InlineData(true, "responder", CertificateIdDigest.Sha256)]
    public async Task Good_revoked_and_unknown_are_heard_from_openssls_responder(
        bool isNextCard,
        string signer,
        CertificateIdDigest digest
    )
    {
        using OpensslAuthority authority = new(isNextCard);
        authority.Issue("good");
        authority.Issue("held");
        authority.IssueBesideTheIndex("stranger");
        authority.Issue("responder", "responder");
        authority.Revoke("held", "certificateHold");
        using HttpOcspResponder responder = new(await authority.StartResponderAsync(signer));
        CardVerifier verifier = VerifierOf(
            authority,
            responder,
            new RevocationOptions { Digest = digest, RequireNonce = true },
            out CardStatuses statuses,
            out _
        );

        Assert.Equal(
            RevocationTier.OcspFresh,
            await TierAsync(authority, verifier, statuses, "good")
        );
        Assert.Equal(
            RevocationTier.Revoked,
            await TierAsync(authority, verifier, statuses, "held")
        );
        Assert.Equal(
            RevocationTier.UnknownSerial,
            await TierAsync(authority, verifier, statuses, "stranger")
        );

        // Nobody there any more: what is known within the hour stands in, the others stay refused.
        authority.StopResponder();
        Assert.Equal(
            RevocationTier.Revoked,
            await TierAsync(authority, verifier, statuses, "held")
        );
        Assert.Equal(
            RevocationTier.OcspFresh,
            await TierAsync(authority, verifier, statuses, "good")
        );
    }

    [Fact]
    public async Task A_certificate_for_servers_does_not_answer_for_openssls_authority()
    {
        using OpensslAuthority authority = new(isNextCard: false);
        authority.Issue("good");
        authority.Issue("responder", "notresponder");
        using HttpOcspResponder responder = new(await authority.StartResponderAsync("responder"));
        CardVerifier verifier = VerifierOf(
            authority,
            responder,
            new RevocationOptions(),
            out CardStatuses statuses,
            out _
        );
        Assert.Equal(
            RevocationTier.AnswerForged,
            await TierAsync(authority, verifier, statuses, "good")
        );
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Openssls_list_is_read(bool isNextCard, bool isDer)
    {
        using OpensslAuthority authority = new(isNextCard);
        authority.Issue("good");
        authority.Issue("lost");
        CardVerifier verifier = VerifierOf(
            authority,
            responder: null,
            new RevocationOptions(),
            out CardStatuses statuses,
            out CrlBook lists
        );

        Assert.Null(lists.Load(isDer ? authority.ListInDer() : authority.List()));
        Assert.Equal(
            RevocationTier.CrlOnly,
            await TierAsync(authority, verifier, statuses, "lost")
        );
        authority.Revoke("lost", "keyCompromise");
        Assert.Null(lists.Load(isDer ? authority.ListInDer() : authority.List()));
        Assert.Equal(
            RevocationTier.Revoked,
            await TierAsync(authority, verifier, statuses, "lost")
        );
        Assert.Equal(
            RevocationTier.CrlOnly,
            await TierAsync(authority, verifier, statuses, "good")
        );
        Assert.Equal(1, lists.Count);
    }

    private static CardVerifier VerifierOf(
        OpensslAuthority authority,
        IOcspResponder? responder,
        RevocationOptions options,
        out CardStatuses statuses,
        out CrlBook lists
    )
    {
        TrustAnchors anchors = TrustAnchors.Load([authority.RootPem], []);
        lists = new CrlBook(
            [new FileCrlSource("/nowhere")],
            anchors,
            options,
            Time,
            NullLogger<CrlBook>.Instance
        );
        statuses = new CardStatuses(
            responder,
            lists,
            options,
            new SystemNonceSource(),
            Time,
            NullLogger<CardStatuses>.Instance
        );
        return new CardVerifier(
            anchors,
            verifier: null,
            new LevelGates(AnchorKind.Test, levelB: null, levelA: null),
            statuses,
            new AuthorizationOptions { Revocation = options }
        );
    }

    private static async Task<RevocationTier> TierAsync(
        OpensslAuthority authority,
        CardVerifier verifier,
        CardStatuses statuses,
        string card
    )
    {
        using var certificate = authority.Certificate(card);
        StatusQuestion? question = verifier.FindQuestion(
            new CardEvidence.PinChallenge(certificate.RawData, new byte[1]),
            Time.GetUtcNow()
        );
        Assert.NotNull(question);
        StatusEvidence evidence = await statuses.LookUpAsync(question, CancellationToken.None);
        // A machine that does many things at once may need more than the deadline to start answering.
        for (int i = 0; i < 20 && Silent.Contains(evidence.Problem); i++)
        {
            evidence = await statuses.LookUpAsync(question, CancellationToken.None);
        }

        Assert.DoesNotContain(evidence.Problem, Silent);
        return statuses.Decide(question, evidence).Tier;
    }
}
