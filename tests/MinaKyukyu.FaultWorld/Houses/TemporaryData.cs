namespace MinaKyukyu.FaultWorld.Houses;

/// <summary>A data directory on a disk, gone with the proof.</summary>
internal sealed class TemporaryData : IDisposable
{
    /// <summary>By convention on a disk, where the usual temporary directory may be memory.</summary>
    private const string OnDisk = "/var/tmp";

    private readonly DirectoryInfo _directory;

    public TemporaryData()
    {
        string parent = Directory.Exists(OnDisk) ? OnDisk : Path.GetTempPath();
        _directory = Directory.CreateDirectory(
            Path.Combine(parent, $"mina-prove-{Environment.ProcessId}-{Path.GetRandomFileName()}")
        );
    }

    /// <summary>The server's.</summary>
    public string Server => Path.Combine(_directory.FullName, "data");

    /// <summary>The client's: what it was promised.</summary>
    public string Ledger => Path.Combine(_directory.FullName, "ledger.jsonl");

    /// <summary>What stands on disk between two servers, copied, so that looking at it changes nothing.</summary>
    public string CopyServer()
    {
        string copy = Path.Combine(_directory.FullName, "copy");
        if (Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }

        Directory.CreateDirectory(copy);
        // The shared-memory file is an index over the log, which whoever opens the database makes anew; a socket is no data.
        foreach (
            string file in Directory
                .EnumerateFiles(Server)
                .Where(f => Path.GetExtension(f) is not (".db-shm" or ".sock"))
        )
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
