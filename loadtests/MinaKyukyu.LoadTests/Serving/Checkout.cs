namespace MinaKyukyu.LoadTests.Serving;

/// <summary>Where the repository stands that this program was built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindAbove(AppContext.BaseDirectory);

    public static string SampleCity => Path.Combine(Root, "samples", "tachikawa");

    /// <summary>Built beside this program, in the same configuration.</summary>
    public static string CliProgram =>
        Path.Combine(
            Root,
            "src",
            "MinaKyukyu.Cli",
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "net10.0",
            "MinaKyukyu.Cli.dll"
        );

    private static string FindAbove(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("The load tests run inside the repository.");
    }
}
