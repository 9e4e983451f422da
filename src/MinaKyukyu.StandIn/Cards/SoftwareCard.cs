using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MinaKyukyu.StandIn.Cards;

/// <summary>A card made of software, for tests and demonstrations: what a real one keeps in its chip stands here in memory.</summary>
public sealed class SoftwareCard(
    byte[] certificate,
    AsymmetricAlgorithm key,
    ECDsa presenceKey,
    string pin
) : IDisposable
{
    /// <summary>The user-authentication certificate, DER; a real card gives it without a PIN.</summary>
    public byte[] Certificate { get; } = certificate;

    public string Pin { get; } = pin;

    /// <summary>Of the certificate.</summary>
    public long Serial { get; } = SerialOf(certificate);

    /// <summary>The card's authentication key; a real card never lets it out.</summary>
    public AsymmetricAlgorithm Key { get; } = key;

    /// <summary>
    /// Stands for the command by which an approved reader makes sure that the card is there without a PIN; that command is not
    /// public, so this key is our invention.
    /// </summary>
    public ECDsa PresenceKey { get; } = presenceKey;

    /// <summary>What the PIN opens: the card's signature over a challenge. Null when the PIN is wrong.</summary>
    public byte[]? SignWithPin(string typed, ReadOnlySpan<byte> challenge) =>
        string.Equals(typed, Pin, StringComparison.Ordinal)
            ? Key switch
            {
                RSA rsa => rsa.SignData(
                    challenge,
                    HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pkcs1
                ),
                ECDsa ecdsa => ecdsa.SignData(challenge, HashAlgorithmName.SHA384),
                _ => throw new UnreachableException(),
            }
            : null;

    /// <summary>Says without a PIN that the card is there now.</summary>
    public byte[] ProvePresence(ReadOnlySpan<byte> challenge) =>
        PresenceKey.SignData(PresenceStatement(challenge), HashAlgorithmName.SHA256);

    /// <summary>Under which handle the sources of records know the holder of a certificate.</summary>
    /// <returns>Lower-case hex of SHA-256(issuer's name, DER ‖ serial number's octets).</returns>
    public static string RecordHandleOf(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(IdentityDigestOf(certificate));

    public void Dispose()
    {
        Key.Dispose();
        PresenceKey.Dispose();
    }

    private static long SerialOf(byte[] certificate)
    {
        using X509Certificate2 read = X509CertificateLoader.LoadCertificate(certificate);
        ReadOnlySpan<byte> serial = read.SerialNumberBytes.Span;
        Span<byte> whole = stackalloc byte[sizeof(long)];
        whole.Clear();
        serial.CopyTo(whole[^serial.Length..]);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(whole);
    }

    internal static byte[] IdentityDigestOf(X509Certificate2 certificate) =>
        SHA256.HashData([.. certificate.IssuerName.RawData, .. certificate.SerialNumberBytes.Span]);

    internal static byte[] PresenceStatement(ReadOnlySpan<byte> challenge) =>
        [.. Encoding.ASCII.GetBytes("MINA-KYUKYU/SIMULATED-PRESENCE/1\0"), .. challenge];
}
