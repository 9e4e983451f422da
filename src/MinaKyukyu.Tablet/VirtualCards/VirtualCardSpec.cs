using System.Security.Cryptography;
using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Tablet.VirtualCards;

/// <summary>What a virtual card is made of.</summary>
/// <param name="Certificate">User-authentication certificate, DER; of a TEST authority.</param>
/// <param name="PrivateKey">PKCS#8, RSA, of that certificate.</param>
/// <param name="Pin">Four digits.</param>
public sealed record VirtualCardSpec(byte[] Certificate, byte[] PrivateKey, string Pin)
{
    /// <summary>What the card says that it is; a resident card or a telephone for training the words.</summary>
    public TokenKind Token { get; init; } = TokenKind.MyNumberCard;

    /// <summary>The authority's certificate (EF 000B), DER; null: empty file. No reader may trust it.</summary>
    public byte[]? AuthorityCertificate { get; init; }

    /// <summary>How often a wrong PIN may be typed before the card locks.</summary>
    /// <value>3, as on a real card.</value>
    public int PinTries { get; init; } = JpkiCardReader.MostPinTries;

    /// <summary>The card asks the reader to fetch its signature (61xx), as over the older transport T=0.</summary>
    public bool HoldsBack { get; init; }

    public override string ToString() => nameof(VirtualCardSpec);

    /// <exception cref="ArgumentException">The certificate is not of a TEST authority, or something else is malformed; says which.</exception>
    internal RSA TakeKey()
    {
        if (CertificateFacts.Read(Certificate) is not { Issuer: CardIssuer.Test } facts)
        {
            throw new ArgumentException(
                $"A virtual card takes only a certificate issued by O={CertificateFacts.TestOrganization}.",
                nameof(Certificate)
            );
        }

        if (Pin.Length != Cards.Pin.Length || !Pin.All(char.IsAsciiDigit))
        {
            throw new ArgumentException("The PIN has four digits.", nameof(Pin));
        }

        var key = RSA.Create();
        try
        {
            key.ImportPkcs8PrivateKey(PrivateKey, out _);
            return key;
        }
        catch (CryptographicException malformed)
        {
            key.Dispose();
            throw new ArgumentException(
                "The key is not RSA in PKCS#8.",
                nameof(PrivateKey),
                malformed
            );
        }
    }
}
