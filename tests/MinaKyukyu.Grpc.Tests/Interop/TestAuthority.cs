using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>A certificate authority that lives as long as one test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private long _issued;

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true)
        );
        _root = request.CreateSelfSigned(_now.AddDays(-10), _now.AddDays(1));
    }

    public X509Certificate2 Root => _root;

    /// <summary>A certificate for this machine's loopback that is good for an hour.</summary>
    public X509Certificate2 Issue(string name) => Issue(name, _now.AddHours(-1), _now.AddHours(1));

    /// <summary>One that was good until yesterday.</summary>
    public X509Certificate2 IssueExpired(string name) =>
        Issue(name, _now.AddDays(-9), _now.AddDays(-1));

    /// <summary>Whether this authority, and no other of the machine, stands behind the certificate today.</summary>
    public bool StandsBehind(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = Policy();
        return chain.Build(certificate);
    }

    public X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(_root);
        return policy;
    }

    public void Dispose() => _root.Dispose();

    private X509Certificate2 Issue(string name, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var alternative = new SubjectAlternativeNameBuilder();
        alternative.AddDnsName("localhost");
        alternative.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(alternative.Build());
        var serial = BitConverter.GetBytes(++_issued);
        using var bare = request.Create(_root, from, until, serial);
        return bare.CopyWithPrivateKey(key);
    }
}
