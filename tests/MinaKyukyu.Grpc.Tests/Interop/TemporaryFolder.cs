using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>What a peer has to find as files: certificates, keys, descriptors. Gone when the test is.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mina-peer.");

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>The options that give a script its authority and, if there is one, its own certificate and key.</summary>
    public string[] Tls(TestAuthority authority, X509Certificate2? own)
    {
        string[] options = ["--ca", Write("ca.pem", authority.Root.ExportCertificatePem())];
        if (own is null)
        {
            return options;
        }

        using var key = own.GetECDsaPrivateKey()!;
        return
        [
            .. options,
            "--cert",
            Write("own.pem", own.ExportCertificatePem()),
            "--key",
            Write("own.key", key.ExportPkcs8PrivateKeyPem()),
        ];
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
