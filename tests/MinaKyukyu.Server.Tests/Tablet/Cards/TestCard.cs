using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Server.Tests.Tablet.Cards;

/// <summary>A card with keys made for one test; its certificate signs itself and would convince nobody.</summary>
internal sealed class TestCard : IDisposable
{
    public const string Pin = "4711";

    private TestCard(AsymmetricAlgorithm key, CertificateRequest request)
    {
        Key = key;
        using X509Certificate2 certificate = request.CreateSelfSigned(
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        Certificate = certificate.RawData;
        Card = new SoftwareCard(
            Certificate,
            key.ExportPkcs8PrivateKey(),
            Pin,
            Presence.ExportPkcs8PrivateKey()
        );
    }

    public AsymmetricAlgorithm Key { get; }

    public ECDsa Presence { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] Certificate { get; }

    public SoftwareCard Card { get; }

    public static TestCard OfToday()
    {
        var key = RSA.Create(2048);
        return new(key, new("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public static TestCard OfTheNextKind()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        return new(key, new("CN=test", key, HashAlgorithmName.SHA384));
    }

    public void Dispose()
    {
        Card.Dispose();
        Presence.Dispose();
        Key.Dispose();
    }
}
