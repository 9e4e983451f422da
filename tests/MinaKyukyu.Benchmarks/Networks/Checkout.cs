namespace MinaKyukyu.Benchmarks.Networks;

/// <summary>Where the repository stands that this program was built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindAbove(AppContext.BaseDirectory);

    public static string Roads => Path.Combine(Root, "tests", "data", "roads");

    /// <summary>Built road files, tiles, tables: may be deleted at any time.</summary>
    public static string Scratch => Path.Combine(Root, "artifacts", "benchmarks");

    public static string Valhalla =>
        Path.Combine(Root, "tests", "MinaKyukyu.Benchmarks", "valhalla");

    private static string FindAbove(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("The benchmarks run inside the repository.");
    }
}
