namespace MinaKyukyu.Architecture.Tests.Packages;

/// <summary>A folder outside of the repository, so that none of its build files apply; gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("mina-packages-").FullName;

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
