namespace MinaKyukyu.EndToEnd.Tests.Canaries;

/// <param name="Place">Where it was left, as the documents name the place.</param>
/// <param name="Name">The file, body or page in it.</param>
internal sealed record Leaving(string Place, string Name, byte[] Bytes);

/// <summary>Everything that one run of the processes left behind, byte for byte.</summary>
internal sealed class Harvest
{
    private readonly List<Leaving> _all = [];

    public IReadOnlyList<Leaving> All => _all;

    public void Add(string place, string name, byte[] bytes) => _all.Add(new(place, name, bytes));

    /// <summary>Every file below a directory, also those that nobody expects there.</summary>
    public void AddFiles(string place, string directory)
    {
        foreach (
            string file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        )
        {
            Add(place, Path.GetRelativePath(directory, file), Read(file));
        }
    }

    /// <summary>Traces and metrics as they left the service; it exports no logs.</summary>
    public void AddExports(PlantedRecords collector)
    {
        foreach ((string path, byte[] body) in collector.Exports)
        {
            Add($"OTLP {path[(path.LastIndexOf('/') + 1)..]}", "body", body);
        }
    }

    public IReadOnlyList<Sighting> Scan(CanaryScanner scanner) =>
        [.. _all.SelectMany(l => scanner.Scan(l.Place, l.Name, l.Bytes))];

    private static byte[] Read(string file)
    {
        if (new FileInfo(file).Length == 0)
        {
            // The administrator's socket has a name like a file, and nothing to read.
            return [];
        }

        using var stream = new FileStream(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
