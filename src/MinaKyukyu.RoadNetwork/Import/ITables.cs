using System.IO.Compression;

namespace MinaKyukyu.RoadNetwork.Import;

/// <summary>Files that belong together: those of a directory, or of an archive of one.</summary>
internal interface ITables
{
    /// <summary>The name under which the file is there, with or without <c>.gz</c>, or null.</summary>
    /// <exception cref="RoadFileException">It is there both ways.</exception>
    string? Find(string name);

    Stream Open(string name);

    /// <summary>The name for refusals.</summary>
    string FullName(string name);
}

internal sealed class DirectoryTables(string directory) : ITables
{
    public string? Find(string name) =>
        TwoWays.Find(name, one => File.Exists(FullName(one)), FullName);

    public Stream Open(string name) => File.OpenRead(FullName(name));

    public string FullName(string name) => Path.Combine(directory, name);
}

internal sealed class ZippedTables : ITables, IDisposable
{
    private readonly string _file;
    private readonly ZipArchive _archive;

    private ZippedTables(string file, ZipArchive archive)
    {
        _file = file;
        _archive = archive;
    }

    /// <exception cref="RoadFileException">It is no archive, or cannot be opened.</exception>
    public static ZippedTables Open(string file)
    {
        try
        {
            return new ZippedTables(file, ZipFile.OpenRead(file));
        }
        catch (Exception refused)
            when (refused is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new RoadFileException(file, 0, "the archive cannot be opened", refused);
        }
    }

    string? ITables.Find(string name) =>
        TwoWays.Find(name, one => _archive.GetEntry(one) is not null, FullName);

    Stream ITables.Open(string name) => _archive.GetEntry(name)!.Open();

    public string FullName(string name) => $"{_file}/{name}";

    public void Dispose() => _archive.Dispose();
}

internal static class TwoWays
{
    public static string? Find(
        string name,
        Predicate<string> isThere,
        Func<string, string> fullName
    )
    {
        string compressed = name + ".gz";
        return (isThere(name), isThere(compressed)) switch
        {
            (true, true) => throw new RoadFileException(
                fullName(name),
                0,
                $"stands beside {compressed}; keep one of the two"
            ),
            (true, false) => name,
            (false, true) => compressed,
            (false, false) => null,
        };
    }
}
