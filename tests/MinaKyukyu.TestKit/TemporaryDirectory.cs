namespace MinaKyukyu.TestKit;

/// <summary>A directory that is gone when the test is.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mina-test-").FullName;

    /// <summary>The path of what lies in it by these names.</summary>
    public string In(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Empty()
    {
        Directory.Delete(Path, recursive: true);
        Directory.CreateDirectory(Path);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
