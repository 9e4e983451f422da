using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Fleet.Devices;

namespace MinaKyukyu.Authorization.Devices;

/// <summary>What a tablet's certificate says. It proves the key; whether that key is trusted now is the register's word.</summary>
public static class DeviceCertificates
{
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <summary>SHA-256 of the public key.</summary>
    public static DeviceKey KeyOf(X509Certificate2 certificate) =>
        KeyOf(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    internal static DeviceKey KeyOf(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        new(Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo)));

    /// <summary>Whether this authority issued it, for clients, and it is in its time.</summary>
    /// <remarks>Built without any look at the network: revocation is the register's word, which is never stale.</remarks>
    public static bool IsIssuedBy(
        X509Certificate2 certificate,
        X509Certificate2 authority,
        DateTimeOffset now
    )
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuth));
        bool isWhole = chain.Build(certificate);
        foreach (X509ChainElement element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return isWhole;
    }
}
