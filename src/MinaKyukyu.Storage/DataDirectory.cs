using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Storage;

/// <summary>What stands where in a data directory.</summary>
public sealed class DataDirectory(string path)
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string HeadPrefix = "audit-head-";
    private const string HeadSuffix = ".json";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Database => File("mina.db");

    public string LockFile => File("mina.lock");

    /// <summary>The private key that signs audit heads; readable by its owner only.</summary>
    public string AuditKey => File("audit-key.pem");

    /// <summary>The public half, for whoever verifies.</summary>
    public string AuditPublicKey => File("audit-key.pub.pem");

    public string AuditHead(DepartmentId department) =>
        File(HeadPrefix + department.Value + HeadSuffix);

    /// <summary>Names of departments that have a signed head.</summary>
    internal IEnumerable<string> DepartmentsWithHeads() =>
        Directory
            .EnumerateFiles(Path, HeadPrefix + "*" + HeadSuffix)
            .Select(file =>
                System.IO.Path.GetFileName(file)[HeadPrefix.Length..^HeadSuffix.Length]
            );

    /// <summary>Makes the directory if it is not there, readable by its owner only.</summary>
    internal void Create()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path);
            }
            else
            {
                Directory.CreateDirectory(Path, OwnerOnly);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                StoreTrouble.NotPermitted,
                $"The data directory {Path} cannot be made: {e.Message} Choose another or check its rights.",
                e
            );
        }
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
