using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Devices;

/// <summary>The request for a certificate cannot be honoured; the message is fit to be shown.</summary>
public sealed class DeviceAuthorityException(string message) : Exception(message);

/// <summary>The department's own authority for its tablets (端末認証局): one root, certificates of clients and of nodes below it.</summary>
public sealed class DeviceAuthority : IDisposable
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <summary>Ten years: as long as a department keeps its dispatch system.</summary>
    private const int AuthorityYears = 10;

    /// <summary>Clocks of tablets may be behind by that much.</summary>
    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(10);

    private readonly X509Certificate2 _authority;

    private DeviceAuthority(X509Certificate2 authority) => _authority = authority;

    public string CertificatePem => _authority.ExportCertificatePem();

    /// <summary>PKCS#8; whoever holds it can enrol tablets that look right until the register is asked.</summary>
    public string ExportPrivateKeyPem()
    {
        using ECDsa key = _authority.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>A new authority with an ECDSA P-256 key.</summary>
    public static DeviceAuthority Create(DepartmentId department, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(
            $"CN=Mina-Kyukyu devices of {department.Value}",
            key,
            HashAlgorithmName.SHA256
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false)
        );
        return new DeviceAuthority(
            request.CreateSelfSigned(now - Backdate, now.AddYears(AuthorityYears))
        );
    }

    /// <exception cref="DeviceAuthorityException">The two texts are not one authority.</exception>
    public static DeviceAuthority FromPem(string certificatePem, string privateKeyPem)
    {
        try
        {
            return new DeviceAuthority(
                X509Certificate2.CreateFromPem(certificatePem, privateKeyPem)
            );
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new DeviceAuthorityException(
                "The device authority's certificate and key do not fit together."
            );
        }
    }

    /// <summary>A tablet's certificate from its own request (PKCS#10, PEM); the private key never leaves the tablet.</summary>
    /// <exception cref="DeviceAuthorityException">Not a request, not signed by its key, or a weak key.</exception>
    public X509Certificate2 IssueForTablet(
        string requestPem,
        DeviceId device,
        TimeSpan lifetime,
        DateTimeOffset now
    )
    {
        CertificateRequest theirs;
        try
        {
            theirs = CertificateRequest.LoadSigningRequestPem(requestPem, HashAlgorithmName.SHA256);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new DeviceAuthorityException(
                "The request is not a PKCS#10 request that its own key signed."
            );
        }

        using ECDsa? elliptic = theirs.PublicKey.GetECDsaPublicKey();
        using RSA? rsa = theirs.PublicKey.GetRSAPublicKey();
        if (elliptic is not { KeySize: >= 256 } && rsa is not { KeySize: >= 2048 })
        {
            throw new DeviceAuthorityException(
                "A tablet's key is elliptic with at least 256 bits, or RSA with at least 2048."
            );
        }

        // Of the request only the key counts: names and extensions are ours.
        CertificateRequest ours = new(
            new X500DistinguishedName($"CN={device.Value}"),
            theirs.PublicKey,
            HashAlgorithmName.SHA256
        );
        return Issue(ours, ClientAuth, names: null, lifetime, now);
    }

    /// <summary>A node's certificate for TLS, with its key, for departments without another authority.</summary>
    /// <param name="names">DNS names and addresses under which tablets reach the node.</param>
    public (X509Certificate2 Certificate, string PrivateKeyPem) IssueForNode(
        IReadOnlyCollection<string> names,
        TimeSpan lifetime,
        DateTimeOffset now
    )
    {
        SubjectAlternativeNameBuilder alternatives = new();
        foreach (string name in names)
        {
            if (System.Net.IPAddress.TryParse(name, out System.Net.IPAddress? address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={names.First()}", key, HashAlgorithmName.SHA256);
        return (
            Issue(request, ServerAuth, alternatives.Build(), lifetime, now),
            key.ExportPkcs8PrivateKeyPem()
        );
    }

    public void Dispose() => _authority.Dispose();

    private X509Certificate2 Issue(
        CertificateRequest request,
        string purpose,
        X509Extension? names,
        TimeSpan lifetime,
        DateTimeOffset now
    )
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false)
        );
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false)
        );
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        DateTimeOffset until = now + lifetime;
        DateTimeOffset last = new(_authority.NotAfter.ToUniversalTime());
        Span<byte> serial = stackalloc byte[16];
        RandomNumberGenerator.Fill(serial);
        serial[0] &= 0x7f;
        using ECDsa key = _authority.GetECDsaPrivateKey()!;
        return request.Create(
            _authority.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            now - Backdate,
            until < last ? until : last,
            serial
        );
    }
}
