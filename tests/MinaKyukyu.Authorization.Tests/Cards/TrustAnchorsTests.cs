using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Verifier;

namespace MinaKyukyu.Authorization.Tests.Cards;

/// <summary>Which authorities may be trusted together, and what cannot stand beside them (R48).</summary>
public sealed class TrustAnchorsTests : IDisposable
{
    /// <summary>Named like the national authority; made here, trusted by nobody.</summary>
    private readonly TestCardAuthority _production = TestCardAuthority.Create(
        TestCards.Start,
        TestCards.NextSerial,
        TestProfile.AuthorityName("JPKI")
    );

    private string ProductionPem => _production.Certificate.ExportCertificatePem();

    private string ProductionPin =>
        Convert.ToHexString(SHA256.HashData(_production.Certificate.RawData));

    private static string TestPem => TestCards.Authority.Certificate.ExportCertificatePem();

    public void Dispose() => _production.Dispose();

    [Fact]
    public void Test_and_production_anchors_never_stand_together()
    {
        string testPin = TestCards.Anchors.Pins.Single();
        var e = Assert.Throws<TrustAnchorsException>(() =>
            TrustAnchors.Load([TestPem, ProductionPem], [testPin, ProductionPin])
        );
        Assert.Contains("together", e.Message, StringComparison.Ordinal);
        Assert.Throws<TrustAnchorsException>(() =>
            TrustAnchors.Load([ProductionPem + "\n" + TestPem], [testPin, ProductionPin])
        );
        Assert.Equal(AnchorKind.Test, TrustAnchors.Load([TestPem], []).Kind);
        Assert.Equal(
            AnchorKind.Production,
            TrustAnchors.Load([ProductionPem], [ProductionPin]).Kind
        );
    }

    [Fact]
    public void A_production_anchor_is_trusted_by_its_pin_only()
    {
        Assert.Throws<TrustAnchorsException>(() => TrustAnchors.Load([ProductionPem], []));
        Assert.Throws<TrustAnchorsException>(() =>
            TrustAnchors.Load([ProductionPem], [TestCards.Anchors.Pins.Single()])
        );
        Assert.Equal(
            ProductionPin,
            TrustAnchors.Load([ProductionPem], [ProductionPin]).Pins.Single(),
            ignoreCase: true
        );
    }

    [Fact]
    public void A_list_of_pins_binds_test_anchors_too()
    {
        Assert.Throws<TrustAnchorsException>(() => TrustAnchors.Load([TestPem], [ProductionPin]));
        Assert.Equal(2, TestCards.AnchorsOf(TestCards.Authority, TestCards.Namesake).Pins.Count());
        Assert.Single(TestCards.AnchorsOf(TestCards.Authority, TestCards.Authority).Pins);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not PEM at all")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void Refuses_what_holds_no_certificate(string pem) =>
        Assert.Throws<TrustAnchorsException>(() => TrustAnchors.Load([pem], []));

    [Fact]
    public void Refuses_a_root_that_is_weak_or_no_root()
    {
        using var shortKey = TestCardAuthority.Create(
            TestCards.Start,
            TestCards.NextSerial,
            keyBits: 1024
        );
        using var oldDigest = TestCardAuthority.Create(
            TestCards.Start,
            TestCards.NextSerial,
            digest: HashAlgorithmName.SHA1
        );
        using var otherOrganization = TestCardAuthority.Create(
            TestCards.Start,
            TestCards.NextSerial,
            TestProfile.AuthorityName("Somebody")
        );
        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(
            TestCards.Everyday.Certificate
        );
        foreach (
            X509Certificate2 certificate in new[]
            {
                shortKey.Certificate,
                oldDigest.Certificate,
                otherOrganization.Certificate,
                leaf,
            }
        )
        {
            Assert.Throws<TrustAnchorsException>(() =>
                TrustAnchors.Load([certificate.ExportCertificatePem()], [])
            );
        }
    }

    [Fact]
    public void A_simulated_verifier_cannot_stand_beside_production_anchors()
    {
        using ApprovedVerifier simulated = new(TestCards.National, TimeProvider.System);
        TrustAnchors production = TrustAnchors.Load([ProductionPem], [ProductionPin]);
        CardVerifier Make(TrustAnchors anchors, string approval) =>
            new(
                anchors,
                TrustedVerifier.FromPem(simulated.PublicKeyPem, approval),
                new LevelGates(anchors.Kind, levelB: null, levelA: null),
                TestCards.NobodyToAsk(anchors),
                new AuthorizationOptions()
            );

        Assert.Throws<ArgumentException>(() => Make(production, ApprovedVerifier.ApprovalId));
        Assert.Throws<ArgumentException>(() => Make(production, "simulated-9"));
        Assert.NotNull(Make(production, "REAL-0001"));
        Assert.NotNull(Make(TestCards.Anchors, ApprovedVerifier.ApprovalId));
    }

    [Fact]
    public void A_verifiers_key_is_ECDSA_P256()
    {
        using ECDsa p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using RSA rsa = RSA.Create(2048);
        Assert.Throws<ArgumentException>(() =>
            TrustedVerifier.FromPem(p384.ExportSubjectPublicKeyInfoPem(), "REAL-0001")
        );
        Assert.Throws<ArgumentException>(() =>
            TrustedVerifier.FromPem(rsa.ExportSubjectPublicKeyInfoPem(), "REAL-0001")
        );
        Assert.Throws<ArgumentException>(() => TrustedVerifier.FromPem("", "REAL-0001"));
        using ApprovedVerifier simulated = new(TestCards.National, TimeProvider.System);
        Assert.Throws<ArgumentException>(() => TrustedVerifier.FromPem(simulated.PublicKeyPem, ""));
    }
}
