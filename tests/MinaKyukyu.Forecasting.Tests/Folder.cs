using System.IO.Compression;
using System.Text;

namespace MinaKyukyu.Forecasting.Tests;

/// <summary>A directory of its own; gone after the test.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mina-model");

    public string In(params string[] names) => Path.Combine([_folder.FullName, .. names]);

    /// <summary>Everything that lies in it, by the names under it.</summary>
    public IReadOnlyList<string> Names =>
        [
            .. _folder
                .EnumerateFileSystemInfos()
                .Select(one => one.Name)
                .Order(StringComparer.Ordinal),
        ];

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(In(name), bytes);
        return In(name);
    }

    public static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
