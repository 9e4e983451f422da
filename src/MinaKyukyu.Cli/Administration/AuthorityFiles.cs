using System.Text;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Server.Hosting;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Cli.Administration;

/// <summary>The department's device authority as it stands in the data directory: certificate and key, the key for its owner's eyes only.</summary>
internal static class AuthorityFiles
{
    private const string Certificate = "device-authority.pem";
    private const string Key = "device-authority.key";

    public static string CertificateIn(string data) => Path.Combine(data, Certificate);

    public static bool Exist(string data) => File.Exists(CertificateIn(data));

    /// <exception cref="IOException">There is one already: a second one would shut every tablet out.</exception>
    public static DeviceAuthority Create(string data, DepartmentId department, DateTimeOffset now)
    {
        DeviceAuthority authority = DeviceAuthority.Create(department, now);
        KeyFile.Write(
            Path.Combine(data, Key),
            Encoding.ASCII.GetBytes(authority.ExportPrivateKeyPem())
        );
        KeyFile.Write(
            CertificateIn(data),
            Encoding.ASCII.GetBytes(authority.CertificatePem + "\n")
        );
        return authority;
    }

    /// <exception cref="IOException">There is none.</exception>
    public static DeviceAuthority Open(string data) =>
        DeviceAuthority.FromPem(
            File.ReadAllText(CertificateIn(data)),
            File.ReadAllText(Path.Combine(data, Key))
        );
}
