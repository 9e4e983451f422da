using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MinaKyukyu.Tablet.Cards;

/// <summary>
/// A card of software in the place of reader and card, for tests and demonstrations: behaves as a real one towards the tablet,
/// with three tries for the PIN. Not thread-safe, as a card in a reader is not.
/// </summary>
public sealed class SoftwareCard : ICardReader
{
    /// <summary>Tries of the authentication PIN; a locked one is reset at the municipality only.</summary>
    public const int MostPinTries = 3;

    /// <summary>The command by which an approved reader finds a card present is not public; this one is the stand-in's invention.</summary>
    private static readonly byte[] PresenceDomain = Encoding.ASCII.GetBytes(
        "MINA-KYUKYU/SIMULATED-PRESENCE/1\0"
    );

    private readonly byte[] _certificate;
    private readonly AsymmetricAlgorithm _key;
    private readonly ECDsa _presenceKey;
    private readonly string _pin;

    /// <param name="certificate">DER.</param>
    /// <param name="privateKey">PKCS#8, RSA or elliptic as the certificate's key.</param>
    /// <param name="presenceKey">PKCS#8, elliptic.</param>
    /// <exception cref="CryptographicException">The keys do not fit.</exception>
    public SoftwareCard(byte[] certificate, byte[] privateKey, string pin, byte[] presenceKey)
    {
        _certificate = certificate;
        _pin = pin;
        _key = KeyOf(certificate, privateKey);
        _presenceKey = ECDsa.Create();
        _presenceKey.ImportPkcs8PrivateKey(presenceKey, out _);
    }

    public int TriesLeft { get; private set; } = MostPinTries;

    public CardRead ReadCertificate() => new(CardState.Ready, _certificate);

    public PinSigning Sign(string pin, ReadOnlySpan<byte> challenge)
    {
        if (TriesLeft == 0)
        {
            return new(CardState.PinLocked, 0, null);
        }

        // A real card counts the try before it compares, so that pulling it out does not save one.
        TriesLeft--;
        if (!string.Equals(pin, _pin, StringComparison.Ordinal))
        {
            CardState state = TriesLeft == 0 ? CardState.PinLocked : CardState.PinWrong;
            return new(state, TriesLeft, null);
        }

        TriesLeft = MostPinTries;
        return new(CardState.Ready, TriesLeft, SignWithKey(challenge));
    }

    public byte[] ProvePresence(ReadOnlySpan<byte> challenge) =>
        _presenceKey.SignData([.. PresenceDomain, .. challenge], HashAlgorithmName.SHA256);

    public void Dispose()
    {
        _key.Dispose();
        _presenceKey.Dispose();
    }

    private byte[] SignWithKey(ReadOnlySpan<byte> challenge) =>
        _key switch
        {
            RSA rsa => rsa.SignData(challenge, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            ECDsa elliptic => elliptic.SignData(challenge, HashAlgorithmName.SHA384),
            _ => throw new UnreachableException(),
        };

    private static AsymmetricAlgorithm KeyOf(byte[] certificate, byte[] privateKey)
    {
        using X509Certificate2 read = X509CertificateLoader.LoadCertificate(certificate);
        using RSA? publicRsa = read.GetRSAPublicKey();
        AsymmetricAlgorithm key = publicRsa is null ? ECDsa.Create() : RSA.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        return key;
    }
}
