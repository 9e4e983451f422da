using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Revocation;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>Responders that the authority named, rightly and wrongly.</summary>
internal static class Responders
{
    /// <summary>P-384 keys, because they are made in a millisecond.</summary>
    public static ResponderSpec Usual { get; } =
        new(TestCards.Start.AddDays(-10), TestCards.Start.AddDays(20)) { Key = CardKey.EcdsaP384 };

    public static TestSigner Named { get; } = TestCards.Authority.IssueResponder(Usual);

    /// <summary>Differs from the usual one in what is changed and in nothing else.</summary>
    public static TestSigner Make(Func<ResponderSpec, ResponderSpec> change) =>
        TestCards.Authority.IssueResponder(change(Usual));

    public static X509Extension UnknownCritical { get; } = new("1.2.3.4.5", [5, 0], critical: true);

    public static X509Extension UnknownPlain { get; } = new("1.2.3.4.5", [5, 0], critical: false);

    /// <summary>The card's own key plays responder, with the card's certificate beside it.</summary>
    public static TestSigner TheCardItself()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(
            TestCards.Everyday.Certificate
        );
        return new TestSigner(
            certificate.SubjectName.RawData,
            certificate.PublicKey.EncodedKeyValue.RawData,
            X509SignatureGenerator.CreateForRSA(
                (RSA)TestCards.Everyday.Key,
                RSASignaturePadding.Pkcs1
            ),
            HashAlgorithmName.SHA256,
            TestCards.Everyday.Certificate
        );
    }
}
